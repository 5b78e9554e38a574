"""`references.bib`: the cited articles for BibTeX and biblatex (UTF-8), keys as in `references.json`.

`verify.py` carries this file: the standard library alone, Python 3.9.
"""

import json
import re

BIB_MARKS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace would still count where BibTeX balances them
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "$&%#_"},
}
BIB_MARK = re.compile(r"[\\{}~^$&%#_]")
BIB_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What biblatex reads of EDTF: days, months, seasons, years, digits left open, doubts, open intervals.
BIB_DAY = r"[0-9]{2}[0-9X]{2}(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?"
BIB_DATE = re.compile(rf"{BIB_DAY}(?:/(?:{BIB_DAY}|\.\.)?)?|(?:\.\.)?/{BIB_DAY}", re.ASCII)
# Of an address only what would end or unbalance its field.
BIB_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}


def bib_text(words):
    """Words for a field: on one line, every mark that TeX takes for its own written out."""
    return BIB_MARK.sub(lambda mark: BIB_MARKS[mark.group()], " ".join(words.split()))


def bib_address(address):
    return "".join("%20" if letter.isspace() else BIB_ADDRESS.get(letter, letter) for letter in address)


def bib_part(words):
    """A part of a name in braces, wherever BibTeX would take it apart: "van Ähre", "Ada, Jr.", "X and Y"."""
    text = bib_text(words)
    return "{" + text + "}" if re.search(r"[\s,]", text) or not text else text


def bib_name(name):
    if "literal" in name:
        return "{" + bib_text(name["literal"]) + "}"
    return f"{bib_part(name['family'])}, {bib_part(name['given'])}"


def bib_year(parts):
    """The year, or the first and the last one."""
    years = [str(part[0]).zfill(4) for part in parts]
    return years[0] if len(set(years)) == 1 else "--".join(years)


def bib_fields(item, edtf):
    """Name and value of each field, in order; a month is BibTeX's own word for it."""
    if "author" in item:
        yield "author", " and ".join(map(bib_name, item["author"]))
    yield "title", "{" + bib_text(item["title"]) + "}"  # capitals as they are
    if "container-title" in item:
        yield "journal", bib_text(item["container-title"])
    if "section" in item:
        yield "chapter", bib_text(item["section"])
    if BIB_DATE.fullmatch(edtf):
        yield "date", edtf
    parts = item.get("issued", {}).get("date-parts")
    if parts:
        yield "year", bib_year(parts)
        if len(parts) == 1 and len(parts[0]) > 1:
            yield "month", BIB_MONTHS[parts[0][1] - 1]
    if "ISSN" in item:
        yield "issn", bib_text(item["ISSN"])
    if "URL" in item:
        yield "url", bib_address(item["URL"])
    if "accessed" in item:
        yield "urldate", "{:04}-{:02}-{:02}".format(*item["accessed"]["date-parts"][0])
    if "archive_location" in item:
        yield "note", r"Archived copy: \url{" + bib_address(item["archive_location"]) + "}"
    if "language" in item:
        yield "language", bib_text(item["language"])
    if "annote" in item:
        yield "annote", bib_text(item["annote"])
    yield "entrysubtype", "newspaper"


def bib_entry(item, edtf):
    """One entry from the CSL-JSON item and the date as EDTF."""
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in bib_fields(item, edtf)
    ]
    return "@article{" + item["id"] + ",\n" + ",\n".join(lines) + "\n}\n\n"


def write_bibtex(db, package):
    """(identifier, bytes) of each entry; `db` has the tables of the dataset, and `csl`."""
    query = "SELECT c.item, a.published_edtf FROM csl c JOIN articles a ON a.row = c.row ORDER BY c.row"
    for text, edtf in db.execute(query):
        item = json.loads(text)
        yield item["id"], bib_entry(item, edtf).encode()
