from .actor import Actor, ActorAlias, ActorMention, Naming
from .annotation import SUPPORTING, Annotation, AnnotationSentence, Kind, Origin, SupportingSpan
from .attribution import Act, Attribution, AttributionSource, Jointly, LinkBasis, LinkRole
from .claim import Basis, Claim, ClaimTopic, Polarity, Quantity, QuotationType, Status, Voice
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
    "Attribution",
    "AttributionSource",
    "Basis",
    "Claim",
    "ClaimRelation",
    "ClaimTopic",
    "Code",
    "CodeMerge",
    "CodebookVersion",
    "Decision",
    "Event",
    "EventMention",
    "EventParticipant",
    "Facet",
    "Jointly",
    "Kind",
    "LinkBasis",
    "LinkRole",
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
]
