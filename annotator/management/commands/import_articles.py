"""`import_articles`: take in files, one line for each that is not taken."""

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError

from annotator.management.filling import importer, project_to_fill
from annotator.management.progress import Progress
from annotator.preparation import add_data_option
from sources.actions import Imported, RawFile, import_article
from sources.intake.article import ReadArticle, tidy
from sources.intake.refusal import Refusal, Refused, one_line
from sources.intake.registry import READERS, read
from sources.intake.walk import FoundFile, walk
from sources.models import Article, Project, User

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_COUNTED = (
    ("new", "stored", "stored"),
    ("reprint", "reprint stored", "reprints stored"),
    ("changed", "further text of a known article", "further texts of known articles"),
    ("known", "already there", "already there"),
    ("refused", "refused", "refused"),
)


class Command(BaseCommand):
    help = (
        "Take in files (pages, Word, PDF, Markdown, text), and all those in folders. What is there "
        "already is recognised and not stored again. Each item that is refused gets one line (what, where, "
        "why) and stops no other; the exit status is 1 if there was one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the project if there is none")
        parser.add_argument("--format", choices=sorted(READERS), help="else each file's own is found out")
        parser.add_argument("--encoding", help="what the files are encoded in, taken at its word")
        parser.add_argument("--outlet", default="", help="for files that do not name theirs")
        parser.add_argument("--language", default="", metavar="TAG", help="of all the files: en, ur …")
        parser.add_argument("--user", default="", help="who imports; default: the user of this machine")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["language"] and not _LANGUAGE.fullmatch(options["language"]):
            raise CommandError(f"{options['language'][:40]!r} is not a language tag such as en or ur")
        by = importer(options["user"], create=options["create"])
        project = project_to_fill(by, options["project"], options["create"])
        counts: Counter[str] = Counter()
        items = list(_items(options["paths"]))
        with Progress(self.stderr, len(items)) as progress:
            for item in items:
                progress.step(item.what if isinstance(item, Refusal) else item.name)
                result, notes = (item, ()) if isinstance(item, Refusal) else _take(by, project, item, options)
                outcome = "refused" if isinstance(result, Refusal) else result.outcome
                counts[outcome] += 1
                if outcome != "new" or notes or options["verbosity"] > 1:
                    progress.clear()
                    self._say(item, result, notes)
        self.stdout.write(_sum(counts))
        if counts["refused"]:
            sys.exit(1)

    def _say(self, item: FoundFile | Refusal, result: Imported | Refusal, notes: Iterable[str]) -> None:
        if isinstance(result, Refusal):
            self.stderr.write(f"refused: {result}")
            return
        assert isinstance(item, FoundFile)  # noqa: S101  a refusal's result is itself
        said = "; ".join((_told(result), *notes))
        self.stdout.write(f"{one_line(item.name)}: {one_line(said)}")


def _items(paths: list[str]) -> Iterator[FoundFile | Refusal]:
    for path in paths:
        if _ADDRESS.match(path):
            yield Refusal(path, "", "addresses are not fetched yet: save the article's text as a file")
        else:
            yield from walk([path])


def _take(
    by: User, project: Project, found: FoundFile, options: dict[str, Any]
) -> tuple[Imported | Refusal, tuple[str, ...]]:
    """What became of the file, and what its reader has to say about it."""
    raw = found.read_bytes()
    if isinstance(raw, Refusal):
        return raw, ()
    try:
        article = read(raw, found.name, declared=options["encoding"], format_name=options["format"])
        kept = RawFile(raw, article.media_type, found.path.name.encode("utf-8", "replace").decode())
        completed = _completed(article, options)
        return import_article(by=by, project=project, read=completed, raw=kept), article.notes
    except Refused as refused:
        return refused.refusal, ()
    except (DataError, IntegrityError) as error:
        # Readers are meant to hand over only what fits; should one not, the other files still come in.
        return Refusal(found.name, "", f"the database does not take it: {str(error).splitlines()[0]}"), ()


def _completed(article: ReadArticle, options: dict[str, Any]) -> ReadArticle:
    outlet = article.outlet or tidy(options["outlet"]) or None
    language = options["language"] or article.language
    return replace(article, outlet=outlet, language=language)


def _told(result: Imported) -> str:
    title = _short(result.article)
    if result.outcome == "known":
        return f"already there as {title}"
    if result.outcome == "reprint":
        original = result.article.reprint_of
        outlet = f" ({original.publication})" if original and original.publication else ""
        return f"stored as a reprint of {_short(original)}{outlet}" if original else f"stored: {title}"
    if result.outcome == "changed":
        number = result.snapshot.number
        return f"stored as text {number} of {title}; what was marked stays on the text it was marked in"
    return f"stored as {title}"


def _short(article: Article) -> str:
    title = article.title
    return f"“{title}”" if len(title) <= 80 else f"“{title[:79].rstrip()}…”"


def _sum(counts: Counter[str]) -> str:
    said = [f"{counts[o]} {one if counts[o] == 1 else many}" for o, one, many in _COUNTED if counts[o]]
    return ", ".join(said) + "." if said else "There was nothing to import."
