"""`import_articles` on real files: what comes in, what is recognised, what is refused and why."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sources.intake.registry import LARGEST
from sources.models import Article, Change, Membership, Project, Role, Snapshot, User

pytestmark = pytest.mark.django_db

STORY = (
    "Ferry stays in port\n\nThe ferry stayed in port on Monday, the harbour master said. Nobody was hurt.\n"
)


@pytest.fixture
def shelf(db: None) -> Project:
    user = User.objects.create(username="ana")
    return Project.objects.create(slug="quay", name="Quay", created_by=user)


def imported(*paths: object, **options: object) -> tuple[int, list[str], list[str]]:
    """(exit status, lines on standard output, lines on standard error)."""
    out, err = io.StringIO(), io.StringIO()
    options = {"project": "quay", "user": "ana", **options}
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue().splitlines(), err.getvalue().splitlines()
    return 0, out.getvalue().splitlines(), err.getvalue().splitlines()


def test_a_folder_comes_in(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "two.txt").write_text(STORY.replace("ferry", "tram"), encoding="utf-8")
    status, out, err = imported(tmp_path)
    assert (status, out, err) == (0, ["2 of 2 taken in. 2 new."], [])
    assert set(Article.objects.values_list("title", flat=True)) == {"Ferry stays in port"}
    snapshot = Snapshot.objects.get(captures__file_name="one.txt")
    assert snapshot.text == STORY
    assert snapshot.current_segmentation.sentences.count() == 3
    assert bytes(snapshot.captures.get().raw) == STORY.encode()


def test_the_importer_is_named_in_the_history(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    imported(tmp_path)
    change = Change.objects.get(table="sources_article", operation="INSERT")
    assert change.user_id == User.objects.get(username="ana").pk
    assert Article.objects.get().added_by.username == "ana"


def test_the_same_file_again_is_already_there(shelf: Project, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text(STORY, encoding="utf-8")
    imported(file)
    status, out, err = imported(file)
    assert (status, err) == (0, [])
    assert out == [f"{file}: already here as “Ferry stays in port”", "It was already here."]
    assert Snapshot.objects.count() == 1


def test_line_ends_and_a_byte_order_mark_do_not_make_another_text(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.encode())
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode())
    (tmp_path / "c.txt").write_bytes(STORY.encode("utf-16"))
    status, out, _ = imported(tmp_path)
    assert status == 0
    assert out[-1] == "1 of 3 taken in. 1 new, 2 already here."
    snapshot = Snapshot.objects.get()
    assert "\r" not in snapshot.text
    assert "\ufeff" not in snapshot.text


def test_what_cleaning_did_is_recorded(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.replace("\n", "\r\n").encode("utf-16"))
    imported(tmp_path)
    cleaning = Snapshot.objects.get().cleaning
    assert cleaning["encoding"] == "utf-16-le"
    assert ["CRLF to LF", 3] in cleaning["steps"]


def test_the_same_text_from_another_outlet_is_a_reprint(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Outlet: The Tide\n\n{STORY}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"Outlet: The Sluice\n\n{STORY}", encoding="utf-8")
    status, out, _ = imported(tmp_path)
    assert status == 0
    assert f"{tmp_path.name}/b.txt: stored as a reprint of “Ferry stays in port” (The Tide)" in out
    assert out[-1] == "2 of 2 taken in. 1 new, 1 reprint."
    first, second = Article.objects.order_by("pk")
    assert second.reprint_of == first


def test_another_text_at_the_same_address_is_said_and_kept(shelf: Project, tmp_path: Path) -> None:
    head = "URL: https://tide.example/ferry\n\n"
    (tmp_path / "a.txt").write_text(head + STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(head + STORY.replace("Nobody", "One sailor"), encoding="utf-8")
    status, out, _ = imported(tmp_path)
    assert status == 0
    assert "stored as text 2 of “Ferry stays in port”" in out[0]
    article = Article.objects.get()
    texts = list(article.snapshots.order_by("number").values_list("number", "text"))
    assert texts == [(1, STORY), (2, STORY.replace("Nobody", "One sailor"))]


@pytest.mark.lengthy
def test_each_bad_file_has_its_line_and_stops_no_other(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-blank.txt").write_bytes(b" \n\t\n\xe2\x80\x8b")
    (tmp_path / "c-pdf.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)))
    (tmp_path / "d-broken.txt").write_bytes("Zoë’s café\n\nÀ bientôt. ".encode() + b"\xff\xfe rest")
    (tmp_path / "e-large.txt").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "f-page.html").write_text("<!doctype html><script>hello()</script>", encoding="utf-8")
    (tmp_path / "z-good.txt").write_text(STORY, encoding="utf-8")
    status, out, err = imported(tmp_path)
    folder = tmp_path.name
    assert status == 1
    assert out == ["1 of 7 taken in. 1 new, 6 refused."]
    assert err[0] == f"refused: {folder}/a-empty.txt: the file is empty"
    assert err[1] == f"refused: {folder}/b-blank.txt: the file is blank"
    assert err[2] == f"refused: {folder}/c-pdf.txt: this is not text but a PDF document"
    assert err[3].startswith(f"refused: {folder}/d-broken.txt, byte 29: almost UTF-8")
    assert err[4] == f"refused: {folder}/e-large.txt: 2.0 MB, but at most 2 MB are taken"
    assert err[5].startswith(f"refused: {folder}/f-page.html: the page has no text")
    assert len(err) == 6


def test_a_declared_encoding_is_taken_at_its_word(shelf: Project, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("Fährschiff bleibt im Hafen\n\nDas Schiff blieb liegen.".encode("latin-1"))
    assert imported(file, encoding="latin-1")[0] == 0
    assert "Fährschiff" in Snapshot.objects.get().text
    status, _, err = imported(file, encoding="utf-8")
    assert status == 1
    assert err == [f"refused: {file}, byte 1: not valid utf-8: invalid continuation byte"]
    assert "is not known" in imported(file, encoding="klingon-8")[2][0]


def test_a_guessed_encoding_is_said_and_a_bad_guess_refused(shelf: Project, tmp_path: Path) -> None:
    story = "Жителі долини розповіли, що річка вийшла з берегів уночі, і ніхто не попередив їх. " * 3
    (tmp_path / "a.txt").write_bytes(story.encode("cp1251"))
    (tmp_path / "b.txt").write_bytes(STORY.encode() + b"\xff\xfe\xc3(\n")
    status, out, err = imported(tmp_path)
    assert status == 1
    assert out[0].startswith(f"{tmp_path.name}/a.txt: stored as ")
    assert out[0].endswith("; the encoding was guessed as cp1251: check the letters")
    assert out[1:] == ["1 of 2 taken in. 1 new, 1 refused."]
    (refused,) = err
    assert refused.startswith(f"refused: {tmp_path.name}/b.txt, byte {len(STORY)}: not UTF-8, and")
    assert refused.endswith("save it as UTF-8, or say its encoding")
    assert imported(tmp_path / "b.txt", encoding="latin-1")[1] == ["1 of 1 taken in. 1 new."]


def test_paths_that_are_not_there_or_may_not_be_read(shelf: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(STORY, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "escape.txt").symlink_to(outside)
    (folder / "dangling.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe.txt")
    status, out, err = imported(tmp_path / "missing.txt", folder)
    assert status == 1
    assert out == ["All 4 were refused."]
    assert err == [
        f"refused: {tmp_path / 'missing.txt'}: cannot be opened: No such file or directory",
        "refused: folder/dangling.txt: is a link that leads out of its folder, or to nothing",
        "refused: folder/escape.txt: is a link that leads out of its folder, or to nothing",
        "refused: folder/pipe.txt: is neither a file nor a folder",
    ]
    assert not Article.objects.exists()


def test_a_file_without_permission(shelf: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(STORY, encoding="utf-8")
    file.chmod(0)
    if os.access(file, os.R_OK):  # root reads everything: the refusal is made where others would meet it
        opened = Path.open

        def refuse(self: Path, *args: object, **options: object) -> object:
            if self == file:
                raise PermissionError(13, "Permission denied")
            return opened(self, *args, **options)

        monkeypatch.setattr(Path, "open", refuse)
    status, _, err = imported(file)
    assert status == 1
    assert err == [f"refused: {file}: cannot be read: Permission denied"]


def test_a_file_name_cannot_write_on_the_terminal(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb\nc.txt").write_bytes(b"")
    (tmp_path / "d\x1b[2Je\nf.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "g.txt").write_text(STORY, encoding="utf-8")
    _, out, err = imported(tmp_path)
    assert len(out) == 2
    assert len(err) == 1
    assert "\x1b" not in "".join(out + err)


def test_an_unknown_project_is_made_only_when_asked(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(CommandError, match="no project 'canal'"):
        imported(tmp_path, project="canal")
    assert imported(tmp_path, project="canal", create=True)[0] == 0
    project = Project.objects.get(slug="canal")
    assert project.articles.count() == 1
    assert project.codes.filter(facet="claim_type").exists()
    assert Membership.objects.get(project=project).role == Role.MANAGER
    assert imported(tmp_path, project="canal", create=True)[1][-1] == "It was already here."


@pytest.mark.parametrize("slug", ["a b", "../x", "", "é", "x" * 61, "new"])
def test_a_slug_that_is_none(shelf: Project, tmp_path: Path, slug: str) -> None:
    with pytest.raises(CommandError):
        imported(tmp_path, project=slug, create=True)
    assert Project.objects.count() == 1


def test_an_unknown_user_and_an_odd_language(shelf: Project, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no active user 'eve'"):
        imported(tmp_path, user="eve")
    with pytest.raises(CommandError, match="not a language tag"):
        imported(tmp_path, language="english please")


def test_on_a_fresh_database_the_user_of_this_machine_is_made(db: None, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    assert imported(tmp_path, create=True, user="")[0] == 0
    assert Membership.objects.get().user == User.objects.get()


def test_outlet_and_language_fill_in_what_files_do_not_say(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Outlet: The Sluice\n\nTram stops\n\nIt stopped.", encoding="utf-8")
    imported(tmp_path, outlet="The Tide", language="en-GB")
    records = dict(Article.objects.values_list("title", "publication__name"))
    assert records == {"Ferry stays in port": "The Tide", "Tram stops": "The Sluice"}
    assert set(Article.objects.values_list("language", flat=True)) == {"en-GB"}


def test_new_ones_are_listed_when_asked(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    assert imported(tmp_path, verbosity=2)[1][0].endswith("one.txt: stored as “Ferry stays in port”")


def test_an_empty_folder_is_said(shelf: Project, tmp_path: Path) -> None:
    assert imported(tmp_path) == (0, ["There was nothing to take in."], [])


def test_progress_is_drawn_on_a_terminal_only(shelf: Project, tmp_path: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    terminal = Terminal()
    call_command(
        "import_articles", str(tmp_path), project="quay", user="ana", stdout=io.StringIO(), stderr=terminal
    )
    assert "1/1" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.lengthy
def test_a_saved_page_is_stored_with_its_record_its_masked_blocks_and_its_bytes(
    shelf: Project, tmp_path: Path
) -> None:
    raw = (Path(__file__).parents[2] / "fixtures" / "pages" / "dockers.html").read_bytes()
    (tmp_path / "dockers.html").write_bytes(raw)
    status, out, _ = imported(tmp_path)
    assert (status, out[-1]) == (0, "1 of 1 taken in. 1 new.")
    article, snapshot = Article.objects.get(), Snapshot.objects.get()
    assert (article.title, str(article.publication)) == (
        "Dockers walk out at Port Amber",
        "The Amber Courier",
    )
    assert (article.authors, article.published) == (["Ilse Varga", "Tomas Okoro"], "2025-03-14")
    assert (article.section, article.language) == ("Business", "en-gb")
    capture = snapshot.captures.get()
    assert (bytes(capture.raw), capture.media_type) == (raw, "text/html")
    assert snapshot.extractor == "sourceline-page with trafilatura"
    assert snapshot.cleaning["modified"] == "2025-03-15"
    assert snapshot.cleaning["read_off"]["published_edtf"] == "JSON-LD"
    masked = snapshot.blocks.filter(masked=True, reason="a list of other stories")
    assert [snapshot.text[b.start : b.end][:11] for b in masked] == [
        "Related sto",
        "Grain ships",
        "Why Amber’s",
    ]


def test_an_archived_project_is_refused_in_words(shelf: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    Project.objects.filter(pk=shelf.pk).update(archived_at=timezone.now())
    with pytest.raises(CommandError, match="'quay' is archived: nothing in it can be changed"):
        imported(tmp_path)
