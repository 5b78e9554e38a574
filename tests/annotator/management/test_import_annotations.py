"""`import_annotations` on real files: what comes in, what it says, and when it fails."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotator.actions.projects import open_project
from annotator.models import Annotation
from sources.models import Project
from tests.annotator.exchange.releases import write
from tests.factories import World

pytestmark = pytest.mark.django_db


def imported(path: Path, **options: object) -> tuple[int, list[str], list[str]]:
    """(exit status, lines on standard output, lines on standard error)."""
    out, err = io.StringIO(), io.StringIO()
    options = {"project": "copy", "format": "sourceline", "create": True, "user": "mara", **options}
    try:
        call_command("import_annotations", str(path), stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue().splitlines(), err.getvalue().splitlines()
    return 0, out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def release(small_world_here: World, tmp_path: Path) -> Path:
    return write(small_world_here.here.project, tmp_path / "release.zip", with_texts=True)


@pytest.mark.lengthy
def test_a_release_comes_in_and_says_what_it_leaves(small_world_here: World, release: Path) -> None:
    user = small_world_here.manager.username
    status, out, err = imported(release, user=user, create_codes=True)
    assert (status, err) == (0, [])
    assert out[-1].startswith("2 texts taken in, ")
    assert [line for line in out if line.startswith("not taken over: data/reviews.csv:2: disputed by ")]
    copy = Project.objects.get(slug="copy")
    kept = Annotation.objects.filter(project=copy)
    assert kept.count() > 8
    assert set(kept.values_list("origin", flat=True)) == {"import"}
    status, out, err = imported(release, user=user)
    assert (status, err) == (0, [])
    assert out[-1].startswith("2 texts already there, ")
    assert "stored" not in out[-1]


@pytest.mark.lengthy
def test_a_project_made_for_a_release_gets_its_codes(small_world_here: World, release: Path) -> None:
    """As the README has it, without another option."""
    status, out, err = imported(release, user=small_world_here.manager.username)
    assert (status, err) == (0, [])
    assert "code" in out[-1]


@pytest.mark.lengthy
def test_what_is_refused_ends_with_one(small_world_here: World, release: Path) -> None:
    """Its topics are not in the codebook of the project, which was there before."""
    open_project(by=small_world_here.manager, name="Copy", slug="copy")
    status, out, err = imported(release, user=small_world_here.manager.username)
    assert status == 1
    assert [line for line in out if line.startswith("not taken over: data/claims.csv:") and "topic" in line]
    assert [line for line in err if line.startswith("refused: data/annotations.csv:") and "[code]" in line]
    assert "refused" in out[-2]
    assert "not in the codebook: --create-codes makes what it lacks." in out[-1]
    assert sum("--create-codes" in line for line in out) == 1


def test_what_is_left_out_for_one_reason_is_told_by_its_first(
    small_world_here: World, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("".join(f"T{n}\tOdd 0 4\tRain\n" for n in range(1, 8)), encoding="utf-8")
    user = small_world_here.manager.username
    out = imported(tmp_path, user=user, format="brat")[1]
    assert [line for line in out if line.startswith("not taken over: ")] == [
        *(f"not taken over: a.ann:{n}: T{n} Odd: nobody said what “Odd” means" for n in (1, 2, 3)),
        "not taken over: 4 more for the same reason: nobody said what “Odd” means (--verbosity 2 lists all)",
    ]
    out = imported(tmp_path, user=user, format="brat", verbosity=2)[1]
    assert sum(line.startswith("not taken over: a.ann:") for line in out) == 7


def test_what_is_wrong_with_a_place_is_told_before_what_is_missing(
    small_world_here: World, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Rain fell on the quay.", encoding="utf-8")
    lines = ("T4\tClaim 0 500\ttoo long", "T5\tClaim 12 5", "T6\tClaim 4 12\tnot here", "T7\tClaim 0 4\tRain")
    (tmp_path / "a.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.ann").write_text(lines[-1], encoding="utf-8")
    said = {"map": ["Claim=claim:fact"], "voice": "attributed", "quotation_type": "direct"}
    _, out, err = imported(tmp_path, user=small_world_here.manager.username, format="brat", **said)
    assert err == []
    assert [line for line in out if line.startswith("not taken over: ")] == [
        "not taken over: a.ann:1: T4 “too long”: its place, 0–500, is beyond the text, "
        "which has 22 characters",
        "not taken over: a.ann:2: T5\\tClaim 12 5: marks no words: it ends where it begins, or before",
        "not taken over: a.ann:3: T6 “not here”: its words are not those at 4–12, nor anywhere in the text",
        "not taken over: a.ann:4: T7 “Rain”: nobody is said to speak, so it cannot be in an attributed voice",
        "not taken over: b.ann: its text is missing: there is no .txt of that name",
    ]


def test_a_file_of_another_kind_is_refused_whole(small_world_here: World, tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_bytes(b"Rain")
    status, out, err = imported(tmp_path / "a\nb.txt", user=small_world_here.manager.username)
    assert (status, out) == (1, [])
    assert err == ["refused: a\\nb.txt: is no release: it does not hold one bagit.txt"]
    assert not Project.objects.filter(slug="copy").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"map": ["PER=person"]}, "--map: “person” is none of"),
        ({"map_file": Path("/nowhere")}, "cannot be read"),
        ({"create": False}, "There is no project 'copy'. --create makes it."),
        ({"user": "nobody"}, "There is no active user 'nobody'."),
    ],
)
def test_what_cannot_be_done_is_said(
    small_world_here: World, release: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(CommandError, match=said.replace(".", r"\.").replace("?", r"\?")):
        imported(release, **{"user": small_world_here.manager.username, **options})


@pytest.mark.lengthy
def test_a_file_of_meanings_is_read(small_world_here: World, release: Path, tmp_path: Path) -> None:
    meanings = tmp_path / "meanings.txt"
    meanings.write_text("\ufeff# what our words mean\nfact=claim:figure\n\n", encoding="utf-8")
    status, _, _ = imported(
        release, user=small_world_here.manager.username, create_codes=True, map_file=meanings
    )
    assert status == 0
    claims = Annotation.objects.filter(project__slug="copy", kind="claim")
    assert set(claims.values_list("claim__type__key", flat=True)) == {"figure"}
