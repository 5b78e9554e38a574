"""What became of an article's annotations when it was taken again: how many came, and what waits."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from annotator.models import PENDING, PLACED, Annotation, Carrying, CarryingState, Claim, Fate, Kind
from sources.models import Article, Sentence, Snapshot
from sources.text.offsets import Extent
from sources.text.printed import printed
from sources.text.sentence_changes import word_changes
from sources.text.standing import JOINER

MOST_UNITS = 50
"""On one page: each is read by somebody."""
ORDER = (Fate.EXACT, Fate.MOVED, Fate.CHANGED, Fate.ORPHANED)
MOST_PLACES = 30

Pieces = list[tuple[str, str]]
"""(mark, words): "" stands outside the annotation's words, "same" in both texts, "del" or "ins" in one."""


@dataclass
class Part:
    row: Carrying
    annotation: Annotation
    old: Pieces
    new: Pieces
    sentence: int | None
    old_number: int

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
    """A unit that was not carried by itself. `fate` is the worst of its parts'."""

    head: Annotation
    state: str
    claim: Claim | None
    parts: list[Part] = field(default_factory=list)

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


@dataclass(frozen=True)
class Became:
    """`carried` counts annotations, `waiting` units by what they are; `unseen` annotations of earlier texts
    that nobody looked for yet. `units` are the first of those that wait."""

    newest: Snapshot
    carried: int
    by_hand: int
    waiting: Counter[str]
    left: int
    unseen: int
    units: list[Waiting]

    @property
    def still(self) -> int:
        return sum(self.waiting.values())


def pending(article: Article) -> QuerySet[Carrying]:
    """What is noted of annotations that stand, but for withdrawn claims."""
    stands = Annotation.objects.filter(pk=OuterRef("annotation_key"), snapshot=OuterRef("old_snapshot"))
    withdrawn = Claim.objects.filter(pk=OuterRef("unit"), withdrawn_at__isnull=False)
    rows = Carrying.objects.filter(old_snapshot__article=article, state__in=PENDING)
    return rows.filter(Exists(stands)).exclude(Exists(withdrawn))


def waiting_in(article: Article) -> int:
    """How many annotations of earlier texts wait to be confirmed. One query."""
    return pending(article).filter(state=CarryingState.WAITING).count()


def became(article: Article, only: str = "") -> Became | None:
    """None for an article of one text. `only` is a state or a fate of units. Eight queries at most."""
    texts = list(Snapshot.objects.filter(article=article).order_by("number"))
    if len(texts) < 2:
        return None
    settled = Counter(
        Carrying.objects.filter(old_snapshot__article=article, state__in=PLACED).values_list(
            "state", flat=True
        )
    )
    rows: dict[int, list[Carrying]] = defaultdict(list)
    for row in pending(article).order_by("old_snapshot", "unit", "annotation_key"):
        rows[row.unit].append(row)
    fates = {unit: max((row.found for row in held), key=ORDER.index) for unit, held in rows.items()}
    states = {unit: _state(held, unit) for unit, held in rows.items()}
    chosen = [unit for unit in rows if _is(only, states[unit], fates[unit])][:MOST_UNITS]
    noted = pending(article).values("annotation_key")
    unseen = Annotation.objects.filter(snapshot__in=texts[:-1]).exclude(pk__in=noted)
    unseen = unseen.exclude(claim__withdrawn_at__isnull=False)
    return Became(
        newest=texts[-1],
        carried=settled[CarryingState.CARRIED],
        by_hand=settled[CarryingState.CONFIRMED] + settled[CarryingState.CORRECTED],
        waiting=Counter(fates[unit] for unit in rows if states[unit] == CarryingState.WAITING),
        left=sum(state == CarryingState.LEFT for state in states.values()),
        unseen=unseen.count(),
        units=_units([rows[unit] for unit in chosen], texts),
    )


def _state(rows: Iterable[Carrying], unit: int) -> str:
    states = {row.annotation_key: row.state for row in rows}
    return states.get(unit) or next(iter(states.values()))


def _is(only: str, state: str, fate: str) -> bool:
    if only == CarryingState.LEFT:
        return state == only
    return state == CarryingState.WAITING and (not only or fate == only)


