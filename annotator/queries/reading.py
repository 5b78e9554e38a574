"""The reading room's text: its sentences, parts and outline; and which marks a visitor sees in it."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import Actor, Annotation, Event, EventMention, Status
from sources.models import Article, Block, BlockRole, Project, Role, Sentence, Snapshot
from sources.text.direction import direction_of_block, direction_of_language

from .annotation_json import Json
from .articles import article_of
from .speakers import anonymous_in
from .texts import text_opened
from .visibility import seen_by


@dataclass(frozen=True, slots=True)
class SentenceView:
    """`text` is the exact slice; `gap` what stands between it and the sentence before, in the same block."""

    n: int
    start: int
    text: str
    gap: str


@dataclass(frozen=True)
class BlockView:
    role: str
    role_in_words: str
    masked: bool
    reason: str
    sentences: list[SentenceView]
    position: int
    version: int
    direction: str = ""
    """ "ltr" or "rtl" where the block runs otherwise than its text."""

    @property
    def told(self) -> Json | None:
        """What the page cannot see of the block's judgement in the text itself."""
        if self.version == 1 and not self.reason:
            return None
        return {"position": self.position, "reason": self.reason, "version": self.version}

    @property
    def first(self) -> SentenceView:
        return self.sentences[0]


@dataclass(frozen=True)
class Fold:
    """Blocks in a row that are shown alike: masked ones behind one line, the others as they stand."""

    masked: bool
    blocks: list[BlockView]

    @property
    def lines(self) -> int:
        return len(self.blocks)

    @property
    def what(self) -> str:
        """ "boilerplate (an advertisement), byline (names the writers)": each said once, in order."""
        reasons: dict[str, dict[str, None]] = {}
        for block in self.blocks:
            reasons.setdefault(block.role_in_words.lower(), {})[block.reason] = None
        said = {role: "; ".join(filter(None, why)) for role, why in reasons.items()}
        return ", ".join(f"{role} ({why})" if why else role for role, why in said.items())

    @property
    def masked_in_short(self) -> str:
        """ "masked: boilerplate, byline"."""
        roles = dict.fromkeys(block.role_in_words.lower() for block in self.blocks)
        return f"masked: {', '.join(roles)}"


@dataclass(frozen=True)
class OutlineEntry:
    sentence: int
    start: int
    words: str
    masked: bool = False


@dataclass
class Room:
    """One article's text as the room shows it. `overlay` lists, as [start, text], what a browser would
    not rebuild from the sentences and blanks alone (line ends between blocks, carriage returns)."""

    article: Article
    snapshot: Snapshot
    blocks: list[BlockView]
    overlay: list[list[object]] = field(default_factory=list)
    texts: range = range(1, 2)  # the numbers of the article's captured texts

    @property
    def direction(self) -> str:
        return direction_of_language(self.article.language)

    @property
    def folds(self) -> list[Fold]:
        return [Fold(masked, list(blocks)) for masked, blocks in groupby(self.blocks, lambda b: b.masked)]

    @property
    def has_headline(self) -> bool:
        return any(block.role == BlockRole.HEADLINE and not block.masked for block in self.blocks)

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The headings, or every paragraph's beginning where a text has none."""
        titles = (BlockRole.HEADLINE, BlockRole.HEADING)
        headed = sum(block.role in titles for block in self.blocks) > 2
        entries = []
        for fold in self.folds:
            first = fold.blocks[0].first
            if fold.masked:
                entries.append(OutlineEntry(first.n, first.start, fold.masked_in_short, masked=True))
                continue
            wanted = titles if headed else (*titles, BlockRole.PARAGRAPH)
            entries += [
                OutlineEntry(block.first.n, block.first.start, block.first.text[:80])
                for block in fold.blocks
                if block.role in wanted
            ]
        return entries


