"""From bytes to the text that is kept: decode, then clean, and record what was done."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from sources.text.magic import binary_kind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ODD_AFTER_GUESS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
# Marks that any language may have between its letters; they say nothing for or against a guess.
_TYPOGRAPHIC = frozenset("‘’‚‛“”„‟‹›«»–—…•·°§©®™€£¥¡¿\u00a0\u00ad،؛؟。、「」・")
_FEWEST_LETTERS = 4  # fewer letters beyond ASCII fit too many encodings
_LOWEST_COHERENCE = 0.1  # of charset-normalizer, 0 to 1: how far letters are as frequent as in a language
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Unreadable(ValueError):
    """Bytes that are no text. `reason` says why; `where` is the first bad byte's offset, or None."""

    def __init__(self, reason: str, where: int | None = None):
        super().__init__(reason if where is None else f"{reason} (byte {where})")
        self.reason = reason
        self.where = where


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is a Python codec name; `how` is one of mark, declared, utf-8, guessed."""

    text: str
    encoding: str
    how: str


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of change made by `clean`, and how many times it was made."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    steps: tuple[Step, ...]


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Bytes to text: byte-order mark, then the declared encoding, then UTF-8, then a guess.

    A mark or a declaration is taken at its word: what is not valid in it raises Unreadable with the
    offset of the first bad byte, and is never guessed at. Empty, blank and binary input raise it too, and
    so does what can only be guessed at badly.
    """
    if not raw:
        raise Unreadable("the file is empty")
    marked = _marked(raw)
    if marked is None and (kind := binary_kind(raw)):
        raise Unreadable(f"this is not text but {kind}")
    if marked:
        mark, name = marked
        decoded = Decoded(_strictly(raw, name, len(mark)), name, "mark")
    elif declared:
        decoded = Decoded(_strictly(raw, _codec(declared), 0), _codec(declared), "declared")
    else:
        decoded = _undeclared(raw)
    refuse_blank(decoded.text)
    return decoded


def clean(text: str) -> Cleaned:
    """Turn CRLF and CR into LF, drop NUL and lone surrogates, change nothing else."""
    steps = []

    def record(what: str, count: int) -> None:
        if count:
            steps.append(Step(what, count))

    record("NUL dropped", text.count("\x00"))
    text = text.replace("\x00", "")
    if _SURROGATE.search(text):
        text, count = _SURROGATE_PAIR.subn(_joined_pair, text)
        record("surrogate pair joined", count)
        text, count = _SURROGATE.subn("", text)
        record("lone surrogate dropped", count)
    record("CRLF to LF", text.count("\r\n"))
    text = text.replace("\r\n", "\n")
    record("CR to LF", text.count("\r"))
    return Cleaned(text.replace("\r", "\n"), tuple(steps))


def refuse_blank(text: str, what: str = "file") -> None:
    """Raises Unreadable when nothing in the text can be seen; `what` is its name in the message."""
    if not _VISIBLE.search(text):
        raise Unreadable(f"the {what} is blank")


def _joined_pair(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _codec(declared: str) -> str:
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        raise Unreadable(f"the declared encoding {declared[:40]!r} is not known") from None
    if not info._is_text_encoding:
        raise Unreadable(f"the declared encoding {declared[:40]!r} is not one of text")
    return info.name


def _marked(raw: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark that the bytes begin with, and the codec it stands for."""
    marked = next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), None)
    if marked and marked[0] == codecs.BOM_UTF32_LE:
        try:
            raw[len(codecs.BOM_UTF32_LE) :][:4].decode("utf-32-le")
        except UnicodeDecodeError:
            # UTF-16 whose first character is NUL: its bytes begin alike, but no character of UTF-32 follows.
            return codecs.BOM_UTF16_LE, "utf-16-le"
    return marked


def _strictly(raw: bytes, encoding: str, skip: int) -> str:
    try:
        return raw[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not valid {encoding}: {error.reason}", skip + error.start) from None


def _undeclared(raw: bytes) -> Decoded:
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(raw):
            # One broken byte must not turn every other accent of the page into mojibake.
            raise Unreadable(f"almost UTF-8, but {error.reason}", error.start) from None
        guessed = _guess(raw)
        if guessed is None:
            why = "not UTF-8, and the letters fit no other encoding well enough to guess it"
            raise Unreadable(f"{why}: save it as UTF-8, or say its encoding", error.start) from None
        return guessed


def _mostly_utf8(raw: bytes) -> bool:
    kept = raw.decode("utf-8", "replace")
    broken = kept.count("\ufffd")
    whole = sum(1 for character in kept if character > "\x7f") - broken
    return whole > broken


def _guess(raw: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(raw, enable_fallback=False).best()
    if best is None:
        return None
    text = str(best)
    if _ODD_AFTER_GUESS.search(text) or not _likely(text, best.coherence):
        return None
    return Decoded(text, best.encoding, "guessed")


def _likely(text: str, coherence: float) -> bool:
    """Whether what a guess made of the bytes beyond ASCII is letters, enough of them, of some language."""
    beyond = [character for character in text if character > "\x7f" and character not in _TYPOGRAPHIC]
    if not beyond:
        return True
    letters = sum(1 for character in beyond if unicodedata.category(character)[0] in "LM")
    return letters >= max(_FEWEST_LETTERS, 0.8 * len(beyond)) and coherence >= _LOWEST_COHERENCE