def _units(held: list[list[Carrying]], texts: list[Snapshot]) -> list[Waiting]:
    keys = [row.annotation_key for rows in held for row in rows]
    annotations = Annotation.objects.select_related("mention__actor").in_bulk(keys)
    claims = Claim.objects.select_related("type").in_bulk([row.unit for rows in held for row in rows])
    wanted = {row.old_snapshot_id for rows in held for row in rows} | {texts[-1].pk}
    pages = {text.pk: _Page(text) for text in texts if text.pk in wanted}
    new = pages[texts[-1].pk]
    found = []
    for rows in held:
        head = annotations.get(rows[0].unit) or annotations[rows[0].annotation_key]
        unit = Waiting(head, _state(rows, rows[0].unit), claims.get(rows[0].unit))
        for row in sorted(rows, key=lambda one: one.annotation_key != head.pk):
            unit.parts.append(_part(row, annotations[row.annotation_key], pages[row.old_snapshot_id], new))
        found.append(unit)
    return found


class _Page:
    """A text and where its sentences lie."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.text, self.number = snapshot.text, snapshot.number
        cut = Sentence.objects.filter(segmentation=snapshot.current_segmentation_id or 0).order_by("start")
        self.sentences = list(cut.values_list("start", "end", "number"))
        self._starts = [start for start, _, _ in self.sentences]
        self._ends = [end for _, end, _ in self.sentences]

    def around(self, extent: Extent) -> tuple[int, int, int | None]:
        """From where to where the sentences go that it stands in, and the number of the first."""
        first = bisect_right(self._ends, extent.start)
        last = bisect_left(self._starts, extent.end)
        held = self.sentences[first:last]
        if not held:
            return extent.start, extent.end, None
        return min(held[0][0], extent.start), max(held[-1][1], extent.end), held[0][2]


def _part(row: Carrying, annotation: Annotation, old: _Page, new: _Page) -> Part:
    gone, come = _marked(old.text, new.text, row.extent, row.proposed)
    sentence = None
    if row.proposed is not None:
        sentence = new.around(row.proposed)[2]
    return Part(
        row,
        annotation,
        _pieces(old, row.extent, gone),
        _pieces(new, row.proposed, come) if row.proposed is not None else [],
        sentence,
        old.number,
    )


Marks = list[tuple[int, int, str]]


def _marked(old: str, new: str, extent: Extent, proposed: Extent | None) -> tuple[Marks, Marks]:
    """The runs of words of both extents, each with its mark."""
    if proposed is None or len(proposed.stretches) != len(extent.stretches):
        return (
            [(start, end, "same") for start, end in extent.stretches],
            [(start, end, "same") for start, end in (proposed.stretches if proposed else ())],
        )
    gone: Marks = []
    come: Marks = []
    for before, after in zip(extent.stretches, proposed.stretches, strict=True):
        for change in word_changes(old, new, before, after):
            if change.before:
                gone.append((*change.before, "same" if change.kind == "kept" else "del"))
            if change.after:
                come.append((*change.after, "same" if change.kind == "kept" else "ins"))
    return gone, come


def _pieces(page: _Page, extent: Extent, marks: Marks) -> Pieces:
    start, end, _ = page.around(extent)
    pieces, at = [], start
    for first, last, mark in marks:
        if at < first:
            pieces.append(("", page.text[at:first]))
        pieces.append((mark, page.text[first:last]))
        at = last
    if at < end:
        pieces.append(("", page.text[at:end]))
    return pieces


def places_of(snapshot: Snapshot, words: str) -> list[tuple[Extent, str]]:
    """Where words that somebody typed stand in a text, print aside, with the sentence around each; pieces
    that stand apart are joined by " … " and looked for one after the other. At most 30 places."""
    page, text = _Page(snapshot), printed(snapshot.text)
    parts = [piece for one in words.split(JOINER) if (piece := printed(one).words.strip())]
    found: list[tuple[Extent, str]] = []
    at = text.words.find(parts[0]) if parts else -1
    while at >= 0 and len(found) < MOST_PLACES:
        stretches, after = [], at
        for piece in parts:
            after = text.words.find(piece, after)
            if after < 0:
                return found
            stretches.append(text.back(after, after + len(piece)))
            after += len(piece)
        extent = Extent(tuple(stretches))
        start, end, _ = page.around(extent)
        found.append((extent, page.text[start:end]))
        at = text.words.find(parts[0], at + 1)
    return found
