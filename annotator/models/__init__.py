from .actor import Actor, ActorAlias, ActorMention, Naming
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
from .claim import (
    Assessment,
    Basis,
    Claim,
    ClaimTopic,
    Confidence,
    Polarity,
    Quantity,
    QuotationType,
    Status,
    Voice,
)
from .codebook import Code, CodebookVersion, CodeMerge, Facet
from .event import Event, EventMention, EventParticipant, ParticipantRole
from .position import Position, Stand
from .relation import ClaimRelation
from .release import Release, ReleaseState
from .review import Decision, Review
from .watch_term import WatchTerm

__all__ = [
    "SUPPORTING",
    "Act",
    "Actor",
    "ActorAlias",
    "ActorMention",
    "Annotation",
    "AnnotationSentence",
    "Assessment",
    "Attribution",
    "AttributionSource",
    "Basis",
    "Claim",
    "ClaimRelation",
    "ClaimTopic",
    "Code",
    "CodeMerge",
    "CodebookVersion",
    "Confidence",
    "Decision",
    "Event",
    "EventMention",
    "EventParticipant",
    "Facet",
    "Jointly",
    "Kind",
    "LinkBasis",
    "LinkRole",
    "MarksUse",
    "Naming",
    "Origin",
    "ParticipantRole",
    "Polarity",
    "Position",
    "Quantity",
    "QuotationType",
    "Release",
    "ReleaseState",
    "Review",
    "Stand",
    "Status",
    "SupportingSpan",
    "Voice",
    "WatchTerm",
    "Whose",
]
