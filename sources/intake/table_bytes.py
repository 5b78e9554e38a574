"""Which encoding a table is in, found out without holding it: mark, declaration, UTF-8, then a guess."""

from __future__ import annotations

import codecs
import re

from sources.intake.refusal import refused
from sources.intake.table import Opener, codec_named
from sources.text.magic import binary_kind
from sources.text.normalise import Unreadable, decode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16"} | {
    f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)
}
_PART = 1024 * 1024
_HEAD = 4096
_SAMPLE = 256 * 1024
_FEWEST_ZEROS = 0.3  # of every second byte, in UTF-16 of mostly Latin letters
_WESTERN = re.compile("[\x00-\x7f\xa0-\xb1\xb4-\xb8\xba-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*+", re.DOTALL)


def encoding_of(opener: Opener, name: str, declared: str | None) -> tuple[str, str]:
    """A codec's name, and a note where it was guessed, or empty. The whole table is valid in it. Raises
    Refused: empty, binary, invalid in what it is marked or declared as, almost UTF-8, or no guess fits."""
    with opener() as opened:
        head = opened.read(_HEAD)
    if not head:
        raise refused(name, "the file is empty")
    marked = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    told = marked or _without_mark(head) or (codec_named(name, declared) if declared else None)
    if told is None and (kind := binary_kind(head)):
        raise refused(name, f"this is not text but {kind}")
    if told:
        _require(opener, name, told, f"not valid {told.removesuffix('-sig')}")
        return told, ""
    bad = _first_bad(opener, "utf-8")
    if bad is None:
        return "utf-8", ""
    guessed = _guessed(opener, name, bad)
    why = "it begins as Windows writes it and goes on otherwise: save it as UTF-8, or say its encoding"
    _require(opener, name, guessed, why)
    return guessed, f"the encoding was guessed as {encoding_in_words(guessed)}: check the letters"


def encoding_in_words(codec: str) -> str:
    """As people know it."""
    return _NAMES.get(codec, codec)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 as some programs write it, told by the zeros that Latin letters, commas and line ends have."""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > _FEWEST_ZEROS * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > _FEWEST_ZEROS * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _first_bad(opener: Opener, codec: str) -> int | None:
    """Offset of the first byte that is not valid, or None."""
    decoder = codecs.getincrementaldecoder(codec)()
    done = 0
    with opener() as opened:
        while True:
            part = opened.read(_PART)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(part, final=not part)
            except UnicodeError as error:  # UTF-16 without a mark raises it, which tells no place
                return done - held + getattr(error, "start", 0)
            if not part:
                return None
            done += len(part)


def _require(opener: Opener, name: str, codec: str, why: str) -> None:
    bad = _first_bad(opener, codec)
    if bad is not None:
        raise refused(name, why, f"byte {bad}")


def _guessed(opener: Opener, name: str, bad: int) -> str:
    """By the lines that hold bytes beyond ASCII. Raises Refused."""
    lines = []
    size = 0
    with opener() as opened:
        while size < _SAMPLE and (line := opened.readline(_SAMPLE)):
            if not line.isascii():
                lines.append(line)
                size += len(line)
    sample = b"".join(lines)
    try:
        found = decode(sample)
    except Unreadable as error:
        if error.reason.startswith("almost UTF-8"):
            raise refused(name, error.reason, f"byte {bad}") from None
        found = None
    western = sample.decode("cp1252", "replace")
    if found is None and not _WESTERN.fullmatch(western):
        why = "not UTF-8, and the letters fit no other encoding well enough to guess it"
        raise refused(name, f"{why}: save it as UTF-8, or say its encoding", f"byte {bad}")
    return "cp1252" if found is None or found.text == western else found.encoding
