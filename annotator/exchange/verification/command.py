"""verify.py [RELEASE.zip | FOLDER]: checks every citation of a Sourceline dataset.

Without an argument it checks the folder it stands in. It needs Python 3.9 or newer and nothing else. It
prints how many citations hold and what does not, by table, row (the header is row 1) and identifier; the
exit status is 0 only if all of it holds. It proves that quotes, sentences, offsets, digests and references
say the same wherever they are stated, and, where full texts are included, that the texts say it too.
"""

import csv
import hashlib
import json
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from .agreement import check_same
from .citations import check_annotations, check_claims
from .derived import check_derived
from .files import Files, check_bag
from .report import Report
from .tables import TABLES, check_lists, check_schema, index, is_bounded, is_number, load
from .texts import Texts, check_sentences, check_texts

BROKEN = (
    *(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, RuntimeError),
    *(csv.Error, sqlite3.Error, zipfile.BadZipFile, zlib.error),
)


def check_tables(files, db, report):
    package = json.loads(files.read("data/datapackage.json"))
    resources = package["resources"]
    missing = set(TABLES) - {resource["name"] for resource in resources}
    for table in sorted(missing):
        report.say(f"datapackage.json does not list the table {table}")
    db.execute("CREATE TABLE refers (tbl, row, id, col, target, value)")
    loaded = [load(files, db, resource, report) for resource in resources]
    if missing or not all(loaded):
        return
    for resource in resources:
        index(db, resource)
    for resource in resources:
        check_schema(db, resource, report)
    db.execute("CREATE INDEX used ON refers (tbl, col, value)")
    check_lists(db, report)
    texts = Texts(files, db)
    check_texts(files, db, report)
    check_sentences(texts, db, report)
    check_annotations(texts, db, report)
    check_claims(files, texts, db, package, report)
    check_same(db, report)
    check_derived(files, db, package, report)


def verify(path, then=None):
    """Look at everything; the Report says what was found. Nothing is written but a temporary file.

    `path` may be what `Files` makes of one. Where all holds `then` is called with the tables.
    """
    report = Report()
    csv.field_size_limit(2**31 - 1)
    try:
        files = path if hasattr(path, "digest") else Files(Path(path))
        check_bag(files, report)
        with tempfile.TemporaryDirectory() as folder:
            db = sqlite3.connect(str(Path(folder) / "tables.sqlite"), isolation_level=None)
            try:
                db.create_function("is_number", 1, is_number)
                db.create_function("is_bounded", 3, is_bounded)
                db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
                check_tables(files, db, report)
                if then and report.ok:
                    then(db)
            finally:
                db.close()
                files.close()
    except BROKEN as error:
        report.say(f"this is not a whole dataset of Sourceline: {type(error).__name__}: {error}")
    return report


def say(report):
    """The report as lines of text."""
    yield from report.lines
    if report.count > len(report.lines):
        yield f"… and {report.count - len(report.lines)} more"
    if report.texts_missing:
        yield f"text not included for {report.texts_missing} articles: digests are compared, not computed"
    if report.texts_included:
        yield f"{report.texts_included} texts are included and were read"
    yield f"{report.held} of {report.citations} citations hold"
    yield "all of it holds" if report.ok else f"problems: {report.count}"


def identity(path):
    """A line with the digest of the ZIP, by which a workbook or a page names it; none of a folder."""
    if path.is_file():
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                digest.update(piece)
        yield f"SHA-256 of {path.name}: {digest.hexdigest()}"


def main(arguments):
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(__doc__)
        return 2
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not path.exists():
        sys.stdout.write(f"there is no file or folder {path}\n")
        return 1
    report = verify(path)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for line in (*say(report), *identity(path)):
        sys.stdout.write(line + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
