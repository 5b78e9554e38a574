"""In which words changes of the codebook are told."""

from annotator import models

from .history_of_records import MERGED, other_of
from .history_words import EVERYWHERE, Told

TOLD_OF_CODES = (
    Told(
        models.Code,
        "code",
        {
            "name": "name",
            "facet": "list",
            "key": "key",
            "definition": "definition",
            "examples": "examples",
            "colour": "colour",
            "shortcut": "key to press",
            "position": "place in the list",
            "parent_id": "below",
            "merged_into_id": "merged into",
            "retired_at": "retired",
        },
        EVERYWHERE,
        lambda row, names: str(row["name"]),
        frozenset({"name"}),
        frozenset({"position"}),
        came="added it to the codebook",
    ),
    Told(
        models.CodeMerge,
        "",
        {"gone_id": "merged", "kept_id": "kept", "undone_at": "taken apart"},
        EVERYWHERE | {"facet", "moved", "author_id", "at", "undone_by_id"},
        other_of("gone_id", "kept_id", models.Code),
        frozenset({"gone_id", "kept_id"}),
        came="merged it with",
        verbs=MERGED,
    ),
)
