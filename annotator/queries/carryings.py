"""What became of an article's annotations when it was taken again: how many came, and what waits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from annotator.models import PENDING, PLACED, Annotation, Carrying, CarryingState, Claim, Fate, Kind
from sources.models import Article, Snapshot
from sources.text.offsets import Extent
from sources.text.standing import line_of

from .carrying_sides import Page, Pieces, marked, pieces_of
from .carrying_units import Said, Unit, missing, token, units_in

MOST_UNITS = 50
"""On one page: each is read by somebody."""
ORDER = (Fate.EXACT, Fate.MOVED, Fate.CHANGED, Fate.ORPHANED)


@dataclass
class Part:
    """`typed`, `selected`, `choices`, `picked` and `off` are what a form that was refused said of it: words,
    where they were selected, the places where they stand, the one of these, and whether it is to be taken
    off."""

    row: Carrying
    annotation: Annotation
    old: Pieces
    new: Pieces
    sentence: int | None
    old_number: int
    typed: str = ""
    selected: str = ""
    choices: list[tuple[Extent, str]] = field(default_factory=list)
    picked: str = ""
    off: bool = False

    @property
    def name(self) -> str:
        """What the annotation is, in words."""
        if self.annotation.kind == Kind.ACTOR:
            return f"mention of {self.annotation.mention.actor.name}"
        return str(Kind(self.annotation.kind).label).lower()

    @property
    def per_cent(self) -> int:
        return round(100 * self.row.score)

    @property
    def is_exact(self) -> bool:
        return self.row.found == Fate.EXACT


@dataclass
class Waiting:
    """A unit that was not carried by itself. `fate` is the worst of its parts'; `missing` is what of its
    words the new text does not have, `off` the keys of those that a refused form took off; `seen` its
    token."""

    head: Annotation
    state: str
    claim: Claim | None
    seen: str
    missing: list[Said]
    parts: list[Part] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        return Fate(max((part.row.found for part in self.parts), key=ORDER.index))

    @property
    def others_exact(self) -> int:
        return sum(part.is_exact for part in self.parts)

    @property
    def told(self) -> list[Part]:
        """The parts on which there is something to decide."""
        return [part for part in self.parts if not part.is_exact]

    @property
    def can_be_confirmed(self) -> bool:
        return all(part.row.proposed is not None for part in self.parts)

    @property
    def is_plain(self) -> bool:
        """Whether there is one place for each part and nothing to take off, so that it is confirmed with
        others."""
        return self.can_be_confirmed and not self.missing and all(p.row.places == 1 for p in self.parts)


@dataclass(frozen=True)
class Became:
    """`carried` counts annotations, `waiting` units by what they are, `waiting_parts` the annotations that
    are in them; `unseen` annotations of earlier texts that nobody looked for yet. `units` are the first of
    those that wait."""

    newest: Snapshot
    carried: int
    by_hand: int
    waiting: Counter[str]
    waiting_parts: int
    left: int
    unseen: int
    units: list[Waiting]

    @property
    def plain(self) -> list[Waiting]:
        return [unit for unit in self.units if unit.is_plain]

    @property
    def still(self) -> int:
        return sum(self.waiting.values())


def _pending(article: Article) -> QuerySet[Carrying]:
    """What is noted of annotations that stand."""
    stands = Annotation.objects.filter(pk=OuterRef("annotation_key"), snapshot=OuterRef("old_snapshot"))
    return Carrying.objects.filter(Exists(stands), old_snapshot__article=article, state__in=PENDING)


def waiting_in(article: Article) -> int:
    """How many annotations of earlier texts wait to be confirmed, but for those of claims that were all
    withdrawn. One query."""
    waiting = _pending(article).filter(state=CarryingState.WAITING)
    withdrawn = Claim.objects.filter(pk=OuterRef("unit"), withdrawn_at__isnull=False)
    standing = Claim.objects.filter(pk=OuterRef("annotation_key"), withdrawn_at__isnull=True)
    with_it = Carrying.objects.filter(Exists(standing), unit=OuterRef("unit"), state__in=PENDING)
    return waiting.exclude(Exists(withdrawn) & ~Exists(with_it)).count()


def became(article: Article, only: str = "") -> Became | None:
    """None for an article of one text. `only` is a state or a fate of units. Fifteen queries for two texts,
    one more for each further text on which some wait."""
    texts = list(Snapshot.objects.filter(article=article).order_by("number"))
    if len(texts) < 2:
        return None
    settled = Counter(
        Carrying.objects.filter(old_snapshot__article=article, state__in=PLACED).values_list(
            "state", flat=True
        )
    )
    rows = {row.annotation_key: row for row in _pending(article).filter(new_snapshot=texts[-1])}
    units = [unit for unit in units_in(*texts[:-1]) if unit.stands]
    fates: dict[int, Fate] = {}
    states: dict[int, str] = {}
    for unit in units:
        if unit.own & rows.keys():
            held = _held(unit, rows)
            fates[unit.key] = Fate(max((row.found for row in held), key=ORDER.index))
            states[unit.key] = held[0].state
    looked = sorted((unit for unit in units if unit.key in fates), key=lambda one: _order(one, rows))
    shown = [unit for unit in looked if _is(only, states[unit.key], fates[unit.key])][:MOST_UNITS]
    parts = {key for unit in units for key in unit.parts}
    wait = [unit for unit in looked if states[unit.key] == CarryingState.WAITING]
    return Became(
        newest=texts[-1],
        carried=settled[CarryingState.CARRIED],
        by_hand=settled[CarryingState.CONFIRMED] + settled[CarryingState.CORRECTED],
        waiting=Counter(fates[unit.key] for unit in wait),
        waiting_parts=len({key for unit in wait for key in unit.parts & rows.keys() if _waits(rows[key])}),
        left=sum(state == CarryingState.LEFT for state in states.values()),
        unseen=len(parts - rows.keys()),
        units=_units(shown, rows, texts),
    )


def _held(unit: Unit, rows: Mapping[int, Carrying]) -> list[Carrying]:
    """What is noted of its parts: of what heads it first, then of its own, then of what others share."""
    keys = sorted(unit.parts & rows.keys(), key=lambda key: (key != unit.key, key not in unit.own, key))
    return [rows[key] for key in keys]


def _waits(row: Carrying) -> bool:
    return row.state == CarryingState.WAITING


def _order(unit: Unit, rows: Mapping[int, Carrying]) -> tuple[int, int]:
    return _held(unit, rows)[0].old_snapshot_id, unit.key


def _is(only: str, state: str, fate: str) -> bool:
    if only == CarryingState.LEFT:
        return state == only
    return state == CarryingState.WAITING and (not only or fate == only)


def _units(shown: list[Unit], rows: Mapping[int, Carrying], texts: list[Snapshot]) -> list[Waiting]:
    held = {unit.key: _held(unit, rows) for unit in shown}
    keys = {row.annotation_key for noted in held.values() for row in noted} | held.keys()
    annotations = Annotation.objects.select_related("mention__actor").in_bulk(keys)
    claims = Claim.objects.select_related("type").in_bulk(held.keys())
    wanted = {row.old_snapshot_id for noted in held.values() for row in noted} | {texts[-1].pk}
    pages = {text.pk: Page(text) for text in texts if text.pk in wanted}
    new, line = pages[texts[-1].pk], line_of(texts[-1].text)
    found = []
    for unit in shown:
        noted = held[unit.key]
        head, claim = annotations[unit.key], claims.get(unit.key)
        waiting = Waiting(head, noted[0].state, claim, token(unit, rows), missing(unit, line))
        for row in noted:
            old = pages[row.old_snapshot_id]
            waiting.parts.append(_part(row, annotations[row.annotation_key], old, new))
        found.append(waiting)
    return found


def _part(row: Carrying, annotation: Annotation, old: Page, new: Page) -> Part:
    gone, come = marked(old.text, new.text, row.extent, row.proposed)
    sentence = None
    if row.proposed is not None:
        sentence = new.around(row.proposed)[2]
    return Part(
        row,
        annotation,
        pieces_of(old, row.extent, gone),
        pieces_of(new, row.proposed, come) if row.proposed is not None else [],
        sentence,
        old.number,
    )
