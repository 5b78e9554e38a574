"""What became of an article's annotations when it was taken again, as the API tells it."""

from .annotation_json import Json
from .carrying_sides import Pieces
from .carryings import Became, Part, Waiting


def became_json(found: Became | None) -> Json:
    """Of an article of one text nothing was to be carried: `newest` is null."""
    if found is None:
        return {
            "newest": None,
            **dict.fromkeys(("carried", "by_hand", "left", "unseen"), 0),
            "waiting": {},
            "units": [],
        }
    return {
        "newest": {"uuid": str(found.newest.uuid), "number": found.newest.number},
        "carried": found.carried,
        "by_hand": found.by_hand,
        "waiting": {str(fate): number for fate, number in found.waiting.items()},
        "left": found.left,
        "unseen": found.unseen,
        "units": [_unit(one) for one in found.units],
    }


def _unit(one: Waiting) -> Json:
    return {
        "unit": str(one.head.uuid),
        "kind": one.head.kind,
        "state": one.state,
        "fate": str(one.fate),
        "seen": one.seen,
        "plain": one.is_plain,
        "missing": [
            {"key": said.key, "name": said.name, "words": said.words, "may_go": said.may_go}
            for said in one.missing
        ],
        "parts": [_part(part) for part in one.parts],
    }


def _part(part: Part) -> Json:
    return {
        "part": str(part.annotation.uuid),
        "kind": part.annotation.kind,
        "name": part.name,
        "fate": part.row.found,
        "score": part.row.score,
        "places": part.row.places,
        "text": part.old_number,
        "sentence": part.sentence,
        "proposed": part.row.proposed.to_json() if part.row.proposed is not None else None,
        "old": _pieces(part.old),
        "new": _pieces(part.new),
    }


def _pieces(pieces: Pieces) -> list[Json]:
    return [{"mark": mark, "words": words} for mark, words in pieces]
