"""What the columns of a table mean, asked on a page before it is taken in, and remembered."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotator.actions import intakes
from annotator.queries.asked_columns import ENCODINGS
from sources.actions.column_mappings import remember
from sources.intake.columns import Columns
from sources.models import Article, ColumnMapping, Intake, Project, User

from .conftest import Cast

UPLOAD = "/p/here/articles/import/"
TABLE = """Überschrift;Volltext;Datum;Stimmung
Das Wehr gibt nach;"<p>Das Wehr am Kai gab nach.</p><p>Niemand kam zu Schaden.</p>";03/04/2025;ernst
Ohne Text;;13.04.2025;
Noch eine;Die Mühle mahlt.;05/04/2025;
"""
MEANT = {
    "column-text": "Volltext",
    "column-title": "Überschrift",
    "column-published": "Datum",
    "order": "day",
}


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path, here: Project) -> None:
    settings.DATA_DIR = tmp_path
    ColumnMapping.objects.filter(project=here).delete()


def handed(client: Client, raw: str = TABLE, name: str = "artikel.csv", encoding: str = "cp1252") -> str:
    """Where its sender is led."""
    files = [SimpleUploadedFile(name, raw.encode(encoding))]
    answer = client.post(UPLOAD, {"step": "files", "files": files})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.lengthy
def test_columns_are_asked_about_with_what_they_hold_and_what_their_names_propose(cast: Cast) -> None:
    page = handed(cast.annotator)
    html = cast.annotator.get(page).content.decode()
    assert page.endswith("/columns/")
    for field, column in (("text", "Volltext"), ("title", "Überschrift"), ("published", "Datum")):
        select = html.partition(f'name="column-{field}"')[2].partition("</select>")[0]
        assert f'<option value="{column}" selected>' in select, field
    assert "The encoding was guessed as Windows-1252: check the letters." in html
    assert "4 columns, apart by semicolon, read as Windows-1252." in html
    assert "66 %" in html and "Row 2" in html and '<span class="pill">HTML</span>' in html
    assert "1 of the first 3 rows will be refused" in html
    assert '<option value="day" selected>' in html and "13.04.2025</bdi> can be read in one way only" in html


@pytest.mark.lengthy
def test_dates_that_may_be_either_are_shown_until_somebody_says_which(cast: Cast) -> None:
    page = handed(cast.annotator, TABLE.replace("13.04", "11/04"))
    html = cast.annotator.get(page).content.decode()
    assert "3 of the first 3 rows will be refused" in html
    assert "03/04/2025</bdi>, " in html and "may be day first or month first. Choose which." in html


@pytest.mark.lengthy
def test_a_choice_shows_the_first_article_as_it_will_be_stored_and_stores_nothing(cast: Cast) -> None:
    page = handed(cast.annotator)
    html = cast.annotator.post(page, MEANT, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html and "<select" not in html, "what is chosen is never swapped"
    assert '<dd dir="auto">Das Wehr gibt nach</dd>' in html and "<dd>3 Apr 2025</dd>" in html
    assert "<p>Das Wehr am Kai gab nach.</p>" in html and "&lt;p&gt;Das" in html  # as read, and as it stands
    assert "1 of the first 3 rows will be refused" in html and "column &#x27;Volltext&#x27;" in html
    assert not ColumnMapping.objects.filter(names__contains=["Volltext"]).exists()


@pytest.mark.lengthy
def test_start_takes_it_in_and_the_next_table_is_not_asked_about(cast: Cast, here: Project) -> None:
    page = handed(cast.annotator)
    more = {"row_outlet": "Kai-Bote", "row_language": "de", "step": "start"}
    answer = cast.annotator.post(page, MEANT | more, follow=True)
    assert answer.redirect_chain[-1][0] == page.removesuffix("columns/")
    assert "Columns read as said here" in answer.content.decode()
    intakes.run(Intake.objects.get(project=here, state="waiting"))
    article = Article.objects.get(project=here, title="Das Wehr gibt nach")
    assert (article.published, str(article.publication), article.language) == ("2025-04-03", "Kai-Bote", "de")
    alike = handed(cast.annotator, TABLE.replace("Kai", "Strom"))
    assert not alike.endswith("/columns/"), "its letters were looked at before"
    html = cast.annotator.get(alike).content.decode()
    assert "; read as Windows-1252 where a table does not show its own encoding." in html
    again = handed(cast.annotator, TABLE.replace("Kai", "Fluss"), encoding="utf-8")
    assert not again.endswith("/columns/")
    html = cast.annotator.get(again).content.decode()
    assert (
        "Columns read as remembered from" in html
        and "Text from “<bdi>Volltext</bdi>”, Title from “<bdi>Überschrift</bdi>”" in html
    )
    mapping = ColumnMapping.objects.get(project=here, names__contains=["Volltext"])
    assert f'href="/p/here/articles/columns/{mapping.uuid}/"' in html
    shown = cast.annotator.get(f"/p/here/articles/columns/{mapping.uuid}/").content.decode()
    assert '<option value="cp1252" selected>' in shown
    cast.annotator.post(
        f"/p/here/articles/columns/{mapping.uuid}/", MEANT | {"encoding": "", "version": mapping.version}
    )
    asked = handed(cast.annotator, TABLE.replace("Kai", "Bach"))
    assert asked.endswith("/columns/"), "its letters are a guess again"
    html = cast.annotator.get(asked).content.decode()
    assert "check the letters" in html and '<option value="Volltext" selected>' in html


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"column-text": ""}, "Say which column holds the text of the articles."),
        ({"column-title": "Volltext"}, "The column &#x27;Volltext&#x27; is taken for both text and title."),
        ({"column-text": "Nowhere"}, "Select a valid choice"),
        ({"row_language": "Deutsch, meist"}, "is not a language tag"),
        ({"order": "year"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_begins(
    cast: Cast, said: dict[str, str], why: str
) -> None:
    page = handed(cast.annotator)
    answer = cast.annotator.post(page, MEANT | said | {"step": "start"})
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_names_and_cells_are_words_and_never_markup(cast: Cast) -> None:
    page = handed(cast.annotator, "<img src=x onerror=a>,Text\n<script>a</script>,A\u2026 story\n")
    html = cast.annotator.get(page).content.decode()
    assert "<img src=x" not in html and "<script>a" not in html
    assert "&lt;img src=x onerror=a&gt;" in html and "&lt;script&gt;a&lt;/script&gt;" in html


@pytest.mark.lengthy
def test_one_table_after_another_is_asked_about(cast: Cast, here: Project) -> None:
    files = [SimpleUploadedFile(f"{n}.csv", f"Text,c{n}\nA story,b\n".encode()) for n in (1, 2)]
    page = cast.annotator.post(UPLOAD, {"step": "files", "files": files})["Location"]
    for number in (1, 2):
        assert f"<bdi>{number}.csv</bdi></b> is an article" in cast.annotator.get(page).content.decode()
        answer = cast.annotator.post(page, {"column-text": "Text", "step": "start"})
        assert answer["Location"] == page
    assert cast.annotator.get(page).status_code == 302


def test_what_somebody_else_has_said_meanwhile_is_not_asked_again(cast: Cast, here: Project) -> None:
    page = handed(cast.annotator, encoding="utf-8")
    names = TABLE.split("\n")[0].split(";")
    by = Intake.objects.get(project=here, state="asking", name="artikel.csv").by
    remember(by=by, project=here, names=names, columns=Columns({"text": "Volltext"}))
    assert cast.annotator.get(page)["Location"] == page.removesuffix("columns/")
    assert Intake.objects.get(project=here, name="artikel.csv").state == "waiting"


@pytest.mark.lengthy
def test_what_is_remembered_is_changed_and_forgotten(cast: Cast, here: Project) -> None:
    by = Intake.objects.filter(project=here).first().by
    made = remember(by=by, project=here, names=["A", "B"], columns=Columns({"text": "A"}))
    page = f"/p/here/articles/columns/{made.uuid}/"
    assert '<option value="A" selected>' in cast.annotator.get(page).content.decode()
    assert cast.annotator.post(page, {"column-text": ""}).status_code == 422
    assert (
        cast.annotator.post(page, {"column-text": "B", "column-title": "A", "version": "1"})["Location"]
        == page
    )
    made.refresh_from_db()
    assert made.meaning["fields"] == {"text": "B", "title": "A"}
    assert cast.annotator.post(page, {"forget": "1", "version": "2"})["Location"] == UPLOAD
    assert cast.annotator.get(page).status_code == 404


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_may_be_chosen(cast: Cast, encoding: str) -> None:
    page = handed(cast.annotator)
    html = cast.annotator.post(page, MEANT | {"encoding": encoding})
    assert html.status_code == 200
    assert ("not all valid" in html.content.decode()) == (encoding in ("utf-8", "utf-16"))


@pytest.mark.lengthy
def test_a_guessed_encoding_is_put_right_and_its_letters_are_stored(cast: Cast, here: Project) -> None:
    raw = "Název;Text\nŘeka;Voda v řece stoupla, řekl úřad.\n".encode("cp1250")
    files = [SimpleUploadedFile("t.csv", raw)]
    page = cast.annotator.post(UPLOAD, {"step": "files", "files": files})["Location"]
    chosen = {"encoding": "cp1250", "column-authors": "Text", "column-title": "Nazev", "row_outlet": "Den"}
    answer = cast.annotator.post(page, chosen, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#columns", "outerHTML")
    assert "Voda v řece stoupla" not in html.partition('id="columns-preview"')[2].partition("</section>")[0]
    assert html.count('<option value="Text" selected>') == 1 and 'value="Den"' in html, (
        "what was chosen stays"
    )
    assert "Voda v řece stoupla" in html and '<input type="hidden" name="shown" value="cp1250">' in html
    for more, status in (({}, 200), ({"step": "start", "column-text": "Text"}, 422)):
        answer = cast.annotator.post(page, {"encoding": "utf-8"} | more)
        assert answer.status_code == status
        assert "It is not all valid in the encoding that was chosen" in answer.content.decode()
    said = {"encoding": "cp1250", "shown": "cp1250", "column-text": "Text", "column-title": "Název"}
    # What was filled in for other letters is shown anew before anything begins.
    assert cast.annotator.post(page, said | {"shown": "", "step": "start"}).status_code == 200
    assert cast.annotator.post(page, said | {"step": "start"}).status_code == 302
    intakes.run(Intake.objects.get(project=here, state="waiting"))
    assert Article.objects.filter(project=here, title="Řeka").exists()


def test_a_second_tab_undoes_nothing_that_was_said_of_columns_unseen(cast: Cast, here: Project) -> None:
    """Neither by saying something else nor by forgetting, and not without a word of what was seen."""
    by = User.objects.get(username="annotator")
    meant = Columns({"text": "Volltext", "title": "Titel"})
    mapping = remember(by=by, project=here, names=["Volltext", "Titel", "Kopf"], columns=meant)
    page, opened = f"/p/here/articles/columns/{mapping.uuid}/", {"version": str(mapping.version)}
    theirs = {"column-text": "Volltext", "column-title": "Kopf", "order": "month"}
    assert cast.reviewer.post(page, theirs | opened).status_code == 302
    mine = {"column-text": "Titel", "column-subtitle": "Kopf"}
    for late in (mine | opened, mine, mine | {"version": "x"}, {"forget": "1"} | opened, {"forget": "1"}):
        answer = cast.annotator.post(page, late)
        html = answer.content.decode()
        assert answer.status_code == 409, late
        assert "Reviewer said it anew meanwhile" in html
        assert "<dt>Title</dt><dd><bdi>Kopf</bdi></dd>" in html
        assert "<dd><bdi>are month first: March 4</bdi></dd>" in html
        chosen = html.partition('name="column-text"')[2].partition("</select>")[0]
        kept = "Volltext" if "forget" in late else "Titel"
        assert f'<option value="{kept}" selected>' in chosen, "what was chosen is kept"
        mapping.refresh_from_db()
        assert mapping.meaning["fields"] == {"text": "Volltext", "title": "Kopf"}
    assert f'name="version" value="{mapping.version}"' in html, "whoever has been told may do it now"
    assert cast.annotator.post(page, mine | {"version": mapping.version}).status_code == 302
    gone = cast.annotator.post(page, {"forget": "1", "version": mapping.version + 1})
    assert (gone.status_code, ColumnMapping.objects.filter(pk=mapping.pk).count()) == (302, 0)
