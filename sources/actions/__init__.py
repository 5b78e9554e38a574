"""Everything that changes the shelf: projects, articles and their texts. One atomic function an act."""

from .articles import (
    EDITABLE,
    AddressTaken,
    StaleArticle,
    StaleBlock,
    edit_article,
    judge_block,
    mark_reprint,
)
from .imports import Imported, RawFile, import_article
from .projects import LastManager, create_project, edit_project, set_member
from .publications import publication_named

__all__ = [
    "EDITABLE",
    "AddressTaken",
    "Imported",
    "LastManager",
    "RawFile",
    "StaleArticle",
    "StaleBlock",
    "create_project",
    "edit_article",
    "edit_project",
    "import_article",
    "judge_block",
    "mark_reprint",
    "publication_named",
    "set_member",
]
