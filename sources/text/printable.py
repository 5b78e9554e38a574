"""Published words as a picture or another file of XML can hold them."""

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text on one line, without what no XML may hold (XML 1.0, "Characters")."""
    return " ".join(_NOT_IN_XML.sub("", text).split())
