"""What columns mean: proposed by their names, checked, remembered by them; and rows as articles."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.intake.article import ReadArticle
from sources.intake.column_dates import UnclearDate, date_of
from sources.intake.columns import BadColumns, Columns, checked, columns_from, in_words, key_of, proposal
from sources.intake.items import items_of, tables_of
from sources.intake.refusal import Refusal, Refused
from sources.intake.row_article import article_of, is_html
from sources.intake.table import Cell, Row
from sources.intake.table_sample import sample_of
from tests.growth import growth


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        ("Headline,Body,Date,Author,Source,Link,Lang,Section,ID", "title text published authors outlet url"),
        (
            "Überschrift,Volltext,Datum,Verfasser,Zeitung,Adresse,Sprache,Ressort,Nummer",
            "title text published",
        ),
        (
            "Titre,Texte intégral,Date de publication,Auteurs,Média,Lien,Langue,Rubrique,Identifiant",
            "title text",
        ),
        (
            "Título,Cuerpo,Fecha de publicación,Autores,Periódico,Enlace,Idioma,Sección,Identificador",
            "title text",
        ),
        ("meta.title,content,pubDate,meta.authors,source.name,webUrl,meta.lang,category,uuid", "title text"),
    ],
)
def test_common_names_in_four_languages_are_proposed(names: str, meant: str) -> None:
    fields = ["title", "text", "published", "authors", "outlet", "url", "language", "section", "id"]
    assert set(meant.split()) <= set(fields)
    assert proposal(names.split(",")).fields == dict(zip(fields, names.split(","), strict=True))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(("Day", "published"), ("Issue date", "published")),
        *(("Paper", "outlet"), ("PAPER_NAME", "outlet"), ("newspaperName", "outlet")),
        *(("Nom du journal", "outlet"), ("Zeitschrift", "outlet"), ("Paper.Title", "title")),
        *(("Nr.", "id"), ("id", "id"), ("meta.source.name", "outlet"), ("a.b.pub_date", "published")),
        *((".", ""), ("", ""), ("a." * 50 + "title", "title")),
        *(
            ("Writers", "authors"),
            ("Written by", "authors"),
            ("Author(s)", "authors"),
            ("Journalist", "authors"),
        ),
        *(("Périodistas", "authors"), ("Rédacteur", "authors")),
    ],
)
def test_dots_and_paths_hide_no_name(name: str, field: str) -> None:
    assert list(proposal([name]).fields) == ([field] if field else [])


def test_the_longest_of_several_texts_is_proposed_and_a_long_column_where_none_is_named() -> None:
    assert proposal(["text", "content"], {"text": 12.0, "content": 900.0}).fields == {"text": "content"}
    assert proposal(["a", "b"], {"a": 12.0, "b": 900.0}).fields == {"text": "b"}
    assert proposal(["a", "b"], {"a": 12.0, "b": 90.0}).fields == {}


def test_the_whole_name_tells_more_than_the_last_key_of_a_path() -> None:
    assert proposal(["image.title", "title", "text"]).fields == {"text": "text", "title": "title"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (Columns({"title": "a"}), "say which column holds the text"),
        (Columns({"text": "a", "title": "a"}), "the column 'a' is taken for both text and title"),
        (Columns({"text": "z"}), "there is no column 'z'"),
        (Columns({"text": "a", "mood": "b"}), "an article has no 'mood'"),
        (Columns({"text": "a"}, order="year"), "day first or month first"),
        (Columns({"text": "a"}, language="English!"), "not a language tag"),
        (Columns({"text": "a"}, outlet="The\u202eCourier"), "signs that no name needs"),
        (Columns({"text": "a"}, markup="rtf"), "HTML or plain"),
    ],
)
def test_a_mapping_that_cannot_be_says_why(columns: Columns, said: str) -> None:
    with pytest.raises(BadColumns, match=said):
        checked(columns, ["a", "b"])


def test_a_mapping_goes_through_json_and_is_checked_again() -> None:
    columns = Columns({"text": "Body", "title": "Head line"}, "day", "The Courier", "en", "html")
    assert columns_from(json.loads(json.dumps(columns.as_json()))) == columns
    assert in_words(columns) == 'text=Body title="Head line"'
    for told in ([], {"fields": []}, {"fields": {"text": 1}}, {"fields": {"text": "a"}, "order": 3}):
        with pytest.raises(BadColumns):
            columns_from(told)


def test_columns_are_known_again_in_any_order() -> None:
    assert key_of(["a", "b"]) == key_of(["b", "a"]) != key_of(["a,b"])


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T10:11:12.123456+00:00", "2025-03-04"),
        ("2025-03-04 10:11:12 UTC", "2025-03-04"),
        ("Tue, 12 Mar 2024 10:00:00 +0000", "2024-03-12"),
        ("May 4, 2021 10:00 AM EST", "2021-05-04"),
        ("20240312", "2024-03-12"),
        ("13/04/2025", "2025-04-13"),
        ("4.3.2025", "2025-03-04"),
        ("Mittwoch, 12. März 2024, 10:30 Uhr", "2024-03-12"),
        ("vendredi 3 mai 2024 à 10h30", "2024-05-03"),
        ("1er février 2024", "2024-02-01"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("mayo de 2020", "2020-05"),
        ("2020-05", "2020-05"),
        ("Mar 3, 2025", "2025-03-03"),
        ("Mar 3, 2025 10:30 AM", "2025-03-03"),
        ("Mar 12 2025 08:00", "2025-03-12"),
        ("March 12, 2025 08:00", "2025-03-12"),
        ("Sept. 3, 2025 10:30 a.m.", "2025-09-03"),
        ("Wed Mar 12 2025 08:00:00", "2025-03-12"),
        ("Mar 2025 10:30", "2025-03"),
        ("jan 2025", "2025-01"),
        ("mar. 12 mars 2025 à 10h30", "2025-03-12"),
        ("so 3.4.2025", "2025-04-03"),
        ("mar 20250304", "2025-03-04"),
        ("2025-03-04 10:30㏂", "2025-03-04"),
        ("2025-4-3", "2025-04-03"),
        ("2025-4-3 10:30", "2025-04-03"),
        ("2025.04.03", "2025-04-03"),
        ("2014", "2014"),
    ],
)
def test_dates_as_tables_write_them(cell: str, edtf: str) -> None:
    assert date_of(cell) == edtf


@pytest.mark.parametrize("cell", ["03/04/2025", "3-4-2025", "03/04/2025 10:00"])
def test_figures_are_read_in_the_order_that_was_chosen_and_never_in_one_that_was_not(cell: str) -> None:
    assert (date_of(cell, "day"), date_of(cell, "month")) == ("2025-04-03", "2025-03-04")
    with pytest.raises(UnclearDate, match="day first or month first") as caught:
        date_of(cell)
    assert caught.value.ambiguous


@pytest.mark.parametrize(
    ("cell", "order", "said"),
    [
        ("13/04/2025", "month", "no day of the calendar, read month first"),
        ("2024-02-30", "", "no day of the calendar"),
        ("sa 5 2025", "", "not a date we can read"),
        ("2025-13-1", "", "no day of the calendar"),
        ("12.03.24", "", "not a date we can read"),
        ("1710237600", "", "count of seconds"),
        ("soon", "", "not a date we can read"),
        ("1 " * 10_000, "", "is no date"),
    ],
)
def test_what_is_no_date_is_none(cell: str, order: str, said: str) -> None:
    with pytest.raises(UnclearDate, match=said) as caught:
        date_of(cell, order)
    assert not caught.value.ambiguous


# ── rows as articles ──────────────────────────────────────────────────────────────────────────────

ALL = Columns(
    {
        **{"text": "T", "title": "H", "authors": "A", "outlet": "O", "published": "D", "url": "U"},
        **{"section": "S", "language": "L", "original_outlet": "W", "modified": "M"},
    }
)


def article(columns: Columns = ALL, **cells: Cell) -> ReadArticle | Refusal:
    return article_of(Row("row 2", cells, b"{}"), columns, "t.csv")


def test_every_field_says_which_column_it_was_read_in() -> None:
    read = article(
        T="The strike goes on.",
        H="A  walk-out",
        A="Ilse Varga; Tomas Okoro",
        O="The Courier",
        D="2025-03-04",
        U="https://courier.example/a",
        S="City",
        L="German",
        W="Northwire",
        M="5 March 2025",
    )
    assert isinstance(read, ReadArticle)
    assert (read.text, read.title, read.authors) == (
        *("The strike goes on.", "A walk-out"),
        ("Ilse Varga", "Tomas Okoro"),
    )
    assert (read.outlet, read.published_edtf, read.modified_edtf) == (
        "The Courier",
        "2025-03-04",
        "2025-03-05",
    )
    assert (read.url, read.section, read.language) == ("https://courier.example/a", "City", "de")
    assert (read.original_outlet, read.media_type) == ("Northwire", "application/json")
    assert read.read_off["published_edtf"] == "the column 'D'"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ilse Varga and Tomas Okoro", ("Ilse Varga", "Tomas Okoro")),
        ("Varga, Ilse; Okoro, Tomas", ("Varga, Ilse", "Okoro, Tomas")),
        ("Ilse Varga|Tomas Okoro|Ilse Varga", ("Ilse Varga", "Tomas Okoro")),
        (("Ilse Varga", " ", "Tomas and Ada"), ("Ilse Varga", "Tomas and Ada")),
    ],
)
def test_authors_are_parted(cell: Cell, names: tuple[str, ...]) -> None:
    read = article(T="Text.", A=cell)
    assert isinstance(read, ReadArticle) and read.authors == names


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({}, "row 2, column 'T'", "is empty, and an article is its text"),
        ({"T": "\u200b"}, "row 2, column 'T'", "the text is blank"),
        ({"T": "a", "D": "03/04/2025"}, "row 2, column 'D'", "day first or month first"),
        ({"T": "a", "U": "javascript:alert(1)"}, "row 2, column 'U'", "is not an http address"),
        ({"T": "a", "U": "https://me:secret@courier.example/a"}, "row 2, column 'U'", "name or password"),
        ({"T": "a", "L": "Klingon"}, "row 2, column 'L'", "is not a language tag"),
        ({"T": "a", "A": "b, " * 2000}, "row 2, column 'A'", "no list of names"),
        ({"T": "<p></p><script>x</script>"}, "row 2, column 'T'", "no text that anybody sees"),
    ],
)
def test_a_row_is_refused_with_its_column_and_nothing_is_guessed(
    cells: dict[str, Cell], where: str, said: str
) -> None:
    refusal = article(**cells)
    assert isinstance(refusal, Refusal)
    assert (refusal.what, refusal.where) == ("t.csv", where) and said in refusal.why


def test_what_was_said_for_the_whole_table_is_said_of_rows_that_do_not_tell_their_own() -> None:
    columns = Columns({"text": "T", "outlet": "O", "language": "L"}, outlet="The Courier", language="fr")
    own, other = article(columns, T="Text.", O="Herald", L="de"), article(columns, T="Text.")
    assert isinstance(own, ReadArticle) and isinstance(other, ReadArticle)
    assert (own.outlet, own.language, other.outlet, other.language) == ("Herald", "de", "The Courier", "fr")
    assert other.read_off["outlet"] == "the choice for the whole table"


def test_a_text_keeps_its_characters_and_no_header_is_taken_off_it() -> None:
    written = "Title: not a header\n\n  Two  blanks.  "
    read = article(T=written)
    assert isinstance(read, ReadArticle) and read.text == written
    parts = article(T=("One.", "Two."))
    assert isinstance(parts, ReadArticle) and parts.text == "One.\n\nTwo."


@pytest.mark.lengthy
def test_a_text_that_is_html_is_read_as_a_page_would_show_it() -> None:
    read = article(T="<p>The strike &amp; the port.</p><p>It <b>goes</b> on.</p>", H="A walk-out")
    assert isinstance(read, ReadArticle)
    assert (read.text, read.title) == ("The strike & the port.\n\nIt goes on.", "A walk-out")
    assert read.extractor == "sourceline-fragment"
    page = article(
        T="<!doctype html><html><body><article><p>The strike goes on in the port.</p></article></body>"
    )
    assert isinstance(page, ReadArticle) and page.text == "The strike goes on in the port."
    plain = article(Columns({"text": "T"}, markup="plain"), T="<p>as it is</p>")
    assert isinstance(plain, ReadArticle) and plain.text == "<p>as it is</p>"


@pytest.mark.parametrize("cell", ["a < b and c > d", "he said <unclear>", "x <p", "<3", "</p>"])
def test_words_between_angles_are_no_markup(cell: str) -> None:
    assert not is_html(cell)


def test_tables_say_what_they_look_like_until_somebody_says_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Headline,Body\nA,B\n", encoding="utf-8")
    with pytest.raises(Refused, match="they look like text=Body title=Headline"):
        list(items_of(path, "t.csv"))
    with tables_of(path, "t.csv") as (table,):
        known = {key_of(table.columns): proposal(table.columns)}
    (item,) = items_of(path, "t.csv", columns=known)
    assert item.read is not None and (item.read.title, item.name) == ("A", "t.csv, row 2")
    assert list(items_of(path, "t.csv", columns=known, start=1)) == []
    with pytest.raises(Refused, match="there is no column 'Text'"):
        list(items_of(path, "t.csv", columns=Columns({"text": "Text"})))


def test_a_key_that_only_later_lines_have_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    named = Columns({"text": "text", "title": "late"})
    path.write_text('{"text":"A."}\n' * 200 + '{"text":"B.","late":"There"}\n', encoding="utf-8")
    *_, last = items_of(path, "t.jsonl", columns=named)
    assert last.read is not None and last.read.title == "There"
    with pytest.raises(Refused, match="there is no column 'body'"):
        list(items_of(path, "t.jsonl", columns=Columns({"text": "body"})))
    path.write_text('{"text":"A."}\n', encoding="utf-8")
    with pytest.raises(Refused, match="there is no column 'late'"):
        list(items_of(path, "t.jsonl", columns=named))


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ('{"text":5}', "text", "5, which is a number"),
        ('{"text":["A.",1.50]}', "text", "1.50, which is a number"),
        ('{"text":"A.","title":1984}', "title", "1984, which is a number"),
        ('{"text":"A.","authors":[true]}', "authors", "true, which is true or false"),
        ('{"text":"A.","outlet":[["B"]]}', "outlet", '["B"], which is a list'),
    ],
)
def test_what_is_no_words_is_refused_with_its_line_and_column(
    tmp_path: Path, line: str, field: str, said: str
) -> None:
    path = tmp_path / "t.jsonl"
    other = '{"text":"5","title":"1984","authors":["Ada"],"outlet":"Quay","id":7,"day":2025}'
    path.write_text(f"{line}\n{other}\n", encoding="utf-8")
    fields = {"text": "text", "title": "title", "authors": "authors", "outlet": "outlet"}
    meant = Columns({**fields, "id": "id", "published": "day"})
    bad, good = items_of(path, "t.jsonl", columns=meant)
    expected = f"t.jsonl, line 1, column '{field}': holds {said}; words are needed, in quotation marks"
    assert str(bad.refusal) == expected
    assert good.read is not None and (good.read.text, good.read.title) == ("5", "1984")
    assert (good.read.published_edtf, good.name) == ("2025", "t.jsonl, line 2 (7)")
    with tables_of(path, "t.jsonl") as (table,):
        faults = sample_of(table).faults(meant)
    assert [str(fault) for fault in faults] == [expected], "it is told before anything begins"


def test_the_tables_own_name_of_a_row_is_told_with_it(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id":"x-7","text":"A."}\n', encoding="utf-8")
    (item,) = items_of(path, "t.jsonl", columns=Columns({"text": "text", "id": "id"}))
    assert (item.name, item.raw) == ("t.jsonl, line 1 (x-7)", b'{"id":"x-7","text":"A."}')


LONG = {
    "blanks": lambda n: "a" + " " * n + "b",
    "tags that never close": lambda n: "<p " * n,
    "tags with much in them": lambda n: "<p" + " a" * n,
    "names apart": lambda n: "a;" * n,
    "brackets": lambda n: "<" * n,
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_no_cell_takes_more_than_its_length(line: Callable[[int], str]) -> None:
    def read(n: int) -> None:
        is_html(line(n))
        for column in "HAODUSLM":
            article(T="Text.", **{column: line(n)})

    assert growth(read) < 8
