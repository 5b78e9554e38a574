"""The tables of the dataset, in the order in which they are written."""

from .attributions import AttributionRow, ClaimSpeakerRow
from .claims import ClaimRow
from .columns import LIST_SEPARATOR, Column, Table
from .evidence import (
    ActorNameRow,
    ActorRow,
    AffiliationRow,
    AnnotationRow,
    ArticleRow,
    EventMentionRow,
    EventParticipantRow,
    EventRow,
    SentenceRow,
    SnapshotRow,
)
from .outlets import OutletRow
from .parties import AddresseeRow, TargetRow
from .positions import PositionRow
from .quantities import QuantityRow
from .relations import RelationRow
from .reviews import ReviewRow

TABLES = (
    Table("claims", "One row a claim: what was said, by whom, where it stands.", ClaimRow, ("claim_id",)),
    Table(
        "claim_speakers",
        "One row for each actor of each link of each claim's chain.",
        ClaimSpeakerRow,
        ("attribution_id", "actor_id"),
    ),
    Table(
        "attributions",
        "One row for each link of each claim's chain.",
        AttributionRow,
        ("attribution_id",),
    ),
    Table(
        "addressees",
        "One row for each whom somebody in a link speaks to, named or only described.",
        AddresseeRow,
        ("attribution_id", "position"),
    ),
    Table(
        "targets",
        "One row for each whom a claim blames, accuses or credits, named or only described.",
        TargetRow,
        ("claim_id", "position"),
    ),
    Table("quantities", "Numbers as the claims give them.", QuantityRow, ("quantity_id",)),
    Table(
        "positions",
        "Where the claims stand on the concepts of the codebook.",
        PositionRow,
        ("claim_id", "concept"),
    ),
    Table(
        "annotations",
        "Every stretch of text that a row of this dataset was read from.",
        AnnotationRow,
        ("annotation_id",),
    ),
    Table("sentences", "The sentences those stretches stand in.", SentenceRow, ("sentence_id",)),
    Table("snapshots", "The captured texts the sentences come from.", SnapshotRow, ("snapshot_id",)),
    Table("articles", "The articles, as bibliographic records.", ArticleRow, ("article_id",)),
    Table(
        "outlets",
        "The outlets those articles were read in or taken from, and what was merged into them.",
        OutletRow,
        ("outlet_id",),
    ),
    Table("actors", "People, groups and bodies that speak or are spoken of.", ActorRow, ("actor_id",)),
    Table(
        "actor_names",
        "Every name of every actor, with its language and script.",
        ActorNameRow,
        ("actor_id", "name"),
    ),
    Table("affiliations", "What actors belong to, since when.", AffiliationRow, ("affiliation_id",)),
    Table("events", "What happened, as the texts tell it.", EventRow, ("event_id",)),
    Table(
        "event_mentions",
        "As what each mention of an event tells it.",
        EventMentionRow,
        ("annotation_id",),
    ),
    Table(
        "event_participants",
        "One row for each part that an actor had in an event.",
        EventParticipantRow,
        ("participant_id",),
    ),
    Table("relations", "What one claim does to another.", RelationRow, ("relation_id",)),
    Table("reviews", "Every decision on a claim.", ReviewRow, ("review_id",)),
)
TABLE = {table.name: table for table in TABLES}

__all__ = ["LIST_SEPARATOR", "TABLE", "TABLES", "Column", "Table"]
