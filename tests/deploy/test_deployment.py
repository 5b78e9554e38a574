"""What stands in deploy/ and docs/deployment.md, held to what the tools that read it say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import crossplane
import pytest

from annotator.public_address import PublicAddress, Unusable, public_address

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MOST_EXPOSED = 20  # tenths of systemd's scale, on which 100 is a service without any fence


def told(path: Path) -> dict[str, str]:
    """The variables that an environment file sets."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    assert found, f"{name} is not installed; script/test installs it where it may"
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.lengthy
def test_the_deployment_check_finds_nothing_with_the_environment_given(tmp_path):
    environment = {"PATH": os.environ["PATH"], "SOURCELINE_DATA": str(tmp_path)}
    command = [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(
        command,
        env=environment | told(DEPLOY / "sourceline.env"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    bare = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert bare.returncode == 1
    assert "security.W008" in bare.stderr  # no redirect to TLS: the check is not blind


@pytest.mark.parametrize(
    "name", ["sourceline.service", "sourceline-worker@.service", "sourceline-backup.service"]
)
def test_systemd_finds_the_units_whole_and_fenced_in(name, tmp_path):
    written = (DEPLOY / "systemd" / name).read_text()
    program = tmp_path / "opt"
    (program / ".venv" / "bin").mkdir(parents=True)
    (program / ".venv" / "bin" / "python").symlink_to(sys.executable)
    unit = tmp_path / name
    unit.write_text(written.replace("/opt/sourceline", str(program)))
    done = tool("systemd-analyze", "verify", "--man=no", str(unit))
    assert (done.returncode, done.stderr) == (0, "")
    fenced = tool("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit))
    assert fenced.returncode == 0, fenced.stdout
    unit.write_text(
        re.sub(r"^(Protect|Private|Restrict|SystemCall|Cap).*\n", "", written, flags=re.MULTILINE)
    )
    open_ = tool("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit))
    assert open_.returncode != 0


def test_a_timer_makes_a_backup_every_night(tmp_path):
    """The command of its unit is run as systemd hands it to the shell: `%%` is one `%` there."""
    for name in ("sourceline-backup.timer", "sourceline-backup.service"):
        written = (DEPLOY / "systemd" / name).read_text()
        (tmp_path / name).write_text(re.sub("/opt/sourceline/.venv/bin/python", sys.executable, written))
    done = tool("systemd-analyze", "verify", "--man=no", str(tmp_path / "sourceline-backup.timer"))
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = re.findall(r"^ExecStart=/bin/sh -c '(.+)'$", written, re.MULTILINE)
    said = line.replace("%%", "%").replace("exec /opt/sourceline/.venv/bin/python", "echo")
    (state,) = re.findall(r"STATE=(\S+)$", written, re.MULTILINE)
    assert Path(state).name in re.findall(r"^StateDirectory=(.+)$", written, re.MULTILINE)[0].split()
    run = subprocess.run(
        ["/bin/sh", "-c", said], env={"STATE": state}, capture_output=True, text=True, check=True
    )
    command = r"\S+/manage\.py backup --data /var/lib/sourceline"
    assert re.fullmatch(rf"{command} {state}/\d{{4}}-\d\d-\d\d-\d{{6}}\.backup\n", run.stdout)


def test_the_container_file_is_clean_and_copies_no_data():
    done = tool("hadolint", str(DEPLOY / "Containerfile"))
    assert (done.returncode, done.stdout) == (0, "")
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "var"} <= set(left_out)


def test_nginx_reads_its_file_and_no_header_of_a_visitor_comes_through():
    parsed = crossplane.parse(str(DEPLOY / "nginx.conf"), single=True, strict=False, check_ctx=False)
    assert parsed["errors"] == []
    servers = [one["block"] for one in parsed["config"][0]["parsed"] if one["directive"] == "server"]
    passing = [block for block in servers if any(one["directive"] == "location" for one in block)]
    assert len(passing) == 1
    for block in servers:
        ports = [tuple(one["args"]) for one in block if one["directive"] == "listen"]
        plain = [(port, *more) for port, *more in ports if not port.startswith("[::]:")]
        assert sorted(ports) == sorted([*plain, *((f"[::]:{port}", *more) for port, *more in plain)])
    location = next(one["block"] for one in passing[0] if one["directive"] == "location")
    headers = {one["args"][0]: one["args"][1] for one in location if one["directive"] == "proxy_set_header"}
    assert headers["X-Forwarded-Proto"] == "$scheme"
    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert headers["Host"] == "$host"


def test_proxies_let_through_what_articles_may_have(settings):
    """nginx counts 1024 kilobytes as a megabyte (`m`), Caddy 1000 as `MB` and 1024 as `MiB`."""
    megabyte = 1024 * 1024
    for name, unit in (("nginx.conf", "m"), ("Caddyfile", "MiB")):
        written = (DEPLOY / name).read_text()
        (let,) = re.findall(rf"(?:client_max_body_size|max_size) (\d+){unit};?$", written, re.MULTILINE)
        assert settings.LARGEST_INTAKE < int(let) * megabyte <= settings.LARGEST_INTAKE + 2 * megabyte, name


def test_every_variable_that_is_read_is_told_of():
    guide = (ROOT / "docs" / "deployment.md").read_text()
    read = set()
    for path in [*(ROOT / "annotator").rglob("*.py"), ROOT / "manage.py"]:
        read |= set(re.findall(r"\bSOURCELINE_[A-Z_]+\b", path.read_text()))
    internal = {"SOURCELINE_DEBUG", "SOURCELINE_POOL", "SOURCELINE_DATABASES"}  # for developers and tests
    assert read - internal == {name for name in read if f"`{name}`" in guide}


@pytest.mark.parametrize(
    ("written", "origin", "host", "tls"),
    [
        ("https://sourceline.example.org", "https://sourceline.example.org", "sourceline.example.org", True),
        ("https://s.example.org:8443/", "https://s.example.org:8443", "s.example.org", True),
        ("http://10.0.0.4:8000", "http://10.0.0.4:8000", "10.0.0.4", False),
        ("https://[2001:db8::1]", "https://[2001:db8::1]", "[2001:db8::1]", True),
    ],
)
def test_an_address_says_origin_host_and_tls(written, origin, host, tls):
    found = public_address(written)
    assert found == PublicAddress(origin, host)
    assert found.tls is tls


def test_no_address_is_none():
    assert public_address(" ") is None


@pytest.mark.parametrize(
    "written",
    [
        *("sourceline.example.org", "ftp://s.example.org", "https://", "https://s.example.org/sub/"),
        *("https://u:p@s.example.org", "https://s.example.org?x", "https://s.example.org:99999"),
        *("https://exämple.org", "https://a b.example.org", "https://[::1"),
    ],
)
def test_what_is_no_address_is_refused_with_words(written):
    with pytest.raises(Unusable, match="SOURCELINE_ADDRESS="):
        public_address(written)
