"""What a person decides on annotations that were not carried by themselves: there, elsewhere, or left."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from annotator.intents.refusal import Refused
from annotator.models import (
    PENDING,
    Annotation,
    AttributionSource,
    Carrying,
    CarryingState,
    Claim,
    Kind,
    Party,
    Quantity,
    Status,
    SupportingSpan,
)
from annotator.queries.carrying_units import Unit, units_in
from sources.actions.locks import lock_texts_of
from sources.models import Article, Snapshot, User, acting
from sources.text.offsets import Extent
from sources.text.printed import same_words
from sources.text.standing import line_of

from . import anchors, carrying_moves
from .carrying import carry, stand

DECIDED = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
SETTLED = ("state", "placed", "version_placed", "same_words", "taken_off", "by", "decided_at")
MOST_AT_ONCE = 200
"""Units that are confirmed by one request."""


@dataclass
class Settled:
    """`reopened` are the claims whose words changed, so that they go back to the reviewers."""

    snapshot: Snapshot
    carried: int = 0
    reopened: list[UUID] = field(default_factory=list)
    taken_off: list[str] = field(default_factory=list)


@dataclass
class _Waiting:
    """A unit of an old text with its annotations, locked, and what is noted of each."""

    unit: Unit
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
) -> Settled:
    """Carry the unit of that annotation to the article's newest text: each part to where it is `chosen` to
    stand, else where it was proposed. `without`: parts of a claim that are not there and are taken off it.

    A claim whose own words changed goes back to the reviewers. Raises Refused, Annotation.DoesNotExist.
    """
    with acting(by):
        waiting = _found(by, article, uuid)
        settled = _settle(by, waiting, chosen or {}, without)
    return settled


def leave(*, by: User, article: Article, uuid: UUID) -> None:
    """Say that it is gone from the new text: it stays on the old one, listed, and may be placed later."""
    with acting(by):
        waiting = _found(by, article, uuid)
        for row in waiting.rows.values():
            if row.state == CarryingState.WAITING:
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
    unit = next(unit for unit in units_in(old) if annotation.pk in unit.own)
    keys = Annotation.objects.filter(pk__in=unit.parts).select_for_update(of=("self",)).order_by("pk")
    locked = {one.pk: one for one in keys}
    rows = Carrying.objects.filter(
        annotation_key__in=locked, state__in=PENDING, new_snapshot=newest
    ).select_related("new_snapshot")
    by_key = {row.annotation_key: row for row in rows}
    if any(key not in by_key or by_key[key].version != one.version for key, one in locked.items()):
        raise Refused("unit", "looked_at_anew", "this was changed since it was looked for: look for it again")
    return _Waiting(unit, old, locked, by_key)


def _settle(by: User, waiting: _Waiting, chosen: Mapping[UUID, Extent], without: Set[UUID]) -> Settled:
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
    carrying_moves.leave_twins(old=waiting.old, moving=places, claims=unit.claims)
    settled.taken_off += _take_off(unit, ground, {annotations[key].pk for key in off})
    going = dict(carrying_moves.join_twins(sorted(places.items(), key=lambda one: one[0]), ground))
    for key, row in rows.items():
        row.by, row.decided_at = by, Now()
        if key in going:
            corrected = annotations[key].uuid in chosen
            row.state = CarryingState.CORRECTED if corrected else CarryingState.CONFIRMED
            row.placed, row.version_placed = going[key], row.version + 1
            row.same_words = _says_the_same(row, going[key].slices(ground.snapshot.text))
        else:  # taken off, or the same mention stands there already
            row.state = CarryingState.TAKEN_OFF if key in off else CarryingState.REPLACED
        if key == unit.key and settled.taken_off:
            row.taken_off, row.same_words = settled.taken_off, False
        row.save(update_fields=SETTLED)
    carrying_moves.move(ground, list(going.items()))
    settled.carried = len(going)
    changed = [key for key in unit.claims if not rows[key].same_words]
    judged = Claim.objects.filter(pk__in=changed, status__in=DECIDED)
    settled.reopened = list(judged.values_list("uuid", flat=True))
    judged.update(status=Status.SUBMITTED)
    return settled


def _says_the_same(row: Carrying, words: tuple[str, ...]) -> bool:
    return len(words) == len(row.quotes) and all(map(same_words, row.quotes, words))


def _place(ground: carrying_moves.Ground, annotation: Annotation, extent: Extent | None) -> Extent:
    field = str(annotation.uuid)
    if extent is None:
        words = " … ".join(annotation.quotes)[:80]
        raise Refused(field, "place_needed", f"“{words}” is not in the new text: choose words for it")
    if extent.end > len(ground.snapshot.text):
        raise Refused(field, "within_text", "lies beyond the end of the new text")
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


def _take_off(unit: Unit, ground: carrying_moves.Ground, off: set[int]) -> list[str]:
    """Parts that are not there any more, and numbers and words that the new text does not have. In words."""
    told = []
    line = line_of(ground.snapshot.text)
    numbers = Quantity.objects.filter(claim__in=unit.claims).order_by("pk")
    for number in numbers:
        if not stand(number.words, line):
            told.append(f"the number “{number.words}”")
            number.delete()
    parties = Party.objects.filter(Q(claim__in=unit.claims) | Q(attribution__claim__in=unit.claims))
    for party in parties.exclude(words="").select_related("actor"):
        if not stand(party.words, line):
            if party.actor is None:
                said = (
                    f"whom it speaks to or of, “{party.words}”, does not stand in the new text: take that off"
                )
                raise Refused("unit", "party_words_stand", f"{said} the claim on the old text first")
            told.append(f"the words “{party.words}” for {party.actor.name}")
            Party.objects.filter(pk=party.pk).update(words="")
    for annotation in Annotation.objects.filter(pk__in=off):
        told.append(f"“{' … '.join(annotation.quotes)}” ({annotation.get_kind_display().lower()})")
        if annotation.kind == Kind.ACTOR:
            mine = Q(attribution__claim__in=unit.claims)
            AttributionSource.objects.filter(mine, mention=annotation.pk).update(mention=None)
            Party.objects.filter(mine | Q(claim__in=unit.claims), mention=annotation.pk).update(mention=None)
        else:
            SupportingSpan.objects.filter(pk=annotation.pk).delete()
            anchors.erase(annotation)
    return told


def confirm_all(*, by: User, article: Article, uuids: list[UUID]) -> tuple[list[Settled], list[Refused]]:
    """Confirm units as they were proposed, at most 200: those of one kind that somebody looked through. What
    cannot be confirmed stays waiting, and the refusal says why."""
    done, refused = [], []
    with acting(by):
        for uuid in uuids[:MOST_AT_ONCE]:
            try:
                with transaction.atomic():
                    done.append(confirm(by=by, article=article, uuid=uuid))
            except Refused as error:
                refused.append(error)
    return done, refused


def look_again(*, by: User, article: Article) -> None:
    """Look for what is on earlier texts and was changed or made since."""
    newest = Snapshot.objects.filter(article=article).order_by("-number").first()
    if newest is not None:
        carry(by=by, snapshot=newest)