def room_of(project: Project, uuid: UUID, text_number: str = "") -> Room | None:
    """The article's text of that number, else the one that is worked on, in four queries; None when the
    project has no such article or the article no such text."""
    article = article_of(project, uuid)
    snapshot = article and text_opened(article, text_number)
    if not article or not snapshot:
        return None
    article.project = project  # at hand: nobody has to ask for it again
    sentences = Sentence.objects.filter(segmentation=snapshot.current_segmentation_id).order_by("number")
    places = sentences.values_list("number", "start", "end", "block")
    room = Room(article, snapshot, [], texts=range(1, vars(snapshot)["newest"] + 1))
    views: dict[int, list[SentenceView]] = {}
    text, end = snapshot.text, 0
    for number, start, stop, block in places:
        gap = text[end:start]
        same_block = block in views
        views.setdefault(block, []).append(
            SentenceView(number, start, text[start:stop], gap if same_block else "")
        )
        if gap.strip(" "):
            room.overlay.append([end, gap])
        room.overlay += [[start + i, "\r"] for i, c in enumerate(text[start:stop]) if c == "\r"]
        end = stop
    if text[end:].strip(" "):
        room.overlay.append([end, text[end:]])
    blocks = Block.objects.filter(snapshot=snapshot).order_by("position")
    line = room.direction
    for b in blocks:
        if (found := views.get(b.pk)) is None:
            continue
        way = direction_of_block("".join(sentence.text for sentence in found), line)
        judged = (b.role, BlockRole(b.role).label, b.masked, b.reason, found, b.position, b.version)
        room.blocks.append(BlockView(*judged, direction="" if way == line else way))
    return room


TO_CLAIM = ("link__claim", "source__attribution__claim", "party__attribution__claim", "party__claim", "claim")
"""The ways from supporting words to the claim they belong to."""


def marked_in(snapshot: Snapshot, role: Role | None = None) -> QuerySet[Annotation]:
    """Every annotation that stands: withdrawn claims and the cues of such claims are left out; for a visitor
    who is no member, drafts as well. The words of an event's slots stand as long as the text mentions it."""
    mentioned = EventMention.objects.filter(
        event__survivor_key=OuterRef("support__event__survivor_key"),
        annotation__snapshot=OuterRef("snapshot"),
    )
    hidden = Q(support__event__isnull=False) & Q(~Exists(mentioned))
    for claim in ("claim", *(f"support__{way}" for way in TO_CLAIM)):
        hidden |= Q(**{f"{claim}__withdrawn_at__isnull": False})
        if role is None:
            hidden |= Q(**{f"{claim}__status": Status.DRAFT})
    return Annotation.objects.filter(snapshot=snapshot).exclude(
        pk__in=Annotation.objects.filter(hidden, snapshot=snapshot).values("pk")
    )


def actors_in(snapshot: Snapshot, role: Role | None = None) -> QuerySet[Actor]:
    """Who is mentioned, speaks or is spoken to or meant in this text, and its anonymous speakers;
    of claims, those that a visitor of that role sees."""
    return Actor.objects.filter(
        Q(pk__in=Actor.objects.filter(mentions__annotation__snapshot=snapshot).values("survivor"))
        | Q(
            pk__in=Actor.objects.filter(
                seen_by(role, "attributions__attribution__claim"),
                attributions__attribution__claim__annotation__snapshot=snapshot,
            ).values("survivor")
        )
        | Q(
            pk__in=Actor.objects.filter(
                seen_by(role, "parties__attribution__claim"),
                parties__attribution__claim__annotation__snapshot=snapshot,
            ).values("survivor")
        )
        | Q(
            pk__in=Actor.objects.filter(
                seen_by(role, "parties__claim"), parties__claim__annotation__snapshot=snapshot
            ).values("survivor")
        )
        | Q(pk__in=anonymous_in(snapshot.article_id, role).values("pk")),
        merged_into=None,
    )


def events_in(snapshot: Snapshot) -> QuerySet[Event]:
    return Event.objects.filter(
        pk__in=Event.objects.filter(mentions__annotation__snapshot=snapshot).values("survivor_key")
    )
