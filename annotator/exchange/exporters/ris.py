"""`references.ris`: the cited articles for reference managers that read RIS (UTF-8, CR LF).

`verify.py` carries this file: the standard library alone, Python 3.9.
"""

import json


def ris_text(words):
    """On one line: a line of its own would be a field."""
    return " ".join(words.split())


def ris_name(name):
    """RIS has no literal names: one without a comma is taken whole."""
    return ris_text(name["literal"] if "literal" in name else f"{name['family']}, {name['given']}")


def ris_day(parts):
    """`2031/03/04/`; month or day that nobody knows stay empty."""
    numbers = [str(part).zfill(width) for part, width in zip(parts, (4, 2, 2))]  # noqa: B905  (Python 3.9)
    return "/".join([*numbers, *([""] * (3 - len(numbers)))]) + "/"


def ris_date(issued, edtf):
    """The day; what says more than one (an interval, a doubt, a season) follows as EDTF, ` to ` for `/`."""
    parts = issued["date-parts"]
    if len(parts) == 1 and len(issued) == 1:
        return ris_day(parts[0])
    shared = parts[0] if len(parts) == 1 else parts[0][:1]
    return ris_day(shared) + edtf.replace("/", " to ")


def ris_fields(item, edtf):
    """Tag and value of each line, in order."""
    yield "TY", "NEWS"
    yield "ID", item["id"]
    yield "TI", ris_text(item["title"])
    for name in item.get("author", ()):
        yield "AU", ris_name(name)
    if "container-title" in item:
        yield "T2", ris_text(item["container-title"])
    issued = item.get("issued")
    if issued:
        yield "PY", str(issued["date-parts"][0][0]).zfill(4)
        yield "DA", ris_date(issued, edtf)
    if "accessed" in item:
        yield "Y2", ris_day(item["accessed"]["date-parts"][0])
    if "section" in item:
        yield "SE", ris_text(item["section"])
    if "language" in item:
        yield "LA", ris_text(item["language"])
    if "ISSN" in item:
        yield "SN", ris_text(item["ISSN"])
    if "URL" in item:
        yield "UR", ris_text(item["URL"])
    if "archive_location" in item:
        yield "N1", "Archived copy: " + ris_text(item["archive_location"])
    if "annote" in item:
        yield "N1", ris_text(item["annote"])
    yield "ER", ""


def ris_entry(item, edtf):
    """One entry from the CSL-JSON item and the date as EDTF."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in ris_fields(item, edtf)) + "\r\n"


def write_ris(db, package):
    """(identifier, bytes) of each entry; `db` has the tables of the dataset, and `csl`."""
    query = "SELECT c.item, a.published_edtf FROM csl c JOIN articles a ON a.row = c.row ORDER BY c.row"
    for text, edtf in db.execute(query):
        item = json.loads(text)
        yield item["id"], ris_entry(item, edtf).encode()
