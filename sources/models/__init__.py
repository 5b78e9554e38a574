from .account import User
from .article import INCOMPLETE, Article
from .history import Change, acting
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
