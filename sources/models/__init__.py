from .account import User
from .article import INCOMPLETE, Article
from .history import Change, acting
from .intake import Intake, IntakeItem, IntakeMethod, IntakeOutcome, IntakeState
from .project import Membership, Project, Role
from .publication import Publication
from .segmentation import Segmentation, Sentence
from .snapshot import Block, BlockRole, Capture, Snapshot
from .text_words import TextWords

__all__ = [
    "INCOMPLETE",
    "Article",
    "Block",
    "BlockRole",
    "Capture",
    "Change",
    "Intake",
    "IntakeItem",
    "IntakeMethod",
    "IntakeOutcome",
    "IntakeState",
    "Membership",
    "Project",
    "Publication",
    "Role",
    "Segmentation",
    "Sentence",
    "Snapshot",
    "TextWords",
    "User",
    "acting",
]
