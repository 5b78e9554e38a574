from .actor import Actor, ActorAlias, ActorMention, HowMany, Naming
from .actor_identity import ActorComparison, ActorMerge, ActorResolution, Sameness
from .actor_record import ActorIdentifier, Affiliation, Tie
from .annotation import (
    SUPPORTING,
    Annotation,
    AnnotationSentence,
    Kind,
    MarksUse,
    Origin,
    SupportingSpan,
    Whose,
)
from .attribution import Act, Attribution, AttributionSource, Jointly, LinkBasis, LinkRole
from .batch import Batch, BatchRow
from .carrying import PENDING, PLACED, Carrying, CarryingState, Fate
from .claim import (
    Assessment,
    Basis,
    Claim,
    ClaimTopic,
    Confidence,
    Polarity,
    Qualifier,
    Quantity,
    QuotationType,
    Status,
    Voice,
)
from .claim_words import ClaimWords
from .codebook import Code, CodebookVersion, CodeMerge, Facet
from .discussion import Comment, CommentMention, Discussion, DiscussionState
from .event import Event, EventMention, EventParticipant, Factuality, ParticipantRole
from .event_identity import EventComparison, EventMerge
from .heard import Heard, HeardIn, HeardMark, WorkIn
from .party import Party
from .position import Position, Stand
from .relation import ClaimRelation, ToldApart
from .release import Release, ReleaseState
from .review import Decision, Review
from .saved_search import SavedSearch
from .watch_term import WatchTerm

__all__ = [
    "PENDING",
    "PLACED",
    "SUPPORTING",
    "Act",
    "Actor",
    "ActorAlias",
    "ActorComparison",
    "ActorIdentifier",
    "ActorMention",
    "ActorMerge",
    "ActorResolution",
    "Affiliation",
    "Annotation",
    "AnnotationSentence",
    "Assessment",
    "Attribution",
    "AttributionSource",
    "Basis",
    "Batch",
    "BatchRow",
    "Carrying",
    "CarryingState",
    "Claim",
    "ClaimRelation",
    "ClaimTopic",
    "ClaimWords",
    "Code",
    "CodeMerge",
    "CodebookVersion",
    "Comment",
    "CommentMention",
    "Confidence",
    "Decision",
    "Discussion",
    "DiscussionState",
    "Event",
    "EventComparison",
    "EventMention",
    "EventMerge",
    "EventParticipant",
    "Facet",
    "Factuality",
    "Fate",
    "Heard",
    "HeardIn",
    "HeardMark",
    "HowMany",
    "Jointly",
    "Kind",
    "LinkBasis",
    "LinkRole",
    "MarksUse",
    "Naming",
    "Origin",
    "ParticipantRole",
    "Party",
    "Polarity",
    "Position",
    "Qualifier",
    "Quantity",
    "QuotationType",
    "Release",
    "ReleaseState",
    "Review",
    "Sameness",
    "SavedSearch",
    "Stand",
    "Status",
    "SupportingSpan",
    "Tie",
    "ToldApart",
    "Voice",
    "WatchTerm",
    "Whose",
    "WorkIn",
]
