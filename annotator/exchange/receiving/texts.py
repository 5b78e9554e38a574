"""The stored text of an imported document: taken in where the file has it, else found in the project."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.actions import outlets
from annotator.exchange.importers.bundle import Document
from annotator.exchange.importers.wishes import Wishes
from annotator.intents.outlet import OutletIdentifiers
from annotator.intents.refusal import Refused
from sources.actions import RawFile, edit_article, import_article
from sources.intake.registry import LARGEST, too_large
from sources.models import Article, Project, Snapshot, User
from sources.text.digest import sha256_hex
from sources.text.normalise import Unreadable

from . import differing
from .cleaned import CleanText, cleaned
from .placing import Ground
from .records import Known, address, outlet_of, record_of
from .report import Report

METHOD = "annotations"
"""How a text came that was taken in with its annotations."""


@dataclass(frozen=True, slots=True)
class Text:
    """`new`: it was taken in now."""

    snapshot: Snapshot
    ground: Ground
    new: bool = False


def text_of(*, by: User, project: Project, document: Document, wishes: Wishes, report: Report) -> Text:
    """Raises Refused: a text that cannot be stored, or that is not here and not in the file."""
    if document.text is None:
        return _found(project, document, report)
    size = len(document.text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        raise Refused("text", "too_large", too_large(size))
    try:
        text = cleaned(document.text)
    except Unreadable as error:
        raise Refused("text", "readable", error.reason) from None
    if document.sha256 and document.sha256 not in (sha256_hex(document.text), sha256_hex(text.text)):
        raise Refused("text", "digest", "the text does not have the digest stated beside it")

    def left(what: str, why: str) -> None:
        report.left(document.at, what, why)

    known = record_of(document, text, wishes, left)
    raw = RawFile(document.text.encode(), file_name=document.name)
    stored = import_article(by=by, project=project, read=known.read, raw=raw, method=METHOD)
    article = stored.article
    new = stored.outcome != "known"
    if not new:
        _tell_what_differs(report, article, document, known)
    if known.more and stored.outcome in ("new", "reprint"):
        edit_article(
            by=by,
            article=article,
            version=article.version,
            values={**known.more, "url": known.read.url or ""},
            outlet=known.read.outlet,
            original_outlet=known.read.original_outlet,
            published=known.read.published_edtf or "",
        )
    if stored.outcome in ("new", "reprint"):
        _tell_apart(by, article, document, left)
    return Text(stored.snapshot, Ground(text.text, text), new)


def _tell_apart(by: User, article: Article, document: Document, left: Callable[[str, str], None]) -> None:
    """Its outlet, by what the file knows of it and nobody said here."""
    known = outlet_of(document.record, left)
    article.refresh_from_db(fields=["publication"])
    if article.publication is not None and known != OutletIdentifiers():
        outlets.complete(by=by, outlet=article.publication, known=known)


def _found(project: Project, document: Document, report: Report) -> Text:
    if document.sha256:
        same = Snapshot.objects.filter(project=project, sha256=document.sha256)
        if snapshot := _the_one(list(same.select_related("article__publication").order_by("pk")), document):
            _compare(report, snapshot, document)
            return Text(snapshot, Ground(snapshot.text))
    article = _article(project, document)
    last = article.snapshots.order_by("-number").first() if article else None
    if article is None or last is None:
        raise Refused("text", "text_is_here", "its text is neither in the file nor in the project")
    if document.sha256:
        said = "the text here is another than the one that was marked: its words are looked for"
    else:
        said = "no digest says that the text here is the one that was marked: its words are looked for"
    report.left(document.at, document.name, said)
    _compare(report, last, document)
    return Text(last, Ground(last.text, same=False))


def _compare(report: Report, snapshot: Snapshot, document: Document) -> None:
    """With the record of a text that is here and not in the file."""
    text = CleanText(snapshot.text, snapshot.text, (), ())
    known = record_of(document, text, Wishes(), lambda what, why: None)
    _tell_what_differs(report, snapshot.article, document, known)


def _tell_what_differs(report: Report, article: Article, document: Document, known: Known) -> None:
    pairs = differing.of_article(article, document, known)
    differing.tell(report, document.at, f"the record of “{article.title}”", pairs)


def _the_one(twins: list[Snapshot], document: Document) -> Snapshot | None:
    """Of articles that carry the same text the one of that record. Raises Refused where that is not one."""
    record = document.record
    for is_meant in (
        lambda article: article.url == record.url,
        lambda article: str(article.publication or "") == record.outlet,
        lambda article: article.title == record.title,
    ):
        if len(twins) > 1:
            twins = [twin for twin in twins if is_meant(twin.article)] or twins
    if len(twins) > 1:
        said = f"{len(twins)} articles carry this text, and nothing says which of them is meant"
        raise Refused("text", "one_article", said)
    return twins[0] if twins else None


def _article(project: Project, document: Document) -> Article | None:
    """By its address, else by its title, where one alone has it."""
    record = document.record
    here = Article.objects.filter(project=project).order_by("pk")
    asked = {"url": address(record.url), "title": record.title}
    for name, value in asked.items():
        if value:
            found = list(here.filter(**{name: value})[:2])
            if len(found) == 1:
                return found[0]
    return None
