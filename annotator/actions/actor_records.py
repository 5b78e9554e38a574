"""Correcting what is known of an actor: names, kind, identifiers, what it belongs to."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from annotator.intents.actor import NewActor
from annotator.intents.actor_record import ActorRecord, Belonging
from annotator.intents.refusal import Refused, Stale, Taken, Vanished, VersionNeeded
from annotator.models import (
    Actor,
    ActorAlias,
    ActorIdentifier,
    ActorMention,
    ActorResolution,
    Affiliation,
    AttributionSource,
    Facet,
    Naming,
    Party,
)
from sources.intake.dates import edtf_range
from sources.models import Article, Project, User, acting

from . import actors, codebook, reasons

COLUMNS = ("name", "naming", "affiliation", "stated_reason", "number", "wikidata", "note")


def correct(*, by: User | None, actor: Actor, record: ActorRecord) -> Actor:
    """Make the actor's record be what `record` says. What already is so changes nothing and counts nothing.

    Raises Stale when another version than `record.version` stands and says something else, Refused for what
    cannot be: a merged actor, an anonymous one who speaks in several articles, dates that are none.
    """
    with acting(by):
        locked = Actor.objects.select_for_update(of=("self",), no_key=True)
        actor = locked.select_related("kind", "project").get(pk=actor.pk)
        if actor.merged_into_id is not None:
            raise Refused("", "not_merged", f"{actor} was merged meanwhile; take the merge back first")
        # The form holds neither whom the organisations were merged into, nor days: both are compared as kept.
        ties = [_columns(by, actor, tie, f"belongings.{n}") for n, tie in enumerate(record.belongings)]
        stale = record.version != actor.version
        changed = _own_columns(actor, record) | _lists(actor, record, ties) | _reason(by, actor, record)
        if not changed:
            return actor
        if stale:
            actor.refresh_from_db()
            raise Stale(actor)
        if "naming" in changed or "kind" in changed:
            _fit(actor)
        for write in changed.values():
            write()
        actor.version += 1
        actor.save()
    return actor


def place(
    *, by: User | None, project: Project, uuid: UUID, record: ActorRecord, version: int | None
) -> tuple[Actor, bool]:
    """Make the actor of that identifier be what `record` says, made now if there is none; and whether it was.

    Asking twice is asking once. `version` is the one that a change is based on. Raises Refused (somebody
    anonymous is made by the words of an article), VersionNeeded, Stale, Vanished, Taken.
    """
    with acting(by):
        actor = Actor.objects.filter(uuid=uuid).first()
        if actor is not None and actor.project_id != project.pk:
            raise Taken
        if actor is None and version is not None:
            raise Vanished
        if actor is None:
            new = NewActor(uuid=uuid, name=record.name, kind=record.kind, naming=record.naming)
            try:
                actor = actors.make(by=by, project=project, new=new, article=None, field="")
            except Refused as error:
                raise Refused(error.field.strip("."), error.rule, error.message) from error
            return correct(by=by, actor=actor, record=replace(record, version=actor.version)), True
        try:
            return correct(by=by, actor=actor, record=replace(record, version=version or 0)), False
        except Stale:
            if version is None:
                raise VersionNeeded from None
            raise


def _nothing() -> None:
    """A column: written with the actor's own row."""


def _own_columns(actor: Actor, record: ActorRecord) -> dict[str, Any]:
    """The actor's own columns that differ, set on it."""
    changed: dict[str, Any] = {}
    for name in COLUMNS:
        if getattr(actor, name) != getattr(record, name):
            setattr(actor, name, getattr(record, name))
            changed[name] = _nothing
    if actor.kind.key != record.kind:
        actor.kind = codebook.code(actor.project, Facet.ACTOR_KIND, record.kind, "kind")
        changed["kind"] = _nothing
    return changed


def _lists(actor: Actor, record: ActorRecord, ties: list[dict[str, Any]]) -> dict[str, Any]:
    """For each of the actor's lists that differs, what makes it be as the record says."""
    wanted: dict[str, tuple[QuerySet[Any], list[dict[str, Any]]]] = {
        "aliases": (
            ActorAlias.objects.filter(actor=actor),
            [{"name": a.name, "language": a.language, "script": a.script} for a in record.aliases],
        ),
        "identifiers": (
            ActorIdentifier.objects.filter(actor=actor),
            [{"scheme": i.scheme, "value": i.value} for i in record.identifiers],
        ),
        "belongings": (Affiliation.objects.filter(actor=actor), ties),
    }
    return {
        name: write
        for name, (rows, values) in wanted.items()
        if (write := _sync(actor, rows, values)) is not None
    }


