"""Taking articles in through the pages: pasted and looked over, or as files."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from annotator.actions import intakes
from sources.actions.imports import Imported, import_articles
from sources.models import Article, Intake, Project, Snapshot

from .conftest import Cast

URL = "/p/here/articles/import/"
TEXT = """Kiosk owner wins lawsuit over tram noise

By Petra Lunt

The tram has been too loud for nine years, a court in Velm ruled on Monday.

“I will sleep again,” said the owner, Ilja Brandt.
"""
FIELDS = {
    "step": "store",
    "text": TEXT,
    "title": "Kiosk owner wins",
    "outlet": "Velm Evening News",
    "published": "3 March 2025",
    "url": "https://velm.example/kiosk",
    "authors": "Petra Lunt\n\n Jo Tarn ",
    "language": "en",
}


def page(client: Client, **fields: object) -> tuple[int, str]:
    answer = client.post(URL, fields)
    return answer.status_code, answer.content.decode()


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def taken_in(cast: Cast, files: list[SimpleUploadedFile]) -> str:
    """The report's page, once a worker has done what was asked of it."""
    answer = cast.annotator.post(URL, {"step": "files", "files": files})
    assert answer.status_code == 302
    intakes.run(Intake.objects.get(state="waiting"))
    return cast.annotator.get(answer["Location"]).content.decode()


def test_a_pasted_text_is_read_off_with_reasons_and_not_yet_stored(cast: Cast, here: Project) -> None:
    before = Article.objects.filter(project=here).count()
    status, html = page(cast.annotator, step="read", text=TEXT)
    assert status == 200
    assert "Kiosk owner wins lawsuit over tram noise" in html
    assert "from the byline" in html
    assert "Not found in the text." in html
    assert Article.objects.filter(project=here).count() == before


def test_one_of_each_is_not_many(cast: Cast) -> None:
    assert "1 character in 1 line." in page(cast.annotator, step="read", text="x")[1]


def test_a_guessed_encoding_is_said_beside_the_file(cast: Cast) -> None:
    story = "Жителі долини розповіли, що річка вийшла з берегів уночі, і ніхто не попередив їх. " * 3
    files = [
        SimpleUploadedFile("a.txt", story.encode("cp1251")),
        SimpleUploadedFile("b.txt", TEXT.encode("utf-8").replace(b"\xe2\x80\x9c", b"") + b"\xff\xfe\xc3("),
    ]
    html = taken_in(cast, files)
    assert "1 of 2 taken in." in html
    assert "The encoding was guessed as cp1251: check the letters." in html


def test_what_the_person_says_is_stored_and_the_text_as_it_came(cast: Cast, here: Project) -> None:
    answer = cast.annotator.post(URL, FIELDS)
    made = Article.objects.get(project=here, title="Kiosk owner wins")
    assert answer["Location"] == f"/p/here/articles/{made.uuid}/"
    assert (made.publication.name, made.published, made.authors) == (
        "Velm Evening News",
        "2025-03-03",
        ["Petra Lunt", "Jo Tarn"],
    )
    assert made.snapshots.get().text.strip() == TEXT.strip()
    assert made.added_by.username == "annotator"


@pytest.mark.lengthy
def test_the_same_text_twice_is_known_and_from_elsewhere_a_reprint(cast: Cast, here: Project) -> None:
    cast.annotator.post(URL, FIELDS)
    again = cast.annotator.post(URL, FIELDS, follow=True)
    assert "already here" in again.content.decode()
    assert Article.objects.filter(project=here, title="Kiosk owner wins").count() == 1
    elsewhere = FIELDS | {"outlet": "Kai Radio", "url": "https://kai.example/1", "title": "Kiosk again"}
    assert "reprint" in cast.annotator.post(URL, elsewhere, follow=True).content.decode()
    assert Article.objects.get(project=here, title="Kiosk again").reprint_of.title == "Kiosk owner wins"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("published", "some day soon", "not a date that can be read"),
        ("url", "javascript:alert(1)", "begins with http"),
        ("title", "", "required"),
        ("language", "a!", "language tag"),
        ("outlet", "a\u202eb", "reorder text"),
        ("title", "a\x00b", "Null characters"),
    ],
)
def test_a_bad_field_is_named_and_nothing_typed_is_lost(
    cast: Cast, here: Project, field: str, value: str, said: str
) -> None:
    status, html = page(cast.annotator, **(FIELDS | {field: value}))
    assert status == 422
    assert said in html
    assert "Petra Lunt" in html
    assert "“I will sleep again,”" in html
    assert not Article.objects.filter(project=here, url=FIELDS["url"]).exists()


