"""Starting: what manage.py prepares, and the whole program as script/server runs it."""

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest

from annotator import embedded_postgres, preparation
from annotator.embedded_postgres import places, server
from annotator.preparation import CannotPrepare
from tests.data_folders import collect_before, serve_before
from tests.serving import READY, ROOT, data_folder, kill_children, manage, serving


@pytest.fixture
def data(monkeypatch):
    with data_folder(monkeypatch) as folder:
        yield folder


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret_key"
    key = preparation.secret_key(path)
    assert len(key) > 60
    assert path.stat().st_mode & 0o777 == 0o600
    assert preparation.secret_key(path) == key
    assert [p.name for p in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "secret_key"
    preparation.secret_key(path)
    path.chmod(mode)
    with pytest.raises(CannotPrepare, match="read by other users"):
        preparation.secret_key(path)


def test_an_empty_secret_key_is_refused(tmp_path):
    path = tmp_path / "secret_key"
    path.touch(mode=0o600)
    with pytest.raises(CannotPrepare, match="too short"):
        preparation.secret_key(path)


@pytest.mark.parametrize(
    ("given", "left", "folder"),
    [
        (["manage.py", "serve", "--data", "/d", "--port", "1"], ["manage.py", "serve", "--port", "1"], "/d"),
        (["manage.py", "migrate", "--data=/d"], ["manage.py", "migrate"], "/d"),
        (["manage.py", "migrate"], ["manage.py", "migrate"], None),
        (["manage.py", "x", "--", "--data", "/d"], ["manage.py", "x", "--", "--data", "/d"], None),
    ],
)
def test_the_data_option_is_taken_from_any_command(given, left, folder):
    environment: dict[str, str] = {}
    preparation.take_data_option(given, environment)
    assert given == left
    assert environment.get("SOURCELINE_DATA") == folder


def test_importing_settings_makes_nothing(tmp_path):
    code = "import annotator.settings as s; print(s.DATA_DIR)"
    target = tmp_path / "nothing"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SOURCELINE_DATA": str(target)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(target)
    assert not target.exists()


@pytest.mark.lengthy
def test_a_command_that_looks_at_no_table_starts_no_server(tmp_path):
    done = manage("check", "--data", str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data" / "database.json").exists()


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "command",
    [
        ["sign_in_link"],
        ["sign_in_link", "--user", "ada", "--create"],
        ["export_dataset", "velm", "velm.zip"],
        ["import_articles", ".", "--project", "velm"],
        ["verify_dataset", "manage.py", "--against-database"],
        ["load_demo"],
        ["shell", "-c", "pass"],
    ],
    ids=" ".join,
)
def test_a_forgotten_data_folder_is_no_second_empty_database(tmp_path, command):
    folder = tmp_path / "data"
    refused = manage(*command, "--data", str(folder))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"There is no Sourceline in {folder}. Start it with script/server, or name its folder with "
        "--data DIR.\n"
    )
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "sign_in_link", "import_articles", "export_dataset"])
def test_help_makes_nothing_and_names_the_data_option(tmp_path, command):
    helped = manage(command, "--help", "--data", str(tmp_path / "data"))
    assert helped.returncode == 0, helped.stderr
    assert "--data DIR" in helped.stdout
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_a_dataset_is_checked_without_any_database(tmp_path):
    refused = manage("verify_dataset", str(tmp_path / "none.zip"), "--data", str(tmp_path / "data"))
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"CommandError: There is no file or folder {tmp_path / 'none.zip'}."
    ]
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_serve_from_nothing_then_ctrl_c_then_kill_9_then_again(data):
    with serving("--data", str(data)) as first:
        first.link()
        assert first.status() == 200
        assert len(READY.findall(first.said())) == 1
        assert first.end() == 0, first.said()
    assert server._state(places.DataFolder(data)) is None, "Ctrl-C left the database running"

    with serving("--data", str(data)) as second:
        second.link()
        kill_children(second)
        link = manage("sign_in_link", "--data", str(data))
        assert link.stdout.startswith(f"http://127.0.0.1:{second.port}/sign-in/link/?sesame="), link.stderr
        second.end(signal.SIGKILL)
        with serving("--data", str(data)) as third:
            third.link()
            assert third.status() == 200
            # The killed one's children went with it.
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", second.port), timeout=2)


