"""What a person decides on annotations that were not carried by themselves: there, elsewhere, or left."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from annotator.intents.refusal import Refused
from annotator.models import (
    PENDING,
    Annotation,
    Carrying,
    CarryingState,
    Claim,
    Kind,
    Status,
    SupportingSpan,
)
from annotator.queries.carrying_units import Unit, token, units_in
from sources.actions.locks import lock_texts_of
from sources.models import Article, Snapshot, User, acting
from sources.text.offsets import Extent
from sources.text.printed import same_words

from . import carrying_losses as losses
from . import carrying_moves
from .carrying import carry

DECIDED = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
SETTLED = ("state", "placed", "version_placed", "same_words", "taken_off", "by", "decided_at")
MOST_AT_ONCE = 200
"""Units that are confirmed by one request."""


class LookAgain(Exception):
    """What was confirmed is not what was shown: the text, the words or the proposed place is another now."""

    def __init__(self, unit: UUID) -> None:
        super().__init__("this was changed since the page was shown: look again")
        self.unit = unit


@dataclass
class Settled:
    """`reopened` are the claims whose words changed, so that they go back to the reviewers."""

    snapshot: Snapshot
    carried: int = 0
    reopened: list[UUID] = field(default_factory=list)
    taken_off: list[str] = field(default_factory=list)


@dataclass
class _Waiting:
    """A unit of an old text with its annotations, locked, and what is noted of each. `around` are the other
    units of that text."""

    unit: Unit
    around: list[Unit]
    old: Snapshot
    annotations: dict[int, Annotation]
    rows: dict[int, Carrying]


def confirm(
    *,
    by: User,
    article: Article,
    uuid: UUID,
    chosen: Mapping[UUID, Extent] | None = None,
    without: Set[UUID] = frozenset(),
    without_words: Set[str] = frozenset(),
    shown: str | None = None,
) -> Settled:
    """Carry the unit of that annotation to the article's newest text: each part to where it is `chosen` to
    stand, else where it was proposed. `without`: parts of a claim that are not there and are taken off it;
    `without_words` the same of words, by their keys (`Said`). `shown` is the token of what somebody saw.

    A claim goes back to the reviewers where its own words or those of its cues, roles, hedges, times,
    mentions or reasons changed, or something was taken off it. Raises Refused, LookAgain,
    Annotation.DoesNotExist.
    """
    with acting(by):
        waiting = _found(by, article, uuid)
        if shown is not None and shown != token(waiting.unit, waiting.rows):
            raise LookAgain(uuid)
        settled = _settle(by, waiting, chosen or {}, without, without_words)
    return settled


def leave(*, by: User, article: Article, uuid: UUID) -> None:
    """Say that it is gone from the new text: it stays on the old one, listed, and may be placed later. What
    others share that still wait goes on waiting with them."""
    with acting(by):
        waiting = _found(by, article, uuid)
        noted = Carrying.objects.filter(old_snapshot=waiting.old, state=CarryingState.WAITING)
        wait = set(noted.values_list("annotation_key", flat=True))
        needed = {key for unit in waiting.around if unit.stands and unit.own & wait for key in unit.shared}
        for key, row in waiting.rows.items():
            if row.state == CarryingState.WAITING and key not in needed:
                row.state, row.by, row.decided_at = CarryingState.LEFT, by, Now()
                row.save(update_fields=["state", "by", "decided_at"])


def _found(by: User, article: Article, uuid: UUID) -> _Waiting:
    lock_texts_of(article.pk)
    annotation = Annotation.objects.select_related("snapshot").get(
        uuid=uuid, project=article.project_id, snapshot__article=article
    )
    old = annotation.snapshot
    newest = Snapshot.objects.filter(article=article).order_by("-number")[0]
    if newest.pk == old.pk:
        raise Refused("unit", "not_there_yet", "this stands in the newest text already")
    units = units_in(old)
    unit = next((unit for unit in units if annotation.pk in unit.own), None)
    if unit is None:
        raise Refused("unit", "goes_along", "this goes along with the claims that point to it")
    keys = Annotation.objects.filter(pk__in=unit.parts).select_for_update(of=("self",)).order_by("pk")
    locked = {one.pk: one for one in keys}
    rows = Carrying.objects.filter(
        annotation_key__in=locked, state__in=PENDING, new_snapshot=newest
    ).select_related("new_snapshot")
    by_key = {row.annotation_key: row for row in rows}
    if any(key not in by_key or by_key[key].version != one.version for key, one in locked.items()):
        raise Refused("unit", "looked_at_anew", "this was changed since it was looked for: look for it again")
    return _Waiting(unit, [one for one in units if one is not unit], old, locked, by_key)


def _settle(
    by: User,
    waiting: _Waiting,
    chosen: Mapping[UUID, Extent],
    without: Set[UUID],
    without_words: Set[str],
) -> Settled:
    unit, annotations, rows = waiting.unit, waiting.annotations, waiting.rows
    ground = carrying_moves.Ground(rows[unit.key].new_snapshot)
    settled = Settled(ground.snapshot)
    off = {key for key, one in annotations.items() if one.uuid in without and one.uuid not in chosen}
    if stuck := sorted(off & (unit.claims | {unit.key})):
        raise Refused(str(annotations[stuck[0]].uuid), "place_needed", "say where its own words stand")
    places = {
        key: _place(ground, one, chosen.get(one.uuid) or rows[key].proposed)
        for key, one in annotations.items()
        if key not in off
    }
    _check_parts(unit, annotations, places)
    lost = losses.lost_words(unit, ground, without_words)
    carrying_moves.leave_twins(old=waiting.old, moving=places, claims=unit.claims)
    lessened = losses.take_off_words(lost) | {unit.holders.get(key, unit.key) for key in off}
    settled.taken_off = [said.name for said in lost] + losses.take_off_parts(unit, off)
    going = dict(carrying_moves.join_twins(sorted(places.items(), key=lambda one: one[0]), ground))
    otherwise = _otherwise(unit, annotations, rows, going, ground) | (lessened & unit.claims)
    for key, row in rows.items():
        if key in off and annotations[key].kind == Kind.ACTOR:
            continue  # it stands on the old text still, for others or by itself
        row.by, row.decided_at = by, Now()
        if key in going:
            corrected = annotations[key].uuid in chosen
            row.state = CarryingState.CORRECTED if corrected else CarryingState.CONFIRMED
            row.placed, row.version_placed = going[key], row.version + 1
            row.same_words = key not in otherwise
        else:  # taken off, or the same mention stands there already
            row.state = CarryingState.TAKEN_OFF if key in off else CarryingState.REPLACED
        if key == unit.key and settled.taken_off:
            row.taken_off, row.same_words = settled.taken_off, False
            otherwise.add(key)
        row.save(update_fields=SETTLED)
    carrying_moves.move(ground, list(going.items()))
    settled.carried = len(going)
    judged = Claim.objects.filter(pk__in=otherwise & unit.claims, status__in=DECIDED)
    settled.reopened = list(judged.values_list("uuid", flat=True))
    judged.update(status=Status.SUBMITTED)
    return settled


def _otherwise(
    unit: Unit,
    annotations: Mapping[int, Annotation],
    rows: Mapping[int, Carrying],
    going: Mapping[int, Extent],
    ground: carrying_moves.Ground,
) -> set[int]:
    """What says something else there, print aside: a part with other words, and the claim whose part it is.
    Who said it is part of what a claim says, so that a mention with other words counts too."""
    found = set()
    for key, place in going.items():
        words = place.slices(ground.snapshot.text)
        was = [one for one in rows[key].quotes if not one.isspace()]  # blanks could be marked once
        if len(words) == len(was) and all(map(same_words, was, words)):
            continue
        found.add(key)
        if key in unit.holders:
            found.add(unit.holders[key])
        elif key in unit.shared:  # a mention, or a reason, of all that they say
            found |= unit.claims
    return found


def _place(ground: carrying_moves.Ground, annotation: Annotation, extent: Extent | None) -> Extent:
    field = str(annotation.uuid)
    if extent is None:
        words = " … ".join(annotation.quotes)[:80]
        raise Refused(field, "place_needed", f"“{words}” is not in the new text: choose words for it")
    if extent.end > len(ground.snapshot.text):
        raise Refused(field, "within_text", "lies beyond the end of the new text")
    if any(words.isspace() for words in extent.slices(ground.snapshot.text)):
        raise Refused(field, "words", "holds blanks alone: choose words")
    if ground.first_under(extent) is None:
        raise Refused(field, "touches_sentence", "lies between sentences")
    return extent


def _check_parts(unit: Unit, annotations: dict[int, Annotation], places: dict[int, Extent]) -> None:
    """What lies within the words of a claim still has to."""
    within = SupportingSpan.objects.filter(pk__in=places, annotation__kind__in=(Kind.GLOSS, Kind.QUOTED))
    for key, claim in within.values_list("pk", "claim"):
        if claim in places and not places[claim].contains(places[key]):
            words = " … ".join(annotations[key].quotes)[:80]
            field = str(annotations[key].uuid)
            raise Refused(field, "part_within_claim", f"“{words}” would lie outside the words of its claim")


def confirm_all(
    *, by: User, article: Article, shown: Sequence[tuple[UUID, str]]
) -> tuple[list[Settled], list[Refused]]:
    """Confirm units as they were proposed and `shown` (each with its token), at most 200: those of one kind
    that somebody looked through. What cannot be confirmed stays waiting, and the refusal says why. Raises
    LookAgain, and confirms none, when one of them is not what was shown.
    """
    done, refused = [], []
    with acting(by):
        lock_texts_of(article.pk)
        tokens = _tokens(article)
        for uuid, seen in shown[:MOST_AT_ONCE]:
            if tokens.get(uuid) != seen:
                raise LookAgain(uuid)
        for uuid, _ in shown[:MOST_AT_ONCE]:
            try:
                with transaction.atomic():
                    done.append(confirm(by=by, article=article, uuid=uuid))
            except Refused as error:
                refused.append(error)
    return done, refused


def _tokens(article: Article) -> dict[UUID, str]:
    """By the annotation that heads it, what is noted of each unit on earlier texts. Before any is confirmed:
    that leaves what others share in another row."""
    texts = list(Snapshot.objects.filter(article=article).order_by("number"))
    noted = Carrying.objects.filter(old_snapshot__in=texts, new_snapshot=texts[-1], state__in=PENDING)
    rows = {row.annotation_key: row for row in noted}
    uuids = dict(Annotation.objects.filter(snapshot__in=texts[:-1]).values_list("pk", "uuid"))
    return {uuids[unit.key]: token(unit, rows) for unit in units_in(*texts[:-1])}


def look_again(*, by: User, article: Article) -> None:
    """Look for what is on earlier texts and was changed or made since."""
    newest = Snapshot.objects.filter(article=article).order_by("-number").first()
    if newest is not None:
        carry(by=by, snapshot=newest)
