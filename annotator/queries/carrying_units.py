"""What of a text is carried to another one together: a claim and all that hangs on it, or a mention alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce

from annotator.models import (
    Annotation,
    AttributionSource,
    Claim,
    EventMention,
    Kind,
    Party,
    Quantity,
    SupportingSpan,
)
from sources.models import Snapshot


@dataclass
class Unit:
    """`key` is the annotation's key of the outermost claim, or of the one annotation that it is. `own` are
    its annotations' keys; `shared` those of mentions and reasons that other units may point to as well.
    `words` must stand in the text: of numbers, of those spoken to or of, of how a text tells an event."""

    key: int
    own: set[int]
    shared: set[int] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    @property
    def parts(self) -> set[int]:
        return self.own | self.shared


def units_in(snapshot: Snapshot) -> list[Unit]:
    """The units of all annotations of a text. Seven queries, however many there are."""
    kinds = dict(Annotation.objects.filter(snapshot=snapshot).values_list("pk", "kind"))
    claims = Claim.objects.filter(annotation__snapshot=snapshot)
    inside = dict(claims.values_list("pk", "inside"))
    units: dict[int, Unit] = {}
    unit_of: dict[int, Unit] = {}
    for claim in inside:
        top = _outermost(claim, inside)
        unit = units.setdefault(top, Unit(top, set()))
        unit.own.add(claim)
        unit.claims.add(claim)
        unit_of[claim] = unit
    shared = _point_to_words(claims, unit_of, kinds.keys())
    for pk, unit in _supports(snapshot, unit_of, shared).items():
        unit.own.add(pk)
    for _, unit in unit_of.items():
        unit.shared -= unit.own
    _words_of(snapshot, unit_of)
    taken = set().union(*(unit.parts for unit in units.values()))
    for pk in kinds.keys() - taken:
        unit_of[pk] = units[pk] = Unit(pk, {pk})
    told = EventMention.objects.filter(annotation__snapshot=snapshot).exclude(factuality_words="")
    for pk, words in told.values_list("pk", "factuality_words"):
        if pk in units:
            units[pk].words.append(words)
    return [units[key] for key in sorted(units)]


def _outermost(claim: int, inside: dict[int, int | None]) -> int:
    seen = set()
    while (outer := inside.get(claim)) is not None and outer in inside and outer not in seen:
        seen.add(outer)
        claim = outer
    return claim


def _point_to_words(
    claims: "Iterable[Claim]", unit_of: dict[int, Unit], present: Iterable[int]
) -> dict[int, list[Unit]]:
    """Notes the mentions that claims point to; by actor, the units whose claims it speaks in."""
    there = set(present)
    speaks: dict[int, list[Unit]] = defaultdict(list)
    sources = AttributionSource.objects.filter(attribution__claim__in=claims)
    for claim, actor, mention in sources.values_list("attribution__claim", "actor", "mention"):
        speaks[actor].append(unit_of[claim])
        if mention in there:
            unit_of[claim].shared.add(mention)
    whose = Coalesce("claim", "attribution__claim")
    parties = Party.objects.alias(whose=whose).filter(whose__in=claims)
    for claim, mention in parties.values_list(whose, "mention"):
        if mention in there:
            unit_of[claim].shared.add(mention)
    return speaks


def _supports(snapshot: Snapshot, unit_of: dict[int, Unit], speaks: dict[int, list[Unit]]) -> dict[int, Unit]:
    """By supporting annotation, whose it is; reasons of anonymous speakers are shared by their claims."""
    found = {}
    whose = Coalesce(
        *("claim", "link__claim", "source__attribution__claim", "party__claim", "party__attribution__claim")
    )
    for pk, actor, claim in SupportingSpan.objects.filter(annotation__snapshot=snapshot).values_list(
        "pk", "actor", whose
    ):
        if claim in unit_of:
            found[pk] = unit_of[claim]
        for unit in speaks.get(actor, ()):
            unit.shared.add(pk)
    return found


def _words_of(snapshot: Snapshot, unit_of: dict[int, Unit]) -> None:
    numbers = Quantity.objects.filter(claim__annotation__snapshot=snapshot).order_by("pk")
    for claim, words in numbers.values_list("claim", "words"):
        unit_of[claim].words.append(words)
    whose = Coalesce("claim", "attribution__claim")
    parties = Party.objects.exclude(words="").alias(whose=whose).filter(whose__in=list(unit_of))
    for claim, words in parties.order_by("pk").values_list(whose, "words"):
        unit_of[claim].words.append(words)


def sharing(snapshot: Snapshot, mentions: Iterable[int], leaving: set[int]) -> dict[int, set[int]]:
    """By mention, the claims of that text that point to it and do not leave the text with it."""
    found: dict[int, set[int]] = defaultdict(set)
    wanted = list(mentions)
    sources = AttributionSource.objects.filter(
        mention__in=wanted, attribution__claim__annotation__snapshot=snapshot
    )
    parties = Party.objects.filter(mention__in=wanted).annotate(whose=Coalesce("claim", "attribution__claim"))
    staying = Annotation.objects.filter(snapshot=snapshot, kind=Kind.CLAIM).values("pk")
    for mention, claim in [
        *sources.values_list("mention", "attribution__claim"),
        *parties.filter(whose__in=staying).values_list("mention", "whose"),
    ]:
        if claim not in leaving:
            found[mention].add(claim)
    return found
