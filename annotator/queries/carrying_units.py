"""What of a text is carried to another one together: a claim and all that hangs on it, or a mention alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models.functions import Coalesce

from annotator.models import (
    Annotation,
    AttributionSource,
    Carrying,
    Claim,
    EventMention,
    Kind,
    Party,
    Quantity,
    SupportingSpan,
)
from sources.models import Snapshot
from sources.text.standing import stand


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a claim or a telling of an event has besides its parts: of a number, of somebody it speaks
    to or of, of how an event is told. `key` names its row, `name` says what it is. Not all `may_go`: somebody
    known by these words alone is taken off where the claim is edited."""

    key: str
    owner: int
    words: str
    name: str
    may_go: bool = True


@dataclass
class Unit:
    """`key` is the annotation's key of the outermost claim, or of the one annotation that it is. `own` are
    its annotations' keys; `shared` those of mentions and reasons that other units may point to as well.
    `holders` tell whose claim's an own part is; `standing` are the claims that were not withdrawn. `words`
    have to stand in the text."""

    key: int
    own: set[int]
    shared: set[int] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    standing: set[int] = field(default_factory=set)
    holders: dict[int, int] = field(default_factory=dict)
    words: list[Said] = field(default_factory=list)

    @property
    def parts(self) -> set[int]:
        return self.own | self.shared

    @property
    def stands(self) -> bool:
        """Whether anything of it was not withdrawn."""
        return bool(self.standing) or not self.claims


def missing(unit: Unit, line: str) -> list[Said]:
    """What of its words does not stand in a text, which is laid on a line."""
    return [said for said in unit.words if not stand(line, said.words)]


def token(unit: Unit, rows: Mapping[int, Carrying]) -> str:
    """What a form shows of a unit and what is noted of its parts: another one when any of it is another. A
    noted row never changes in what it found and where."""
    noted = sorted(rows[key].pk for key in unit.parts if key in rows)
    words = sorted((said.key, said.words) for said in unit.words)
    return sha256(repr((noted, words)).encode()).hexdigest()[:32]


def units_in(*texts: Snapshot) -> list[Unit]:
    """The units of all annotations of these texts, each within one text: what stands on another goes by
    itself. Eight queries, however many there are."""
    text_of = dict(Annotation.objects.filter(snapshot__in=texts).values_list("pk", "snapshot"))
    claims = Claim.objects.filter(annotation__snapshot__in=texts)
    inside, withdrawn = {}, set()
    for claim, outer, when in claims.values_list("pk", "inside", "withdrawn_at"):
        inside[claim] = outer if outer and text_of.get(outer) == text_of.get(claim) else None
        if when is not None:
            withdrawn.add(claim)
    units: dict[int, Unit] = {}
    unit_of: dict[int, Unit] = {}
    for claim in inside:
        top = _outermost(claim, inside)
        unit = units.setdefault(top, Unit(top, set()))
        unit.own.add(claim)
        unit.claims.add(claim)
        if claim not in withdrawn:
            unit.standing.add(claim)
        unit_of[claim] = unit
    speaks = _point_to_words(claims, unit_of)
    for pk, claim in _supports(texts, unit_of, speaks).items():
        if text_of.get(pk) == text_of.get(claim):
            unit_of[claim].own.add(pk)
            unit_of[claim].holders[pk] = claim
    for unit in units.values():
        here = text_of.get(unit.key)
        unit.shared = {key for key in unit.shared - unit.own if text_of.get(key) == here}
    _words_of(texts, unit_of)
    taken = set().union(*(unit.parts for unit in units.values()))
    for pk in text_of.keys() - taken:
        unit_of[pk] = units[pk] = Unit(pk, {pk})
    told = EventMention.objects.filter(annotation__snapshot__in=texts).exclude(factuality_words="")
    for pk, words in told.values_list("pk", "factuality_words"):
        if pk in units:
            name = f"the words “{words}” for how it tells the event"
            units[pk].words.append(Said(f"event-{pk}", pk, words, name))
    return [units[key] for key in sorted(units)]


def _outermost(claim: int, inside: dict[int, int | None]) -> int:
    seen = set()
    while (outer := inside.get(claim)) is not None and outer in inside and outer not in seen:
        seen.add(outer)
        claim = outer
    return claim


def _point_to_words(claims: "Iterable[Claim]", unit_of: dict[int, Unit]) -> dict[int, list[Unit]]:
    """Notes the mentions that claims point to; by actor, the units whose claims it speaks in."""
    speaks: dict[int, list[Unit]] = defaultdict(list)
    sources = AttributionSource.objects.filter(attribution__claim__in=claims)
    for claim, actor, mention in sources.values_list("attribution__claim", "actor", "mention"):
        speaks[actor].append(unit_of[claim])
        if mention is not None:
            unit_of[claim].shared.add(mention)
    whose = Coalesce("claim", "attribution__claim")
    parties = Party.objects.alias(whose=whose).filter(whose__in=claims)
    for claim, mention in parties.values_list(whose, "mention"):
        if mention is not None:
            unit_of[claim].shared.add(mention)
    return speaks


def _supports(
    texts: Iterable[Snapshot], unit_of: dict[int, Unit], speaks: dict[int, list[Unit]]
) -> dict[int, int]:
    """By supporting annotation, whose claim's it is; reasons of anonymous speakers are shared by their
    claims."""
    found = {}
    whose = Coalesce(
        *("claim", "link__claim", "source__attribution__claim", "party__claim", "party__attribution__claim")
    )
    for pk, actor, claim in SupportingSpan.objects.filter(annotation__snapshot__in=texts).values_list(
        "pk", "actor", whose
    ):
        if claim in unit_of:
            found[pk] = claim
        for unit in speaks.get(actor, ()):
            unit.shared.add(pk)
    return found


def _words_of(texts: Iterable[Snapshot], unit_of: dict[int, Unit]) -> None:
    numbers = Quantity.objects.filter(claim__annotation__snapshot__in=texts).order_by("pk")
    for pk, claim, words in numbers.values_list("pk", "claim", "words"):
        unit_of[claim].words.append(Said(f"number-{pk}", claim, words, f"the number “{words}”"))
    whose = Coalesce("claim", "attribution__claim")
    parties = Party.objects.exclude(words="").alias(whose=whose).filter(whose__in=list(unit_of))
    for pk, claim, words, who in parties.order_by("pk").values_list("pk", whose, "words", "actor__name"):
        name = f"the words “{words}” for {who}" if who else f"“{words}”, whom it speaks to or of"
        unit_of[claim].words.append(Said(f"party-{pk}", claim, words, name, who is not None))


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
