"""One row of a table, by what its columns were said to mean, as an article."""

from __future__ import annotations

import re
from dataclasses import replace

from sources.intake.article import LONGEST_NAME, LONGEST_TITLE, Found, ReadArticle, as_read, tidy
from sources.intake.column_dates import UnclearDate, date_of
from sources.intake.column_names import folded_name
from sources.intake.columns import LANGUAGE, Columns
from sources.intake.plain import from_lines, names_in
from sources.intake.refusal import Refusal, Refused
from sources.intake.registry import LARGEST, LARGEST_FILE, read, too_large
from sources.intake.table import Bare, Cell, Row, value_of, values_of
from sources.text.blocks import cut_blocks
from sources.text.normalise import Unreadable, clean, refuse_blank

VERSION = "1"
MEDIA_TYPE = "application/json"
_MOST_AUTHORS = 50
_URL = re.compile(r"https?://[^\s<>\"]{4,1990}", re.IGNORECASE)
_SECRET = re.compile(r"https?:/+[^/?#\\]*@", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ELEMENTS = "p|div|h[1-6]|ul|ol|li|blockquote|article|section|table|span|a|b|i|em|strong|figure"
_OPENS = re.compile(rf"<(?:{_ELEMENTS})(?:\s[^<>]*)?>|<br\s*/?>", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_ELEMENTS})\s*>|<br\s*/?>", re.IGNORECASE)
_APART = re.compile(r"[;|\n]")
_LONGEST_AUTHORS = 5000
_WORDS = ("title", "subtitle", "authors", "outlet", "original_outlet", "section")
_NO_TEXT = "is empty, and an article is its text"
_SPOKEN = {
    "en": "english englisch anglais ingles",
    "de": "german deutsch allemand aleman",
    "fr": "french franzosisch francais frances",
    "es": "spanish spanisch espagnol espanol castellano",
    "it": "italian italienisch italien italiano",
    "pt": "portuguese portugiesisch portugais portugues",
    "nl": "dutch niederlandisch neerlandais neerlandes",
    "ar": "arabic arabisch arabe",
    "ru": "russian russisch russe ruso",
    "uk": "ukrainian ukrainisch ukrainien ucraniano",
    "tr": "turkish turkisch turc turco",
    "ur": "urdu ourdou",
    "fa": "persian farsi persisch persan persa",
    "zh": "chinese chinesisch chinois chino",
}
_LANGUAGES = {name: tag for tag, names in _SPOKEN.items() for name in names.split()}


class _Unusable(ValueError):
    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def article_of(row: Row, columns: Columns, name: str) -> ReadArticle | Refusal:
    """The article, or why the row is refused, with the column that is at fault. `name` is the table's."""
    try:
        found = _record(row, columns)
        article = _text(row, columns, name)
    except _Unusable as error:
        return _refusal(row, columns, name, error)
    said = {field: value for field, (value, _) in found.items()}
    where = article.read_off | {field: place for field, (_, place) in found.items()}
    if "language" not in said and columns.language:
        said["language"], where["language"] = columns.language, "the choice for the whole table"
    if "outlet" not in said and columns.outlet:
        said["outlet"], where["outlet"] = columns.outlet, "the choice for the whole table"
    return replace(article, **said, read_off=where, media_type=MEDIA_TYPE)


def fault_of(row: Row, columns: Columns, name: str) -> Refusal | None:
    """Why the row would be refused, as far as that shows without reading HTML."""
    try:
        _record(row, columns)
        _text_cell(row, columns)
    except _Unusable as error:
        return _refusal(row, columns, name, error)
    return None


def _refusal(row: Row, columns: Columns, name: str, error: _Unusable) -> Refusal:
    column = columns.fields.get(error.field, "")
    return Refusal(name, f"{row.where}, column {tidy(column, 80)!r}", str(error))


def is_html(cell: str) -> bool:
    """Whether a cell shows by its tags that it is markup; "a < b" and "<unclear>" are words."""
    return bool(_PAGE.match(cell) or (_OPENS.search(cell) and _CLOSES.search(cell)))