def _reason(by: User | None, actor: Actor, record: ActorRecord) -> dict[str, Any]:
    """The words of the article that state why an anonymous actor is not named, where others are asked for."""
    wanted = None if record.reason_words is None else " ".join(record.reason_words.split())
    before = reasons.in_words(reasons.stated(actor))
    if wanted is None or " ".join(before.split()) == wanted:
        return {}
    place = reasons.found(actor, wanted, "reason_words") if wanted else None

    def write() -> None:
        texts = {span.annotation.snapshot for span in reasons.stated(actor)}
        for snapshot in texts - ({place[0]} if place else set()):
            reasons.give(by=by, actor=actor, snapshot=snapshot, span=None, field="reason_words")
        if place:
            reasons.give(by=by, actor=actor, snapshot=place[0], span=place[1], field="reason_words")
        actor.version = Actor.objects.get(pk=actor.pk).version
        if record.stated_reason in ("", before):
            actor.stated_reason = reasons.in_words(reasons.stated(actor))

    return {"reason_words": write}


def _sync(actor: Actor, rows: QuerySet[Any], wanted: list[dict[str, Any]]) -> Any:
    """What deletes the rows that are not wanted and makes those that are missing; None if there are none."""
    stored = {row.pk: {name: getattr(row, name) for name in wanted[0]} for row in rows} if wanted else {}
    gone = [row.pk for row in rows] if not wanted else [pk for pk, row in stored.items() if row not in wanted]
    missing = [values for values in wanted if values not in stored.values()]
    if not gone and not missing:
        return None

    def write() -> None:
        rows.filter(pk__in=gone).delete()
        for values in missing:
            rows.model.objects.create(project_id=actor.project_id, actor=actor, **values)

    return write


def _columns(by: User | None, actor: Actor, tie: Belonging, field: str) -> dict[str, Any]:
    organisation = _organisation(by, actor, tie, field)
    # One who was merged since is still the one who stands there.
    same = Affiliation.objects.filter(actor=actor, organisation__survivor=organisation.pk)
    stored = same.select_related("organisation").first()
    organisation = stored.organisation if stored else organisation
    if organisation.pk in (actor.pk, actor.merged_into_id):
        raise Refused(f"{field}.organisation_name", "not_itself", "nobody belongs to themselves")
    if organisation.article_id is not None:
        raise Refused(f"{field}.organisation_name", "not_anonymous", "is anonymous")
    since, until = _days(tie.since, f"{field}.since"), _days(tie.until, f"{field}.until")
    if since and until and since[0] > until[1]:
        raise Refused(f"{field}.until", "after_since", "lies before it began")
    return {
        "tie": tie.tie,
        "organisation_id": organisation.pk,
        "role": tie.role,
        "since": tie.since,
        "since_min": since[0] if since else None,
        "until": tie.until,
        "until_max": until[1] if until else None,
    }


def _days(edtf: str, field: str) -> Any:
    try:
        return edtf_range(edtf) if edtf else None
    except ValueError as error:
        raise Refused(field, "edtf", str(error)) from error


def _organisation(by: User | None, actor: Actor, tie: Belonging, field: str) -> Actor:
    """The actor of that identifier or that exact name; a name that nobody has makes a new organisation."""
    if tie.organisation is not None:
        return actors.known(actor.project, tie.organisation, f"{field}.organisation")
    called = Actor.objects.filter(project=actor.project, name__iexact=tie.organisation_name, article=None)
    named = called.select_related("survivor").order_by("merged_into", "pk")
    survivors = {one.survivor_id: one.survivor for one in named}
    if len(survivors) > 1:
        raise Refused(
            f"{field}.organisation_name", "one_actor", f"several are called {tie.organisation_name}"
        )
    if survivors:
        return next(iter(survivors.values()))
    new = NewActor(uuid=uuid4(), name=tie.organisation_name, kind="organisation")
    return actors.make(by=by, project=actor.project, new=new, article=None, field=field)


def _fit(actor: Actor) -> None:
    """An anonymous actor belongs to the one article that names it; who is not, belongs to none.

    Raises Refused for one who speaks in several articles, or is resolved or merged with others.
    """
    if actor.naming != Naming.ANONYMOUS:
        if actor.article_id and ActorResolution.objects.filter(anonymous=actor, undone_at=None).exists():
            raise Refused("naming", "resolved", "is resolved to somebody: take that back first")
        actor.article = None
        return
    if actor.article_id is not None:
        return
    if Actor.objects.filter(merged_into=actor).exists():
        raise Refused("naming", "not_merged", "others were merged into this actor: take that back first")
    if ActorResolution.objects.filter(named=actor, undone_at=None).exists():
        raise Refused("naming", "resolved", "an anonymous speaker was resolved to this one")
    named_in = Article.objects.filter(pk__in=_articles_of(actor))
    if len(named_in) != 1:
        raise Refused(
            "naming", "anonymous_within_article", f"is named in {len(named_in)} articles; anonymous is in one"
        )
    actor.article = named_in[0]


def _articles_of(actor: Actor) -> set[int]:
    text = "snapshot__article"
    mentions = ActorMention.objects.filter(actor=actor).values_list(f"annotation__{text}", flat=True)
    spoken = AttributionSource.objects.filter(actor=actor).values_list(
        f"attribution__claim__annotation__{text}", flat=True
    )
    parties = Party.objects.filter(actor=actor)
    told = parties.exclude(attribution=None).values_list(f"attribution__claim__annotation__{text}", flat=True)
    meant = parties.exclude(claim=None).values_list(f"claim__annotation__{text}", flat=True)
    return {*mentions, *spoken, *told, *meant}
