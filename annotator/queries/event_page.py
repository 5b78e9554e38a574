"""What the page of one event shows beside its mentions: the words behind each slot, numbers, claims."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from annotator.models import (
    Claim,
    Event,
    EventMerge,
    EventParticipant,
    Kind,
    Qualifier,
    Quantity,
    SupportingSpan,
)
from sources.models import Article, Role

from .chains import Station, chains_of
from .claim_cards import with_records
from .counting import said_again
from .event_json import participants_of, said_otherwise
from .identities import called
from .independent import Sources, sources_of_articles
from .numbers import grouped, in_figures
from .passages import Passage, passages
from .visibility import seen_by

SLOT_OF = {Kind.CUE: "type", Kind.TIME: "date", Kind.PLACE: "place"}
MOST_CLAIMS = 60


@dataclass(frozen=True)
class Words:
    """Quoted words, where they stand, and the way there."""

    quote: str
    article: Article
    passage: Passage


@dataclass(frozen=True)
class Part:
    participant: EventParticipant
    called: str
    words: Words | None


@dataclass(frozen=True)
class Told:
    """A claim that speaks of the event: whose words, through whom, where; and the number it gives, if any."""

    claim: Claim
    article: Article
    chains: list[list[Station]]
    passage: Passage | None
    number: Quantity | None = None

    @property
    def speakers(self) -> tuple[Station, ...]:
        return tuple(chain[0] for chain in self.chains)

    @property
    def quote(self) -> str:
        return " … ".join(self.claim.annotation.quotes)

    @property
    def figures(self) -> str:
        """The number in figures, with its bound."""
        return in_figures(self.number) if self.number else ""

    @property
    def refuses(self) -> bool:
        return self.claim.negated or self.claim.polarity == "denied"


@dataclass
class Figures:
    """The numbers that are given for one thing, the lowest first, and whose stories they are."""

    what: str
    rows: list[Told]
    sources: Sources | None = None

    @property
    def bounds(self) -> tuple[Quantity, Quantity] | None:
        """Whose least is the greatest and whose greatest the least of the numbers that are asserted.

        What is said to be about so many contradicts nobody.
        """
        said = [row.number for row in self.rows if row.number and not row.refuses]
        said = [number for number in said if number.qualifier != Qualifier.ABOUT]
        lows = [(n.low, n.qualifier == Qualifier.MORE_THAN, n) for n in said if n.low is not None]
        highs = [(n.high, n.qualifier != Qualifier.FEWER_THAN, n) for n in said if n.high is not None]
        if not lows or not highs:
            return None
        return max(lows, key=lambda end: end[:2])[2], min(highs, key=lambda end: end[:2])[2]

    @property
    def disagree(self) -> bool:
        """Whether no number at all fits everybody who asserts one."""
        if self.bounds is None:
            return False
        least, most = self.bounds
        without = least.qualifier == Qualifier.MORE_THAN or most.qualifier == Qualifier.FEWER_THAN
        return least.low > most.high or (without and least.low == most.high)  # type: ignore[operator]

    @property
    def contradiction(self) -> tuple[str, ...]:
        """ "at least 20" and "fewer than 18", where they disagree."""
        if not self.disagree or self.bounds is None:
            return ()
        least, most = self.bounds
        without = (least.qualifier == Qualifier.MORE_THAN, most.qualifier == Qualifier.FEWER_THAN)
        return (
            f"{'more than' if without[0] else 'at least'} {grouped(least.low)}",
            f"{'fewer than' if without[1] else 'at most'} {grouped(most.high)}",
        )

    @property
    def bars(self) -> list[tuple[Told, Decimal, Decimal]]:
        """Each row with start and width of its bar, in hundredths of the greatest number; 0 wide where no
        number is given."""
        ends = [end for row in self.rows if row.number for end in (row.number.low, row.number.high) if end]
        most = max(ends, default=Decimal(1))
        made = []
        for row in self.rows:
            low = (row.number and row.number.low) or Decimal(0)
            high = row.number.high if row.number and row.number.high is not None else most
            start, width = 100 * low / most, 100 * (high - low) / most
            start = min(max(start, Decimal(0)), Decimal("98.5"))
            given = row.number and (row.number.low is not None or row.number.high is not None)
            width = max(width, Decimal("1.5")) if given else Decimal(0)
            made.append((row, round(start, 1), round(width, 1)))
        return made


def slots_and_parts(event: Event) -> tuple[dict[str, list[Words]], list[Part]]:
    """The words that type, date and place were read from, and who took part with theirs. Words from which
    several that are one event now were read stand once. Four queries at most."""
    spans = list(
        SupportingSpan.objects.filter(event__survivor_key=event.pk)
        .select_related("annotation__snapshot__article__publication")
        .defer("annotation__snapshot__text")
        .order_by("annotation__snapshot__article__published_min", "pk")
    )
    parts = participants_of(
        [event],
        "mention__annotation__snapshot__article__publication",
        without=["mention__annotation__snapshot__text"],
    )
    names = called(one.actor.survivor for one in parts)
    keys = [span.pk for span in spans] + [one.mention_id for one in parts if one.mention_id]
    found = passages(keys)
    slots = defaultdict(list)
    told = set()
    for span in spans:
        words = span.annotation
        same = (words.kind, words.snapshot_id, words.extent)
        if span.pk in found and same not in told:
            slots[SLOT_OF[Kind(words.kind)]].append(_words(words, found[span.pk]))
            told.add(same)
    return slots, [Part(one, names[one.actor.survivor.pk], _mention(one, found)) for one in parts]


def _words(annotation, passage: Passage) -> Words:  # type: ignore[no-untyped-def]
    return Words(" … ".join(annotation.quotes), annotation.snapshot.article, passage)


def _mention(one: EventParticipant, found: dict[int, Passage]) -> Words | None:
    passage = found.get(one.mention_id or 0)
    return _words(one.mention.annotation, passage) if one.mention and passage else None


def sources_of_event(mentions: Iterable[Article], figures: Iterable[Figures]) -> Sources | None:
    """Who has the event from whom, of the articles that mention it; each thing's numbers are told whose
    articles they are from. One query; None where nobody mentions it."""
    told = list(figures)
    found = sources_of_articles(
        [[article.pk for article in mentions], *([row.article.pk for row in one.rows] for one in told)]
    )
    for one, sources in zip(told, found[1:], strict=True):
        one.sources = sources
    return found[0] if found[0].articles else None


def claims_about(event: Event, role: Role | None) -> QuerySet[Claim]:
    """Claims that stand, give a number for it or share words with a mention of it, and may be seen; each
    once where its text says it again in a pull quote or a title."""
    sharing = RawSQL(
        "SELECT n.id FROM annotator_event e JOIN annotator_eventmention m ON m.event_id = e.id"
        " JOIN annotator_annotation x ON x.id = m.annotation_id"
        " JOIN annotator_annotation n ON n.snapshot_id = x.snapshot_id AND n.kind = 'claim'"
        " AND n.extent && x.extent WHERE e.survivor_key = %s",
        [event.pk],
    )
    counting = Quantity.objects.filter(event__survivor_key=event.pk).values("claim")
    return Claim.objects.filter(
        Q(pk__in=sharing) | Q(pk__in=counting),
        ~said_again(event.project_id),
        seen_by(role),
        project=event.project_id,
        withdrawn_at=None,
    )


def told_of(event: Event, role: Role | None) -> tuple[list[Figures], list[Told]]:
    """The numbers side by side, and the claims that give none. Five queries, whatever their number."""
    claims = list(with_records(claims_about(event, role)).order_by("pk")[: 2 * MOST_CLAIMS])
    chains = chains_of(claims, for_readers=role is None)
    found = passages(claim.pk for claim in claims)
    told = {
        claim.pk: Told(claim, claim.annotation.snapshot.article, chains[claim.pk], found.get(claim.pk))
        for claim in claims
    }
    numbers = Quantity.objects.filter(event__survivor_key=event.pk, claim__in=list(told)).order_by("pk")
    figures: dict[str, list[Told]] = defaultdict(list)
    for number in numbers:
        one = told[number.claim_id]
        row = Told(one.claim, one.article, one.chains, one.passage, number)
        figures[" ".join(number.what.casefold().split())].append(row)
    counted = {row.claim.pk for rows in figures.values() for row in rows}
    grouped = [
        Figures(rows[0].number.what if rows[0].number else what, _by_number(rows))
        for what, rows in figures.items()
    ]
    return grouped, [one for key, one in told.items() if key not in counted][:MOST_CLAIMS]


def _by_number(rows: Iterable[Told]) -> list[Told]:
    def size(row: Told) -> Decimal:
        number = row.number
        return (number.low if number.low is not None else number.high or Decimal(0)) if number else Decimal(0)

    return sorted(rows, key=size)


def merges_into(event: Event) -> list[tuple[EventMerge, list[Part]]]:
    """The merges in force that made other events this one, the latest first, with how the merged one says
    that somebody took part who did otherwise for this one. Three queries at most."""
    merges = list(
        EventMerge.objects.filter(Q(merged__merged_into=event.pk), undone_at=None, project=event.project_id)
        .select_related("merged__type", "survivor", "by")
        .order_by("-pk")
    )
    parts = said_otherwise(event) if merges else []
    names = called(one.actor.survivor for one in parts)
    otherwise = defaultdict(list)
    for one in parts:
        otherwise[one.event_id].append(Part(one, names[one.actor.survivor.pk], None))
    return [(merge, otherwise[merge.merged_id]) for merge in merges]
