"""Published words as a picture or another file of XML can hold them."""

import re
import unicodedata

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text on one line, without what no XML may hold (XML 1.0, "Characters")."""
    return " ".join(_NOT_IN_XML.sub("", text).split())


def isolated(text: str) -> str:
    """A name as it may stand in a sentence of numbers where no element can say its direction: one that runs
    leftwards keeps to itself (UAX 9, FSI and PDI), else a number beside it goes over to its other side."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return f"\u2068{text}\u2069"
    return text
