"""Readers of single values out of untrusted JSON or form data. Each raises `Refused` naming its field, or
tells it to whoever gathers all that is wrong (`gathered.py`)."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sources.text.marks import LONGEST_RUN, stream_safe
from sources.text.offsets import BadExtent, Extent

from .gathered import each, leaf, refuse, tell
from .refusal import Refused

T = TypeVar("T")

_CONTROLS_ALLOWED = {"\n", "\t"}
_BIDI_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MOST_STRETCHES = 100


def mapping(value: Any, field: str, allowed: Collection[str]) -> Mapping[str, Any]:
    """An object with no key outside `allowed`: a misspelt key is an error, never ignored."""
    if not isinstance(value, Mapping):
        refuse(Refused(field, "object", "must be an object"))
    strange = [key for key in value if key not in allowed]
    for key in strange:
        # The key goes into the answer, so what no answer can hold (a lone surrogate) is escaped.
        shown = str(key)[:60].encode("utf-8", "backslashreplace").decode()
        tell(Refused(f"{field}.{shown}".strip("."), "known_field", "is not a field of this object"))
    return {key: said for key, said in value.items() if key not in strange} if strange else value


def items(value: Any, field: str, read: Callable[[Any, str], T], most: int = 200) -> tuple[T, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        refuse(Refused(field, "list", "must be a list"))
    if len(value) > most:
        refuse(Refused(field, "max_items", f"has {len(value)} entries, at most {most} are allowed"))
    return each(read, value, field)


def one_line_end(value: str) -> str:
    """Each line ends in LF: forms send CR LF, as HTML has it, and old files CR alone."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


@leaf("")
def text(value: Any, field: str, most: int = 2000, required: bool = False) -> str:
    """Free text in NFC, without control characters or lone surrogates; `most` in code points.

    Lines may end in LF, CR LF or CR; LF is kept. Runs of more than LONGEST_RUN combining marks are refused
    before anything normalises them.
    """
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Refused(field, "string", "must be a text")
    value = one_line_end(value)
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in _CONTROLS_ALLOWED for c in value):
        raise Refused(field, "no_control_characters", "contains control characters")
    if stream_safe(value) != value:
        raise Refused(field, "stream_safe", f"has more than {LONGEST_RUN} combining marks in a row")
    value = unicodedata.normalize("NFC", value).strip()
    if required and not value:
        raise Refused(field, "required", "must not be empty")
    if len(value) > most:
        raise Refused(field, "max_length", f"has {len(value)} characters, at most {most} are allowed")
    return value


def one_line(value: str) -> str:
    """The text as `name` would give it, but for its ends: in NFC, each run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", value).split())


@leaf("")
def name(value: Any, field: str, most: int = 200, required: bool = True) -> str:
    """One line for people to read. Joiners stay (Persian and Indic need them), bidi overrides do not."""
    value = " ".join(text(value, field, most, required).split())
    if required and all(unicodedata.category(c)[0] in "CZ" for c in value):
        raise Refused(field, "required", "must not be empty")
    if any(c in _BIDI_OVERRIDES for c in value):
        raise Refused(field, "no_bidi_overrides", "contains characters that reorder text")
    return value


def line_of(quotes: Iterable[str], most: int) -> str:
    """Words of a text as one line that `name` reads back as it is: cut to `most` code points."""
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs"} else c
        for c in stream_safe(" … ".join(quotes))
        if c not in _BIDI_OVERRIDES
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())[:most].strip()


@leaf("")
def choice(value: Any, field: str, allowed: Iterable[str], default: str | None = None) -> str:
    if value in (None, "") and default is not None:
        return default
    known = list(allowed)
    if not isinstance(value, str) or value not in known:
        raise Refused(field, "choice", f"must be one of {', '.join(known)}")
    return value


@leaf(False)
def flag(value: Any, field: str, default: bool = False) -> bool:
    if value is None:
        return default
    if not isinstance(value, bool):
        raise Refused(field, "boolean", "must be true or false")
    return value


@leaf(UUID(int=0))
def identifier(value: Any, field: str) -> UUID:
    if isinstance(value, UUID):
        return value
    if isinstance(value, str):
        try:
            return UUID(value)
        except ValueError:
            pass
    raise Refused(field, "uuid", "must be a UUID")


def optional_identifier(value: Any, field: str) -> UUID | None:
    return None if value in (None, "") else identifier(value, field)


@leaf(Extent.from_json([[0, 1]]))
def extent(value: Any, field: str) -> Extent:
    if isinstance(value, list | tuple) and len(value) > _MOST_STRETCHES:
        raise Refused(
            field, "max_items", f"has {len(value)} stretches, at most {_MOST_STRETCHES} are allowed"
        )
    try:
        return Extent.from_json(value)
    except BadExtent as error:
        raise Refused(field, "extent", error.reason) from error


@leaf(())
def quotes(value: Any, field: str) -> tuple[str, ...]:
    """The words of each stretch exactly as they stand: nothing is trimmed or normalised."""

    def read(item: Any, at: str) -> str:
        if not isinstance(item, str) or not item:
            raise Refused(at, "string", "must be a non-empty text")
        return item

    return items(value, field, read, most=_MOST_STRETCHES)
