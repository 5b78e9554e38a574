from .account import User
from .article import Article
from .history import Change, acting
from .project import Membership, Project, Role
from .publication import Publication
from .segmentation import Segmentation, Sentence
from .snapshot import Block, BlockRole, Capture, Snapshot

__all__ = [
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
    "User",
    "acting",
]
