from .account import User
from .article import INCOMPLETE, Article
from .backup import BackupTaken
from .column_mapping import ColumnMapping
from .fingerprint import ArticleAddress, Fingerprint
from .history import Change, acting
from .host import Host, RulesFound, SiteRules
from .intake import Intake, IntakeItem, IntakeMethod, IntakeOutcome, IntakeState
from .invitation import Acceptance, Invitation
from .project import Membership, Project, Role
from .publication import Publication
from .reprint import LikelyKind, LikelyReprint, LikelyState
from .segmentation import Segmentation, Sentence
from .snapshot import Block, BlockRole, Capture, Snapshot
from .text_words import TextWords
from .token import ApiToken, Scope

__all__ = [
    "INCOMPLETE",
    "Acceptance",
    "ApiToken",
    "Article",
    "ArticleAddress",
    "BackupTaken",
    "Block",
    "BlockRole",
    "Capture",
    "Change",
    "ColumnMapping",
    "Fingerprint",
    "Host",
    "Intake",
    "IntakeItem",
    "IntakeMethod",
    "IntakeOutcome",
    "IntakeState",
    "Invitation",
    "LikelyKind",
    "LikelyReprint",
    "LikelyState",
    "Membership",
    "Project",
    "Publication",
    "Role",
    "RulesFound",
    "Scope",
    "Segmentation",
    "Sentence",
    "SiteRules",
    "Snapshot",
    "TextWords",
    "User",
    "acting",
]
