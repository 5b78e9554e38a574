"""Of what each change of a project is, with the page that shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from annotator.models import (
    Actor,
    Batch,
    Claim,
    Code,
    Comment,
    Discussion,
    Event,
    Kind,
    Party,
    Release,
    WatchTerm,
)
from annotator.models import Attribution as Link
from annotator.models import AttributionSource as Source
from sources.models import Article, Change, ColumnMapping, Intake, Project, Publication, Snapshot

from .history_parts import Parts
from .history_words import Row

PAGES: dict[type[Model], tuple[str, str]] = {
    Claim: ("the claim", "claim"),
    Actor: ("the speaker", "speaker"),
    Event: ("the event", "event"),
    Article: ("the article", "article"),
    Publication: ("the outlet", "outlet"),
    Code: ("the code", "code"),
    Release: ("release", "release"),
    WatchTerm: ("", "watch_term"),
    Batch: ("", "batch"),
    Intake: ("the intake", "intake"),
    ColumnMapping: ("", "column_mapping"),
}
"""What stands before its name, and the page that shows it."""
OWN = {model._meta.db_table: model for model in PAGES}
PARTS_OF: dict[str, tuple[type[Model], str]] = {
    "annotator_actormerge": (Actor, "merged_id"),
    "annotator_actorresolution": (Actor, "anonymous_id"),
    "annotator_actorcomparison": (Actor, "first_id"),
    "annotator_actormention": (Actor, "actor_id"),
    "annotator_affiliation": (Actor, "actor_id"),
    "annotator_eventmerge": (Event, "merged_id"),
    "annotator_eventcomparison": (Event, "one_id"),
    "annotator_eventmention": (Event, "event_id"),
    "annotator_eventparticipant": (Event, "event_id"),
    "annotator_codemerge": (Code, "gone_id"),
    "annotator_toldapart": (Claim, "one_id"),
    "sources_likelyreprint": (Article, "article_id"),
}
"""Tables whose rows name more than one thing: which of them they are told of."""
OWNERS: tuple[tuple[str, type[Model]], ...] = (
    ("claim_id", Claim),
    ("event_id", Event),
    ("actor_id", Actor),
    ("article_id", Article),
)
IN_TEXT = ("annotator_annotation", "annotator_carrying", "sources_block")


@dataclass(frozen=True)
class Place:
    """What a change is of: a `model` and its `key`; `mark` is what to show of an article."""

    model: type[Model]
    key: int
    mark: UUID | None = None


class Places:
    """Where each change is shown. At most eleven queries, however many changes."""

    def __init__(self, project: Project, changes: Iterable[Change], parts: Parts) -> None:
        self._project = project
        self._parts = parts
        self._of = {change.pk: self._place(change) for change in changes}
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for place in self._of.values():
            if place is not None:
                wanted[place.model].add(place.key)
        self._called: dict[type[Model], dict[int, Any]] = {}
        for model, keys in wanted.items():
            name = "number" if model is Release else "uuid"
            rows = model._default_manager.filter(project_id=project.pk, pk__in=keys)
            self._called[model] = dict(rows.values_list("pk", name))

    def of(self, change: Change) -> Place | None:
        return self._of[change.pk]

    def address(self, place: Place) -> str:
        """Empty where it is gone."""
        called = self._called[place.model].get(place.key)
        if called is None:
            return ""
        page = PAGES[place.model][1]
        path = reverse(page, args=[called] if place.model is Claim else [self._project.slug, called])
        return f"{path}#c-{place.mark}" if place.mark else path

    def _place(self, change: Change) -> Place | None:
        row = change.after or change.before or {}
        if change.table in OWN:
            return Place(OWN[change.table], change.row_id or 0)
        if change.table in IN_TEXT:
            return self._in_text(change, row)
        if change.table in PARTS_OF:
            model, name = PARTS_OF[change.table]
            return Place(model, row[name])
        return self._owner(self._up(row))

    def _up(self, row: Row) -> Row:
        """From a part of a part to what names a claim, an event, an actor or an article."""
        if row.get("comment_id"):
            row = self._parts.of(Comment, row["comment_id"])
        if row.get("discussion_id"):
            return self._parts.of(Discussion, row["discussion_id"])
        if row.get("source_id"):
            row = self._parts.of(Source, row["source_id"])
        elif row.get("party_id"):
            row = self._parts.of(Party, row["party_id"])
        if link := row.get("link_id") or row.get("attribution_id"):
            return self._parts.of(Link, link)
        return row

    def _owner(self, row: Row) -> Place | None:
        for name, model in OWNERS:
            if row.get(name) is not None:
                return Place(model, row[name])
        return None

    def _in_text(self, change: Change, row: Row) -> Place | None:
        own = change.table == "annotator_annotation" and change.operation != "DELETE"
        mark = row["uuid"] if own and row["kind"] in (Kind.CLAIM, Kind.ACTOR, Kind.EVENT) else None
        text = row.get("snapshot_id") or row.get("new_snapshot_id")
        article = self._parts.of(Snapshot, text).get("article_id")
        return Place(Article, article, mark) if article else None