@pytest.mark.slow
def test_an_outside_server_with_the_owners_address_alone(data, committed_db, embedded_server, owner_cursor):
    """The app works under SET ROLE, with its limits, and the processes can say so."""
    collect_before(data)
    outside = embedded_server.url("sourceline_owner", committed_db)
    code = (
        "from django.db import connection as c; x = c.cursor();"
        "x.execute(\"SELECT current_user, session_user, current_setting('statement_timeout')\");"
        "print(*x.fetchone())"
    )
    assert manage("migrate", "--data", str(data), DATABASE_URL=outside).returncode == 0
    asked = manage("shell", "-v", "0", "-c", code, "--data", str(data), DATABASE_URL=outside)
    assert asked.stdout.split() == ["sourceline_app", "sourceline_owner", "30s"], asked.stderr
    assert not (data / "database.json").exists()
    with serving("--data", str(data), DATABASE_URL=outside) as running:
        running.link()
        assert running.status() == 200


@pytest.mark.slow
def test_serve_refuses_the_owners_address_as_the_apps(data, committed_db, embedded_server):
    owner = embedded_server.url("sourceline_owner", committed_db)
    refused = manage("serve", "--data", str(data), DATABASE_URL=owner, DATABASE_OWNER_URL=owner)
    assert refused.returncode == 1
    assert "must differ" in refused.stderr


def test_serve_says_when_its_port_is_taken_before_it_makes_anything(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = manage("serve", "--port", str(port), "--data", str(data))
    assert refused.returncode == 1
    assert f"port {port}: Address already in use" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not data.exists()


@pytest.mark.slow
def test_an_outside_server_that_is_not_there_gets_one_line(data):
    refused = manage("serve", "--data", str(data), DATABASE_URL="postgres://u:secret@127.0.0.1:1/x")
    assert refused.returncode == 1
    assert "cannot be reached" in refused.stderr
    assert "secret" not in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_a_database_without_tables_is_said_and_an_import_that_creates_makes_them(data, tmp_path):
    embedded_postgres.ensure_running(data, durable=False).leave()
    asked = manage("sign_in_link", "--data", str(data))
    assert asked.returncode == 1
    assert asked.stderr == (
        "The database lacks tables. script/server makes them, and so does the command migrate.\n"
    )
    (tmp_path / "one.txt").write_text("Ferry stays in port\n\nThe ferry stayed in port on Monday.\n")
    taken = manage(
        "import_articles", str(tmp_path / "one.txt"), "--project", "quay", "--create", "--data", str(data)
    )
    assert taken.stdout == "1 of 1 taken in. 1 new.\n", taken.stderr
    made = manage("sign_in_link", "--user", "ada", "--create", "--data", str(data))
    assert "/sign-in/link/?sesame=" in made.stdout, made.stderr


@pytest.mark.slow
def test_a_server_with_a_name_of_its_own_answers_to_it_alone_and_over_tls(data):
    serve_before(data)
    public = {"Host": "sourceline.example.org", "X-Forwarded-Proto": "https"}

    def asked(headers: dict[str, str], path: str = "/health/") -> tuple[int, str]:
        there = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
        there.request("GET", path, headers=headers)
        answer = there.getresponse()
        return answer.status, answer.headers.get("Location", "")

    with serving("--data", str(data), SOURCELINE_ADDRESS="https://sourceline.example.org") as running:
        assert running.ready() == "https://sourceline.example.org/"
        assert "sesame" not in running.said()
        assert "ERROR" not in running.said()
        assert asked(public) == (200, "")
        assert asked({"Host": "sourceline.example.org"}) == (301, "https://sourceline.example.org/health/")
        for other in ("evil.example", "127.0.0.1"):
            assert asked(public | {"Host": other})[0] == 400
        link = manage("sign_in_link", "--data", str(data)).stdout.strip()
        assert link.startswith("https://sourceline.example.org/sign-in/link/?sesame=")
        answers = subprocess.run(
            [sys.executable, ROOT / "deploy" / "answers.py", str(running.port)],
            env={"SOURCELINE_ADDRESS": "https://sourceline.example.org"},
            check=False,
        )
        assert answers.returncode == 0
    assert asked_nobody(running.port).returncode == 1


def asked_nobody(port: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "deploy" / "answers.py", str(port)], capture_output=True, check=False
    )
