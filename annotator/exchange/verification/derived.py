"""The files that say the tables once more: made again from the tables, and compared byte by byte."""

import json
import re
import struct
from functools import partial
from typing import Callable  # noqa: UP035  (Python 3.9)

from ..exporters.bibtex import write_bibtex
from ..exporters.brat import BRAT_FOLDER, write_brat
from ..exporters.claims_jsonl import write_claims
from ..exporters.parquet import write_parquet
from ..exporters.report_html import write_report
from ..exporters.ris import write_ris
from ..exporters.web_annotation import write_annotations
from .tables import TABLES

# What is in every dataset besides the tables; each function gives (identifier, bytes) from the tables and the
# head of datapackage.json.
DERIVED: dict[str, Callable] = {
    "references.bib": write_bibtex,
    "references.ris": write_ris,
    "annotations.jsonld": write_annotations,
    "claims.jsonl": write_claims,
    "report.html": write_report,
    **{f"parquet/{table}.parquet": partial(write_parquet, table=table) for table in TABLES},
}
# The same of what stands beside full texts: brat shows nothing without them.
BESIDE_TEXTS: dict[str, Callable] = {**BRAT_FOLDER}
# What cells raise that are not what their columns are said to hold; their rows were named before.
UNWRITABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, struct.error)
DAY = re.compile(r"[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?", re.ASCII)
CITED = {
    "id": "reference_id",
    "title": "title",
    "container-title": "outlet_seen",
    "section": "section",
    "language": "language",
    "URL": "url",
    "archive_location": "archive_url",
}

JUDGED = ("type", "author", "issued", "accessed", "ISSN")


def check_references(files, db, report):
    """references.json has an item for each article, in their order, and says of it what the table says."""
    db.execute("CREATE TABLE csl (row INTEGER PRIMARY KEY, item)")
    wanted = db.execute("SELECT * FROM articles ORDER BY row")
    names = [column[0] for column in wanted.description]
    with files.open("data/references.json") as stream:
        for number, line in enumerate(stream, 1):
            if line in (b"[\n", b"]\n", b"[]\n"):
                continue
            item = json.loads(line.rstrip(b",\n"))
            found = wanted.fetchone()
            if found is None:
                report.say(f"references.json line {number}: no article is left for it")
                return
            article = dict(zip(names, found))  # noqa: B905  (Python 3.9)
            if line.rstrip(b",\n") != json.dumps(item, ensure_ascii=False, sort_keys=True).encode():
                report.say(f"references.json line {number}: it is not written as these datasets write it")
            for words in reference_problems(item, article):
                report.say(f"references.json line {number} ({article['reference_id']}): {words}")
            db.execute("INSERT INTO csl VALUES (?, ?)", [article["row"], json.dumps(item)])
    for found in wanted:
        report.say(f"references.json has nothing for articles.csv row {found[0]}")


def reference_problems(item, article):
    if item.get("type") != "article-newspaper" or not set(item) <= {*CITED, *JUDGED}:
        yield "its type is not that of a newspaper's article, or it says what no column says"
    for name, column in CITED.items():
        if item.get(name, "") != article[column]:
            yield f"{name} is not the {column} of articles.csv row {article['row']}"
    if item.get("ISSN", "") != (article["outlet_issn"] or article["outlet_issn_l"]):
        yield f"ISSN is not that of articles.csv row {article['row']}"
    names = [spelled(name) for name in item.get("author", ())]
    authors = article["authors"].split(";") if article["authors"] else []
    if len(names) != len(authors) or any(squeezed(b) not in a for a, b in zip(names, authors)):  # noqa: B905
        yield f"the authors are not those of articles.csv row {article['row']}"
    accessed = item.get("accessed", {}).get("date-parts")
    if ("{:04}-{:02}-{:02}".format(*accessed[0]) if accessed else "") != article["accessed"]:
        yield f"accessed is not that of articles.csv row {article['row']}"
    parts, edtf = item.get("issued", {}).get("date-parts", []), article["published_edtf"]
    day = ["-".join(f"{number:02}" for number in part) for part in parts]
    if bool(parts) != bool(edtf) or (DAY.fullmatch(edtf) and day != [edtf]):
        yield f"the date is not that of articles.csv row {article['row']}"


def spelled(name):
    """The name as the table may have it: as it stands, turned round or in its order."""
    if "literal" in name:
        ways = [name["literal"]]
    else:
        ways = [f"{name['family']}, {name['given']}", f"{name['given']} {name['family']}"]
    return {squeezed(way.replace(";", ",")) for way in ways}


def squeezed(words):
    return "".join(words.split())


def check_derived(files, db, package, report):
    check_references(files, db, report)
    for name, make in DERIVED.items():
        check_made_again(files, name, partial(make, db, package), report)
    texts = "SELECT snapshot_id, sha256 FROM snapshots WHERE text_included = 'TRUE' ORDER BY row"
    texts = db.execute(texts).fetchall()
    wanted = {f"brat/{snapshot}.{ending}" for snapshot, _ in texts for ending in ("ann", "txt")}
    wanted.update(BESIDE_TEXTS if texts else ())
    for path in sorted(files.paths):
        if path.startswith("data/brat/") and path[len("data/") :] not in wanted:
            report.say(f"{path} belongs to no text of the dataset")
    for name, make in BESIDE_TEXTS.items() if texts else ():
        check_made_again(files, name, partial(make, db, package), report)
    for snapshot, digest in texts:
        check_made_again(files, f"brat/{snapshot}.ann", partial(write_brat, db, snapshot), report)
        path = f"data/brat/{snapshot}.txt"
        if path not in files.paths:
            report.say(f"{path} is missing")
        elif files.digest(path)[0] != digest:
            report.say(f"{path} is not the text of that snapshot")


def check_made_again(files, name, make, report):
    """Says where the file is not what `make` makes of the tables."""
    path = "data/" + name
    if path not in files.paths:
        report.say(f"{path} is missing")
        return
    with files.open(path) as stream:
        try:
            found = list(differences(stream, make()))
        except UNWRITABLE as error:
            found = [f"the tables cannot be written so: {type(error).__name__}: {error}"]
    for words in found:
        report.say(f"{name}: {words}")


def differences(stream, wanted):
    """The first difference, since nothing after it is at its place for certain."""
    for identifier, expected in wanted:
        if stream.read(len(expected)) != expected:
            yield f"what it says of {identifier} is not what the tables say"
            return
    if stream.read(1):
        yield "it has more than the tables have"
