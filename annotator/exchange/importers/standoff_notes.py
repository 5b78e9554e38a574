"""What our own exporter notes of a line of a standoff file: identifiers, and what brat has no place for."""

from .bundle import Body, NotRead
from .json_lines import read_json
from .standoff import Said, Standoff
from .standoff_people import OURS

_LONGEST = 20_000


def ours(read: Standoff, name: str) -> Said | None:
    """The note of ours on that line."""
    return next((note for note in read.of(name, "#") if note.type == OURS), None)


def noted(read: Standoff, name: str) -> Body:
    """What it says; nothing where there is none or it cannot be read, which is told."""
    note = ours(read, name)
    if note is None:
        return {}
    try:
        said = read_json(note.value[:_LONGEST], note.at.file, note.at.line)
    except NotRead as error:
        read.leave(note.at, f"note of {name}", error.why)
        return {}
    return said if isinstance(said, dict) else {}


def noted_sources(note: Body) -> list[Body]:
    """Who speaks in a link, by its note."""
    sources = note.get("sources")
    return [one for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
