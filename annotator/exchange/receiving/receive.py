"""Carrying a bundle out: one transaction a document, through the same intents and actions as every other
door.

Importing twice is importing once: what is here already as the file says is counted and left alone; what is
here and says something else is told, never overwritten. What is refused stops nothing else.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from annotator.actions import anchors, annotations, codebook, sameness
from annotator.actions.gathering import Apart, Gathering
from annotator.exchange.importers.bundle import At, Bundle, CodeEntry, Document, Placed
from annotator.exchange.importers.wishes import Wishes
from annotator.intents.actor import names_new_outlets
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused
from annotator.models import Annotation, Code
from sources.actions.locks import hold_outlets, hold_texts_of, lock_outlets
from sources.actions.standing import Held
from sources.models import Project, Snapshot, User, acting

from .completing import complete
from .identifiers import name_here, taken_elsewhere
from .people import People
from .placing import Found, settled
from .report import Report, Told
from .taken_back import TakenBack
from .telling import held, refusals_told
from .texts import Text, text_of

LONGEST_DETAIL = 100
Step = Callable[[str], None]
Require = Callable[[], None]
Hold = Callable[[], AbstractContextManager[None]]


def receive(
    *,
    by: User,
    project: Project,
    bundle: Bundle,
    origin: str,
    wishes: Wishes | None = None,
    create_codes: bool = False,
    step: Step = lambda name: None,
    require: Require = lambda: None,
) -> Report:
    """Take the bundle into the project as `by`'s.

    `origin` says in a few words where it came from ("brat: corpus.zip") and stays with every annotation.
    `step` is called with the name of each document before it is taken in. `require` is called first in each
    transaction, and raises Held where nothing more may come in: what is in stays. Raises nothing for what the
    files say; the report tells it.
    """
    report = Report(unmapped=list(bundle.unmapped))
    try:
        _codes(by, project, bundle, report, create=create_codes, require=require)
        with anchors.imported(origin[:LONGEST_DETAIL]):
            receiving = _Receiving(by, project, bundle, origin, wishes or Wishes(), report, require)
            for document in bundle.documents:
                step(document.name)
                receiving.document(document)
            receiving.complete()
    except Held as error:
        said = f"{error}: what is in stays; sent again once that has changed, it is recognised"
        report.refuse(At(origin[:LONGEST_DETAIL]), "what was left", "standing", said)
    return report


def _codes(
    by: User, project: Project, bundle: Bundle, report: Report, *, create: bool, require: Require
) -> None:
    """What the bundle is coded with and the codebook lacks: made, or told."""
    known = set(Code.objects.filter(project=project).values_list("facet", "key"))
    lacking = {(code.facet, code.key): code for code in bundle.codes if (code.facet, code.key) not in known}
    for facet in dict.fromkeys(facet for facet, _ in lacking):
        codes = [code for code in lacking.values() if code.facet == facet]
        if create:
            _make(by, project, facet, codes, report, require)
            continue
        report.counts["codes_lacking"] += len(codes)
        for code in codes:
            what = f"{facet.replace('_', ' ')} “{code.key}”"
            report.left(code.at, what, "is not in the codebook: what is coded with it is refused")


def _make(
    by: User, project: Project, facet: str, codes: list[CodeEntry], report: Report, require: Require
) -> None:
    for code in codes:
        told = [(code.key, code.name or code.key, code.definition)]
        try:
            with transaction.atomic():
                require()
                codebook.add_codes(by=by, project=project, facet=facet, codes=told)
            report.counts["codes"] += 1
        except Refused as error:
            report.refuse(code.at, f"{facet} “{code.key}”", error.rule, str(error))


@dataclass(frozen=True, slots=True)
class _Here:
    """A stored text, and of the annotations that are to be placed on it those that exist, wherever."""

    snapshot: Snapshot
    annotations: dict[UUID, Annotation]


class _Receiving:
    def __init__(
        self,
        by: User,
        project: Project,
        bundle: Bundle,
        origin: str,
        wishes: Wishes,
        report: Report,
        require: Require,
    ) -> None:
        self.by, self.project, self.bundle, self.wishes, self.report = by, project, bundle, wishes, report
        self.origin, self.require = origin, require
        self.taken = taken_elsewhere(project, bundle)
        self.outlets_speak = names_new_outlets(bundle.actors)
        self.people = People(by, project, bundle, self.name, report)
        self.taken_back = TakenBack(project, bundle, self.name, report)
        self.texts: dict[str, Snapshot] = {}
        self.gathering = Gathering()

    def name(self, written: str) -> str:
        """The identifier here of one as the bundle writes it."""
        return name_here(self.project, written, self.taken)

    def document(self, document: Document) -> None:
        report = self.report
        with acting(self.by):
            self.require()
            text = self._text(document)
            if text is None:
                for placed in document.placed:
                    report.refuse(placed.at, _called(placed), "no_text", "its text was not taken in")
                return
            self.texts[document.key] = text.snapshot
            report.counts["texts_new" if text.new else "texts_known"] += 1
            self.people.arrive(document.key, text)
            self._place_all(document, text, self._here(document, text))

    def complete(self) -> None:
        complete(
            by=self.by,
            project=self.project,
            bundle=self.bundle,
            people=self.people,
            texts=self.texts,
            taken_back=self.taken_back,
            report=self.report,
            require=self.require,
        )

    def _text(self, document: Document) -> Text | None:
        with refusals_told(self.report, document.at, document.name, "texts_refused"), held():
            return text_of(
                by=self.by, project=self.project, document=document, wishes=self.wishes, report=self.report
            )
        return None

    def _here(self, document: Document, text: Text) -> _Here:
        """Looked up and locked once for all that is placed on the text."""
        asked = text.snapshot.uuid
        snapshot = annotations.texts_called(self.project, [asked])[asked]
        if self.outlets_speak or names_new_outlets(document.placed):  # those are made while placing
            hold_outlets(self.project.pk)
            lock_outlets(self.project.pk)
        hold_texts_of(snapshot.article_id)
        uuids = [UUID(self.name(str(placed.uuid))) for placed in document.placed]
        return _Here(snapshot, annotations.locked(uuids) if uuids else {})

    def _place_all(self, document: Document, text: Text, here: _Here) -> None:
        """Together; one by one where the database refuses any of it, so that the report says of what."""
        before = self.report.copy(), set(self.people.made), set(self.people.known)
        try:
            with transaction.atomic(), self.gathering.opened():
                self.people.foresee((placed.body for placed in document.placed), self.gathering)
                sameness.foresee(here.annotations.values(), self.gathering)
                self._gather(document, text, here)
                self.gathering.write()
        except (DataError, IntegrityError):
            told, self.people.made, self.people.known = before
            self.report.restore(told)
            self.gathering.forget()
            for placed in document.placed:
                self._place(placed, text, here, held)

    def _gather(self, document: Document, text: Text, here: _Here) -> None:
        for placed in document.placed:
            try:
                self._place(placed, text, here, self.gathering.one)
            except Apart:
                with self.gathering.apart():
                    self._place(placed, text, here, held)

    def _place(self, placed: Placed, text: Text, here: _Here, hold: Hold) -> None:
        """`hold` is what it is dropped with where it is refused."""
        moved: list[tuple[str, Found]] = []
        what, uuid = _called(placed), self.name(str(placed.uuid))
        if self.taken_back.told(Annotation, placed.at, uuid, what):
            return
        with refusals_told(self.report, placed.at, what):
            with self.people.trying(), hold():
                body = settled(placed.body, text.ground, self.name, moved)
                self.people.needed(body)
                body["snapshot"] = text.snapshot.uuid
                intent = parse_annotation(uuid, body)
                with anchors.imported(self._detail(placed)):
                    saved = annotations.settle(
                        by=self.by,
                        snapshot=here.snapshot,
                        existing=here.annotations.get(intent.span.uuid),
                        intent=intent,
                    )
            self.report.counts["stored" if saved.created else "known"] += 1
            self.report.counts["found_again"] += bool(moved)
            for field, found in moved:
                said = f"{field or 'its words'} at {found.extent}: {found.how}"
                self.report.moved.append(Told(placed.at, what, "found_again", said))

    def _detail(self, placed: Placed) -> str:
        return (
            f"{self.origin}, by {placed.by}"[:LONGEST_DETAIL] if placed.by else self.origin[:LONGEST_DETAIL]
        )


def _called(placed: Placed) -> str:
    """What it is, for people: its kind and its words, or its identifier."""
    quotes = placed.body.get("quotes")
    words = " … ".join(map(str, quotes))[:60] if isinstance(quotes, list | tuple) and quotes else placed.uuid
    return f"{placed.body.get('kind', 'annotation')} “{words}”"