def test_nothing_and_blanks_are_refused_in_words(cast: Cast) -> None:
    for text in ("", " \n\t "):
        status, html = page(cast.annotator, step="read", text=text)
        assert status == 422
        assert "Not read:</b> the text is " in html


def test_one_bad_file_stops_none_of_the_others(cast: Cast, here: Project) -> None:
    files = [
        SimpleUploadedFile("good.txt", f"Outlet: Kai Radio\n\n{TEXT}".encode()),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        SimpleUploadedFile("<script>alert(1)</script>.txt", b"   "),
        SimpleUploadedFile("good again.txt", f"Outlet: Kai Radio\n\n{TEXT}".encode()),
    ]
    html = taken_in(cast, files)
    assert "1 of 5 taken in." in html and "1 new, 1 already here, 3 refused." in html
    assert "The file is empty" in html
    assert "Already here" in html
    assert "<script>alert" not in html
    stored = Snapshot.objects.get(project=here, article__publication__name="Kai Radio", text__contains="tram")
    assert stored.captures.get().file_name == "good.txt"


@pytest.mark.lengthy
def test_what_the_database_does_not_take_stops_none_of_the_others(
    cast: Cast, here: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_on_bad(**act: Any) -> list[Imported]:
        if "bad.txt" in [one.raw.file_name for one in act["incoming"]]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return import_articles(**act)

    monkeypatch.setattr("sources.actions.intakes.import_articles", breaks_on_bad)
    files = [SimpleUploadedFile(f"{n}.txt", f"{n}\n\n{TEXT}".encode()) for n in ("a", "bad", "c")]
    html = taken_in(cast, files)
    assert "2 of 3 taken in." in html
    assert "<bdi>bad.txt</bdi>" in html and "The database does not take it: division by zero" in html


def test_no_file_at_all_is_said(cast: Cast) -> None:
    assert page(cast.annotator, step="files")[0] == 422


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_who_may_not_write_stores_nothing(cast: Cast, here: Project, who: str) -> None:
    answer = getattr(cast, who).post(URL, FIELDS)
    assert answer.status_code == {"viewer": 403, "stranger": 404}[who]
    assert not Article.objects.filter(url=FIELDS["url"]).exists()


@pytest.mark.lengthy
def test_saved_pages_and_documents_are_taken_in_with_where_their_record_was_read(
    cast: Cast, here: Project
) -> None:
    raw = (Path(__file__).parents[2] / "fixtures" / "pages" / "dockers.html").read_bytes()
    files = [
        SimpleUploadedFile("dockers.html", raw),
        SimpleUploadedFile("ferry.md", f"---\noutlet: Kai Radio\n---\n# Ferry stays\n\n{TEXT}".encode()),
        SimpleUploadedFile("scan.pdf", b"%PDF-1.7 and no more"),
        SimpleUploadedFile("bomb.docx", b"PK\x03\x04 and no more"),
    ]
    html = taken_in(cast, files)
    assert "2 of 4 taken in." in html and "title from JSON-LD" in html
    assert "The PDF is damaged" in html
    assert "The Word document is not opened: it is damaged" in html
    stored = Snapshot.objects.get(project=here, article__publication__name="The Amber Courier")
    assert (stored.captures.get().media_type, stored.method) == ("text/html", "upload")
    assert stored.blocks.filter(masked=True, reason="comments of readers").count() == 1


FURNISHED = f"{TEXT}\nAdvertisement\n\nFollow Petra Lunt on Twitter\n\nThe court in Velm sits on Mondays.\n"


def test_lines_are_shown_with_what_they_are_before_they_are_stored(cast: Cast) -> None:
    status, html = page(cast.annotator, step="read", text=FURNISHED)
    assert status == 200
    assert "2 lines left out: boilerplate</summary>" in html
    assert "an advertisement&#x27;s place" in html
    assert html.count('name="masked"') == 7
    assert html.count(" checked aria-describedby") == 3  # the byline too


def test_lines_are_left_out_and_taken_back_before_they_are_stored(cast: Cast, here: Project) -> None:
    chosen = {**FIELDS, "text": FURNISHED, "lines": "7", "masked": ["1", "4", "6"]}
    assert cast.annotator.post(URL, chosen).status_code == 302
    blocks = Snapshot.objects.latest("pk").blocks.order_by("position")
    assert [(b.role, b.masked) for b in blocks] == [
        ("headline", False),
        ("byline", True),
        ("paragraph", False),
        ("paragraph", False),
        ("boilerplate", True),
        ("paragraph", False),  # asked to follow, and taken back
        ("boilerplate", True),
    ]
    assert [b.reason for b in blocks][4:] == ["an advertisement's place", "", ""]


@pytest.mark.parametrize("lines", ["", "6", "x"])
def test_choices_about_another_text_count_for_nothing(cast: Cast, lines: str) -> None:
    cast.annotator.post(URL, {**FIELDS, "text": FURNISHED, "lines": lines, "masked": ["0", "99", "-1", "x"]})
    blocks = Snapshot.objects.latest("pk").blocks.order_by("position")
    assert [b.masked for b in blocks] == [False, True, False, False, True, True, False]


def test_what_was_chosen_stays_where_the_record_is_refused(cast: Cast) -> None:
    chosen = {**FIELDS, "text": FURNISHED, "lines": "7", "masked": ["2"], "published": "no day at all"}
    status, html = page(cast.annotator, **chosen)
    assert status == 422
    assert html.count(" checked ") == 1
    assert 'name="masked" value="2" checked' in html


OTHER = TEXT.replace("nine years", "ten years")


@pytest.mark.lengthy
def test_a_known_address_is_told_of_before_anything_is_stored(cast: Cast, here: Project) -> None:
    cast.annotator.post(URL, FIELDS)
    told = page(cast.annotator, step="read", text=f"URL: {FIELDS['url']}\n\n{OTHER}")
    assert "This address is here already:" in told[1]
    status, html = page(cast.annotator, **FIELDS | {"text": OTHER})
    assert status == 409
    assert "Storing adds text 2 to it." in html
    (stored,) = Article.objects.filter(project=here, title="Kiosk owner wins")
    assert stored.snapshots.count() == 1
    seen = {"seen": f"changed:{stored.uuid}:2"}
    page(cast.annotator, **FIELDS | {"text": OTHER} | seen)
    assert stored.snapshots.count() == 2


def test_what_stands_at_a_known_address_may_be_stored_as_its_own(cast: Cast, here: Project) -> None:
    cast.annotator.post(URL, FIELDS)
    assert page(cast.annotator, **FIELDS | {"text": OTHER, "apart": "1"})[0] == 302
    urls = Article.objects.filter(project=here, title="Kiosk owner wins").order_by("pk").values_list("url")
    assert [url for (url,) in urls] == [FIELDS["url"], ""]


@pytest.mark.lengthy
def test_a_known_text_and_a_likely_reprint_are_told_of(cast: Cast, here: Project) -> None:
    long = "\n\n".join(
        [TEXT, *(f"On day {n} the court heard witness {n * 7} on tram {n * 3}." for n in range(9))]
    )
    header = "Outlet: Velm Evening News\n\n"
    cast.annotator.post(URL, FIELDS | {"text": long})
    assert "This text is here already:" in page(cast.annotator, step="read", text=header + long)[1]
    assert (
        "The same text is here from elsewhere:"
        in page(
            cast.annotator, step="read", text="Outlet: Coast Radio\nURL: https://coast.example/1\n\n" + long
        )[1]
    )
    assert "Likely a reprint," in page(cast.annotator, step="read", text=long + "\n\nIt rained all day.")[1]
    assert "already" not in page(cast.annotator, step="read", text="Quite another story of the coast.")[1]
