"""verify.py [--json] [RELEASE.zip | FOLDER]: checks every citation of a Sourceline dataset.

Without an argument it checks the folder it stands in. It needs Python 3.9 or newer and nothing else. It
prints how many citations hold and what does not, by table, row (the header is row 1) and identifier, with
--json as one JSON object; the exit status is 0 only if all of it holds. It proves that quotes, sentences,
offsets, digests and references say the same wherever they are stated, and, where full texts are included,
that the texts say it too. Of a dataset of another format it says so, and which files it did not check.
"""

import csv
import hashlib
import json
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from .agreement import check_nesting, check_same
from .citations import check_annotations, check_claims
from .derived import check_derived
from .files import Files, check_bag, check_described
from .formats import other_format
from .report import Report
from .tables import TABLES, check_lists, check_schema, index, is_bounded, is_number, load
from .texts import Texts, check_sentences, check_texts

BROKEN = (
    *(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, RuntimeError),
    *(ArithmeticError, csv.Error, sqlite3.Error, struct.error, zipfile.BadZipFile, zlib.error),
)


def check_tables(files, db, report):
    package = json.loads(files.read("data/datapackage.json"))
    resources = package["resources"]
    missing = set(TABLES) - {resource["name"] for resource in resources}
    other = other_format(files, package, report)
    for table in sorted(missing):
        (report.note if other else report.say)(f"datapackage.json does not list the table {table}")
    db.execute("CREATE TABLE refers (tbl, row, id, col, target, value)")
    loaded = [load(files, db, resource, report) for resource in resources]
    if (missing and not other) or not all(loaded):
        return
    for resource in resources:
        index(db, resource)
    for resource in resources:
        check_schema(db, resource, report)
    db.execute("CREATE INDEX used ON refers (tbl, col, value)")
    db.execute("CREATE INDEX named ON refers (value, id, target)")
    check_lists(db, report)
    texts = Texts(files, db)
    check_texts(files, db, report)
    check_sentences(texts, db, report)
    check_annotations(texts, db, report)
    check_claims(files, texts, db, package, report)
    check_same(db, report, other)
    check_nesting(db, report)
    check_described(files, package, report)
    if not other:
        check_derived(files, db, package, report)


def verify(path, then=None):
    """Look at everything; the Report says what was found. Nothing is written but a temporary file.

    `path` may be what `Files` makes of one. Where all holds `then` is called with the tables.
    """
    report = Report()
    csv.field_size_limit(2**31 - 1)
    try:
        files = path if hasattr(path, "digest") else Files(Path(path))
        try:
            check_bag(files, report)
            with tempfile.TemporaryDirectory() as folder:
                check_in(files, Path(folder) / "tables.sqlite", report, then)
        finally:
            files.close()
    except BROKEN as error:
        words = str(error) if isinstance(error, (ValueError, zipfile.BadZipFile)) else repr(error)
        report.say(f"this is not a whole dataset of Sourceline: {words}")
    return report


def check_in(files, database, report, then=None):
    """Look at the tables by way of a database in that file; `then` is given it if all of it holds."""
    db = sqlite3.connect(str(database), isolation_level=None)
    try:
        db.create_function("is_number", 1, is_number)
        db.create_function("is_bounded", 3, is_bounded)
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        check_tables(files, db, report)
        if then and report.ok:
            then(db)
    finally:
        db.close()


def say(report):
    """The report as lines of text."""
    yield from report.lines
    if report.count > len(report.problems):
        yield f"… and {report.count - len(report.problems)} more"
    if report.texts_missing:
        yield f"text not included for {report.texts_missing} articles: digests are compared, not computed"
    if report.texts_included:
        yield f"{report.texts_included} texts are included and were read"
    yield from report.notes
    if report.citations or report.ok:
        yield f"{report.held} of {report.citations} citations hold"
    holds = "all that was checked here holds" if report.notes else "all of it holds"
    yield holds if report.ok else f"problems: {report.count}"


def identity(path):
    """A line with the digest of the ZIP, by which a workbook or a page names it; none of a folder."""
    if path.is_file():
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                digest.update(piece)
        yield f"SHA-256 of {path.name}: {digest.hexdigest()}"


def main(arguments):
    as_json, paths = arguments[:1] == ["--json"], [one for one in arguments if one != "--json"]
    if len(paths) > 1 or any(one.startswith("-") for one in paths) or len(arguments) > len(paths) + as_json:
        sys.stdout.write(__doc__)
        return 2
    path = Path(paths[0]) if paths else Path(__file__).resolve().parent
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not path.exists():
        sys.stdout.write(f"there is no file or folder {path}\n")
        return 1
    report = verify(path)
    if as_json:
        sys.stdout.write(json.dumps(report.as_json()) + "\n")
        return 0 if report.ok else 1
    for line in (*say(report), *identity(path)):
        sys.stdout.write(line + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
