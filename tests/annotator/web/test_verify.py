"""Anyone who is signed in has a dataset checked: hostile files, limits, who is told what."""

import io
import json
import os
import stat
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotator.exchange import checked, confined
from annotator.exchange.release_file import build, path_of
from annotator.models import Claim, Release
from sources.models import Project
from tests.annotator.exchange.releases import seal, table, unpack, write_table
from tests.factories import World

from .conftest import Cast

URL = "/verify/"


@pytest.fixture
def room(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "checking"


@pytest.fixture
def release(world: World, cast: Cast, room: Path) -> Release:
    asked = {"title": "Spring", "statuses": ["submitted", "disputed"], "licence": "", "notes": ""}
    cast.reviewer.post("/p/here/releases/", asked)
    made = Release.objects.get(project=world.here.project, title="Spring")
    build(made)
    return made


@pytest.fixture
def whole(release: Release) -> bytes:
    return path_of(release).read_bytes()


def sent(client: Client, content: bytes, name: str = "release.zip") -> tuple[int, str]:
    answer = client.post(URL, {"dataset": SimpleUploadedFile(name, content, "application/zip")})
    return answer.status_code, answer.content.decode()


def members(content: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            yield info, archive.read(info)


def packed(parts: list[tuple[Any, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name that stands there twice
        for info, content in parts:
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.mark.lengthy
def test_a_release_holds_and_is_known_to_its_members(cast: Cast, release: Release, whole: bytes) -> None:
    status, html = sent(cast.viewer, whole)
    assert status == 200
    assert "<h1>All of it holds</h1>" in html
    assert "it is the very file, byte for byte" in html
    assert f'href="/p/here/releases/{release.number}/"' in html
    assert "the project says today what this release says" in html
    assert release.sha256 in html
    assert f"here-release-{release.number}/data/verify.py" in html
    claims = release.counts["claims"]
    assert f"{claims} of {claims}</b>" in html


@pytest.mark.lengthy
def test_what_has_changed_since_is_told_to_members(cast: Cast, release: Release, whole: bytes) -> None:
    Claim.objects.filter(project=release.project, status="submitted").update(paraphrase="<b>Since</b>")
    assert "and is “&lt;b&gt;Since&lt;/b&gt;” now" in sent(cast.viewer, whole)[1]


@pytest.mark.lengthy
def test_a_stranger_sees_the_checks_and_nothing_of_the_project(
    cast: Cast, release: Release, whole: bytes, world: World
) -> None:
    Claim.objects.filter(project=release.project, status="submitted").update(paraphrase="Since")
    status, html = sent(cast.stranger, whole)
    assert (status, "<h1>All of it holds</h1>" in html) == (200, True)
    assert "Known here" not in html
    assert "has changed" not in html
    assert "Since" not in html
    assert "/p/here/" not in html


@pytest.mark.lengthy
def test_a_reader_of_a_public_project_is_told_which_release_it_is_and_no_more(
    cast: Cast, release: Release, whole: bytes
) -> None:
    Project.objects.filter(pk=release.project_id).update(is_public=True)
    Claim.objects.filter(project=release.project, status="submitted").update(paraphrase="Since")
    html = sent(cast.stranger, whole)[1]
    assert "it is the very file, byte for byte" in html
    assert "is told to its members" in html
    assert "Since" not in html.replace("Since then", "")


def test_nobody_is_asked_to_sign_in(cast: Cast) -> None:
    assert cast.nobody.get(URL)["Location"].startswith("/sign-in/")
    assert sent(cast.nobody, b"PK")[0] == 302


@pytest.mark.lengthy
def test_a_changed_row_is_named_and_the_true_digest_shown(
    cast: Cast, release: Release, whole: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(whole)
    top = unpack(tmp_path / "a.zip", tmp_path / "a")
    rows = table(top, "claims")
    at = rows[0].index("quote")
    rows[1][at] += "<script>"
    write_table(top, "claims", rows)
    seal(top)
    files = [path for path in sorted(top.rglob("*")) if path.is_file()]
    parts = [(f"{top.name}/{path.relative_to(top)}", path.read_bytes()) for path in files]
    status, html = sent(cast.viewer, packed(parts))
    assert status == 200
    assert "<h1>Not all of it holds</h1>" in html
    assert "claims.csv, row 2" in html
    assert rows[1][0] in html
    assert "the quote is not that of annotations.csv row" in html
    assert "<script>" not in html.split("<main", 1)[1]
    assert "goes by that release’s name" in html
    assert release.sha256 in html
    assert "has changed since" not in html


def hostile(whole: bytes) -> dict[str, tuple[bytes, str]]:
    """Files that no release is, each with what the page says of it."""
    parts = list(members(whole))
    top = parts[0][0].filename.split("/")[0]
    link = zipfile.ZipInfo(f"{top}/data/link.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    inner = packed([("a/b", b"x")])
    named = {
        "up": f"{top}/../../x.csv",
        "absolute": "/etc/x.csv",
        "drive": "C:/x.csv",
        "backslash": f"{top}\\..\\x.csv",
        "empty_part": f"{top}//x.csv",
    }
    made = {name: (packed([*parts, (path, b"x")]), "a file by the name") for name, path in named.items()}
    bad = bytearray(whole)
    at = bad.index(b"PK\x01\x02")  # the first entry of the directory: its general purpose flags
    bad[at + 8] |= 1
    return made | {
        "twice": (packed([*parts, (parts[3][0].filename, b"x")]), "each file once"),
        "two_tops": (packed([*parts, ("other/x", b"x")]), "exactly one top folder"),
        "link": (packed([*parts, (link, b"/etc/passwd")]), "is a link, not a file"),
        "encrypted": (bytes(bad), "is encrypted"),
        "nested": (packed([*parts, (f"{top}/data/inner.zip", inner)]), "data/inner.zip is not in manifest"),
        "empty": (b"", "the file is no ZIP"),
        "no_zip": (b"nothing of the kind", "the file is no ZIP"),
        "half": (whole[: len(whole) // 2], "the file is no ZIP"),
        "cut": (whole[:-30], "the file is no ZIP"),
        "other": (inner, "is missing"),
        "nothing_in_it": (packed([]), "exactly one top folder"),
        "damaged": (whole[:200] + bytes(50) + whole[250:], "This is not a whole dataset"),
    }


@pytest.mark.lengthy
def test_hostile_files_get_a_clear_report_and_leave_nothing(
    cast: Cast, whole: bytes, room: Path, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if "checking" not in path.parts}
    for name, (content, said) in hostile(whole).items():
        status, html = sent(cast.viewer, content)
        assert status in (200, 422), name
        assert said in html.replace("&#x27;", "'"), (name, html[html.index("<main") :][:3000])
        assert "All of it holds" not in html, name
        assert list(room.iterdir()) == [], name
    assert {path for path in tmp_path.rglob("*") if "checking" not in path.parts} == before


def declared(content: bytes, name: str, size: int) -> bytes:
    """The ZIP with another size in its directory for that file, where no other follows by the name."""
    made = bytearray(content)
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    made[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(made)


def bombs(whole: bytes) -> dict[str, tuple[bytes, str]]:
    flat = packed([("a/data/claims.csv", b"0" * (32 << 20))])
    many = packed([(f"a/data/{n}", b"") for n in range(confined.MOST_FILES + 1)])
    noise = packed([("a/data/claims.csv", os.urandom(2000))])
    return {
        "tight": (flat, "packed more tightly than any table of a dataset"),
        "lying": (declared(whole, "/data/claims.csv", 1000), "Bad CRC-32 for file"),
        "many": (many, "5,001 files; at most 5,000"),
        "large": (declared(noise, "a/data/claims.csv", confined.MOST_UNPACKED + 1), "it would be 512 MB"),
    }


@pytest.mark.lengthy
def test_bombs_are_not_unpacked(cast: Cast, whole: bytes, room: Path) -> None:
    for name, (content, said) in bombs(whole).items():
        _, html = sent(cast.viewer, content)
        assert said in html, (name, html[html.index("<main") :][:1500])
        assert "<h1>All of it holds" not in html
        assert list(room.iterdir()) == []


def test_what_takes_too_long_is_ended_and_leaves_nothing(
    cast: Cast, whole: bytes, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "CLOCK", 0.01)
    status, html = sent(cast.viewer, whole)
    assert status == 422
    assert checked.NOT_DONE in html
    assert "script inside it" in html
    assert list(room.iterdir()) == []


@pytest.mark.lengthy
def test_a_process_that_dies_is_told_in_words(
    cast: Cast, whole: bytes, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked.sys, "executable", "/bin/false")
    status, html = sent(cast.viewer, whole)
    assert (status, checked.NOT_DONE in html) == (422, True)
    assert list(room.iterdir()) == []


@pytest.mark.lengthy
def test_one_at_a_time(cast: Cast, whole: bytes, room: Path) -> None:
    with checked.received([b"x"]):
        answer = cast.viewer.post(URL, {"dataset": SimpleUploadedFile("a.zip", whole)})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Another dataset is being checked" in answer.content.decode()
    assert sent(cast.viewer, whole)[0] == 200


@pytest.mark.lengthy
def test_what_a_killed_server_left_is_cleared(cast: Cast, whole: bytes, room: Path) -> None:
    for name, age in (("old", checked.ABANDONED + 60), ("new", 0)):
        (room / name).mkdir(parents=True)
        (room / name / "dataset.zip").write_bytes(b"x")
        moment = (room / name).stat().st_mtime - age
        os.utime(room / name, (moment, moment))
    sent(cast.viewer, whole)
    assert [path.name for path in room.iterdir()] == ["new"]


def test_without_a_file_it_asks_for_one(cast: Cast, room: Path) -> None:
    for data in ({}, {"dataset": "no file"}):
        answer = cast.viewer.post(URL, data)
        assert answer.status_code == 422
        assert "Choose the ZIP of a dataset first." in answer.content.decode()
    assert cast.viewer.put(URL).status_code == 405


def test_more_than_is_taken_is_refused_before_it_is_read(cast: Cast, settings) -> None:
    answer = cast.viewer.generic("POST", URL, b"", CONTENT_LENGTH=str(settings.LARGEST_DATASET + 1))
    assert answer.status_code == 413
    assert "At most 64 MB" in answer.content.decode()


@pytest.mark.lengthy
def test_the_process_is_given_little(whole: bytes, tmp_path: Path) -> None:
    """Limits of the operating system, nothing of the server's environment, none of its modules."""
    program = (
        "import json, os, resource, sys; from annotator.exchange import confined; confined.confine(); "
        "limits = [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]; "
        "print(json.dumps([*limits, 'django' in sys.modules]))"
    )
    root = Path(confined.__file__).parents[2]
    done = subprocess.run(
        [checked.sys.executable, "-s", "-c", program], cwd=root, capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == [confined.MEMORY, confined.SECONDS, False]


@pytest.mark.lengthy
def test_releases_lead_to_it(cast: Cast, release: Release) -> None:
    for page in ("/p/here/releases/", f"/p/here/releases/{release.number}/"):
        assert 'href="/verify/"' in cast.viewer.get(page).content.decode(), page
