"""Attempts to say of a claim's words what their kind does not carry, of words that are not the claim's, or in
words that the text has not."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

SPAN = "annotator_supportingspan"
FITS, WITHIN = "support_fits_its_kind", "part_within_claim"


def _lone(world: World) -> int:
    return world.here.lone.pk


def _event(world: World) -> int:
    return world.here.event.pk


def _link(world: World) -> int:
    return world.here.attribution.pk


def _start(world: World) -> int:
    (start, _), *_ = world.here.lone.annotation.extent.stretches
    return int(start)


def _part(cursor: Any, world: World, kind: str = "gloss", length: int = 4, **values: Any) -> int:
    """The first letters of the words of `lone`, a claim in sentence 4, as a part of it."""
    side, start = world.here, _start(world)
    sentence = side.lone.annotation.sentence
    pk = rows.annotation(
        cursor,
        side,
        kind,
        owned=False,
        linked=(sentence.number,),
        sentence_id=sentence.pk,
        **rows.slice_of(side.snapshot, start, start + length),
    )
    owner = {"project_id": side.project.pk, "claim_id": side.lone.pk, **values}
    return rows.insert(cursor, SPAN, annotation_id=pk, **owner)


def _misfit(why: str, kind: str, **values: Any) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        given = {column: v(world) if callable(v) else v for column, v in values.items()}
        _part(cursor, world, kind, **given)

    return Attempt(why, FITS, (SPAN, "support_fits_insert"), act)


def _unknown(column: str, kind: str) -> Attempt:
    rule = f"support_{column}_known"

    def act(world: World, cursor: Any) -> None:
        _part(cursor, world, kind, **{column: "else"})

    return Attempt(f"unknown {column}", rule, (SPAN, rule), act)


def _becomes(why: str, kind: str, change: str, **values: Any) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        pk = _part(cursor, world, kind, **values)
        cursor.execute(f"UPDATE {SPAN} SET {change} WHERE annotation_id = %s", [pk])

    return Attempt(why, FITS, (SPAN, "support_fits_update"), act)


def _elsewhere(kind: str, **values: Any) -> Attempt:
    """The first words of the text, which are not those of the claim."""

    def act(world: World, cursor: Any) -> None:
        rows.another(cursor, world, SPAN, kind=kind, event_id=None, claim_id=world.here.lone.pk, **values)

    return Attempt(f"{kind} elsewhere", WITHIN, (SPAN, "part_within_claim_support"), act)


def _moves(what: str) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        part, start = _part(cursor, world), _start(world)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        moved = {"the claim": (world.here.lone.pk, start + 6, start + 9), "the part": (part, start + 2, 0)}
        pk, low, high = moved[what]
        high = high or world.here.lone.annotation.extent.end + 1
        place = rows.slice_of(world.here.snapshot, low, high)
        cursor.execute(
            "UPDATE annotator_annotation SET extent = %s, quotes = %s, prefix = '', suffix = '',"
            " version = version + 1 WHERE id = %s",
            [place["extent"], place["quotes"], pk],
        )

    return Attempt(f"{what} moves away", WITHIN, ("annotator_annotation", "part_within_claim_moved"), act)


def _astray(what: str, words: str, **values: Any) -> Attempt:
    """A number or a party in words that the text has not."""
    rule, table = f"{what}_words_stand", f"annotator_{what}"
    return adding(rule, table, holder=f"{rule}_insert", why=f"{what}: {words}", words=words, **values)


def _reworded(what: str, change: str, by: str = "app") -> Attempt:
    rule, table = f"{what}_words_stand", f"annotator_{what}"
    return running(rule, table, f"UPDATE {table} SET {change}", holder=f"{rule}_update", by=by)


ATTEMPTS: list[Attempt] = [
    _astray("quantity", "ten days"),
    _astray("quantity", "nine  days"),
    _astray("quantity", "Nine days"),
    _astray("quantity", "nine days … never"),
    _astray("quantity", " … "),
    _astray("party", "nobody here"),
    _astray("party", "nobody here", actor_id=None),
    _astray("party", "nobody", attribution_id=None, claim_id=_lone, actor_id=None),
    _reworded("quantity", "words = 'ten days'", "owner"),
    _reworded("quantity", "words = words || ' or so'", "owner"),
    _reworded("party", "words = 'nobody here'"),
    _reworded("quantity", "id = id + 1000000, words = 'ten days'", "owner"),
    _reworded("party", "id = id + 1000000, words = 'nobody here'"),
    _unknown("whose", "hedge"),
    _unknown("use", "quoted"),
    _misfit("a hedge that is nobody's", "hedge"),
    _misfit("marks that do nothing", "quoted"),
    _misfit("a gloss that hedges", "gloss", whose="speaker"),
    _misfit("a gloss that quotes", "gloss", use="scare"),
    _misfit("a cue of a claim", "cue"),
    _misfit("a role of a claim", "role"),
    _misfit("a reason of a claim", "reason"),
    _misfit("an addressee of a claim", "addressee"),
    _misfit("an occasion of a claim", "occasion"),
    _misfit("a period of a link", "period", claim_id=None, link_id=_link),
    _misfit("a place of a link", "place", claim_id=None, link_id=_link),
    _misfit(
        "a time that is called a cue",
        "time",
        claim_id=None,
        link_id=_link,
        cue_type_id=lambda w: rows.code(w.here, "cue_type"),
    ),
    _misfit("a period of an event", "period", claim_id=None, event_id=_event),
    _misfit("a target of a claim that is none", "target"),
    _misfit("a target that is spoken to", "target", claim_id=None, party_id=lambda w: w.here.party.pk),
    _misfit(
        "an addressee who is blamed",
        "addressee",
        claim_id=None,
        party_id=lambda w: w.here.claim.targets.get().pk,
    ),
    _misfit("a time of an addressee", "time", claim_id=None, party_id=lambda w: w.here.party.pk),
    _misfit(
        "a hedge of an event", "hedge", whose="speaker", claim_id=None, event_id=lambda w: w.here.event.pk
    ),
    _becomes("a hedge becomes nobody's", "hedge", "whose = ''", whose="reporter"),
    _becomes(
        "a gloss becomes an event's",
        "gloss",
        "claim_id = NULL, event_id = (SELECT min(id) FROM "
        "annotator_event WHERE project_id = annotator_supportingspan.project_id)",
    ),
    _elsewhere("gloss"),
    _elsewhere("quoted", use="scare"),
    _moves("the claim"),
    _moves("the part"),
]