def _text_cell(row: Row, columns: Columns) -> Cell:
    cell = row.cells.get(columns.fields["text"])
    if cell is None:
        raise _Unusable("text", _NO_TEXT)
    _refuse_bare("text", cell)
    return cell


def _refuse_bare(field: str, cell: Cell) -> None:
    """A number is no words: where some stand, it is another column that was meant."""
    for part in (cell,) if isinstance(cell, str) else cell:
        if isinstance(part, Bare):
            kind = (
                "true or false" if part in ("true", "false") else "a list" if part[:1] == "[" else "a number"
            )
            raise _Unusable(
                field, f"holds {part[:40]}, which is {kind}; words are needed, in quotation marks"
            )


def _text(row: Row, columns: Columns, name: str) -> ReadArticle:
    cell = _text_cell(row, columns)
    written = clean(cell if isinstance(cell, str) else "\n\n".join(cell))
    size = len(written.text.encode())
    if columns.markup == "html" or (not columns.markup and is_html(written.text)):
        if size > LARGEST_FILE:
            raise _Unusable("text", f"has {too_large(size, LARGEST_FILE)}")
        form = "html" if _PAGE.match(written.text) else "fragment"
        try:
            return read(written.text, name, format_name=form)
        except Refused as error:
            raise _Unusable("text", error.refusal.why) from None
    if size > LARGEST:
        raise _Unusable("text", f"has {too_large(size)}")
    try:
        refuse_blank(written.text, "text")
    except Unreadable as error:
        raise _Unusable("text", error.reason) from None
    blocks = tuple(cut_blocks(written.text))
    return as_read(
        written.text,
        blocks,
        from_lines(written.text, blocks),
        (),
        steps=written.steps,
        extractor="sourceline-table",
        extractor_version=VERSION,
    )


def _record(row: Row, columns: Columns) -> Found:
    found: Found = {}
    for field, column in columns.fields.items():
        cell = row.cells.get(column)
        if cell is None or field in ("text", "id") or not values_of(cell):
            continue
        if field in _WORDS:
            _refuse_bare(field, cell)
        place = f"the column {tidy(column, 80)!r}"
        if field == "authors":
            found[field] = (_authors(values_of(cell)), place)
        elif field in ("published", "modified"):
            try:
                found[f"{field}_edtf"] = (date_of(value_of(cell), columns.order), place)
            except UnclearDate as error:
                raise _Unusable(field, str(error)) from None
        elif field in ("url", "archive_url"):
            found[field] = (_address(field, value_of(cell)), place)
        elif field == "language":
            found[field] = (_language(value_of(cell)), place)
        else:
            found[field] = (tidy(value_of(cell), LONGEST_TITLE if field == "title" else LONGEST_NAME), place)
    return {field: (value, place) for field, (value, place) in found.items() if value}


def _authors(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of a list are one name each; one cell may hold several, apart by signs or "and"."""
    if sum(map(len, values)) > _LONGEST_AUTHORS:
        raise _Unusable("authors", f"is longer than {_LONGEST_AUTHORS:,} characters, and no list of names")
    if len(values) > 1:
        names = tuple(tidy(value) for value in values)
    elif _APART.search(values[0]):
        names = tuple(tidy(value) for value in _APART.split(values[0]))
    else:
        names = names_in(values[0])
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_AUTHORS]


def _address(field: str, value: str) -> str:
    if not _URL.fullmatch(value):
        raise _Unusable(field, f"“{value[:60]}” is not an http address")
    if _SECRET.match(value):
        raise _Unusable(field, "holds a name or password before the site’s name: take it out")
    return value


def _language(value: str) -> str:
    tag = value[:100].replace("_", "-")
    if LANGUAGE.fullmatch(tag.lower()):
        return tag.lower()
    if (name := folded_name(value[:100])) in _LANGUAGES:
        return _LANGUAGES[name]
    raise _Unusable("language", f"“{value[:40]}” is not a language tag such as en or ur")
