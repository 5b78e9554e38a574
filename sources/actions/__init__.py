"""Everything that changes the shelf: projects, articles and their texts. One atomic function an act."""

from .articles import (
    EDITABLE,
    AddressTaken,
    StaleArticle,
    StaleBlock,
    edit_article,
    judge_block,
)
from .fetches import agent
from .fingerprints import similarity_of
from .hosts import SharedManners
from .imports import Imported, import_article
from .invitations import (
    NotOpen,
    accept_invitation,
    invitation_of,
    invite,
    revoke_invitation,
)
from .projects import LastManager, create_project, edit_project, remove_member, set_member
from .publications import by_its_address, publication_named
from .recognising import Standing, foresee
from .reprints import (
    NoSuchPair,
    confirm_reprint,
    mark_reprint,
    propose_missing,
    refuse_reprint,
    reopen_reprint,
    unmark_reprint,
)
from .stories import StillOneStory
from .storing import RawFile

__all__ = [
    "EDITABLE",
    "AddressTaken",
    "Imported",
    "LastManager",
    "NoSuchPair",
    "NotOpen",
    "RawFile",
    "SharedManners",
    "StaleArticle",
    "StaleBlock",
    "Standing",
    "StillOneStory",
    "accept_invitation",
    "agent",
    "by_its_address",
    "confirm_reprint",
    "create_project",
    "edit_article",
    "edit_project",
    "foresee",
    "import_article",
    "invitation_of",
    "invite",
    "judge_block",
    "mark_reprint",
    "propose_missing",
    "publication_named",
    "refuse_reprint",
    "remove_member",
    "reopen_reprint",
    "revoke_invitation",
    "set_member",
    "similarity_of",
    "unmark_reprint",
]
