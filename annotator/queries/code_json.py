"""Codes side by side and their merges as the API tells them."""

from collections.abc import Iterable

from annotator.models import CodeMerge
from sources.models import User

from .annotation_json import Json
from .codebook_pages import CodeRow, Preview
from .room_payload import code_json


def preview_json(preview: Preview) -> Json:
    return {
        "gone": _row(preview.gone),
        "kept": _row(preview.kept),
        "moving": preview.moving,
        "double": preview.double,
        "contrary": preview.contrary,
        "under": preview.under,
    }


def _row(row: CodeRow) -> Json:
    return code_json(row.code) | {"version": row.code.version, "times": row.times}


def code_merges_json(merges: Iterable[CodeMerge]) -> list[Json]:
    return [
        {
            "uuid": str(merge.uuid),
            "facet": merge.facet,
            "gone": merge.gone.key,
            "kept": merge.kept.key,
            "by": _person(merge.author),
            "at": merge.at.isoformat(),
            "undone_by": _person(merge.undone_by),
            "undone_at": merge.undone_at and merge.undone_at.isoformat(),
        }
        for merge in merges
    ]


def _person(user: User | None) -> str:
    return str(user or "")
