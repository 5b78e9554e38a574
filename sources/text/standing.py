"""Words that somebody wrote down, as they stand in a text: on one line, whatever capitals they were typed in.

PostgreSQL lays a text on one line in the same way (`sourceline_one_line`) and holds stored words to it.
"""

import re
import unicodedata

BIDI_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JOINER = " … "
"""Between the stretches of words that stand apart."""
_CONTROLS = (*range(1, 0x20), *range(0x7F, 0xA0))
_SPACES = (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
BLANKS = "".join(map(chr, (*_CONTROLS, *_SPACES)))
"""What is one blank on a line: white space and control characters."""
_AS_LINE = {**dict.fromkeys(map(ord, BLANKS), " "), **dict.fromkeys(map(ord, BIDI_OVERRIDES))}


def line_of(text: str) -> str:
    """The text on one line: each run of blanks one space, without characters that override its direction."""
    return re.sub(" +", " ", text.translate(_AS_LINE)).strip(" ")


def as_they_stand(line: str, words: str) -> str:
    """`words` as the line has them, each of the stretches that JOINER parts by itself: with its capitals and
    its way to compose letters. Empty where one of them stands nowhere."""
    found = [_stretch(line, part) for part in words.split(JOINER)]
    return JOINER.join(found) if all(found) else ""


def stand(line: str, words: str) -> bool:
    """Whether each of the stretches that JOINER parts stands in the line as it is written."""
    return all(part in line for part in words.split(JOINER))


def _stretch(line: str, part: str) -> str:
    if not part or part in line:
        return part
    pattern = "".join(_letter(letter) for letter in part)
    found = re.search(pattern, line) or re.search(pattern, line, re.IGNORECASE)
    return found.group() if found else ""


def _letter(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"
