"""The bytes of a saved page as text: by its mark, by what it declares, and by neither where that is no truth.

The names that pages use mean what browsers take them for (WHATWG Encoding): "iso-8859-1" is windows-1252.
"""

from __future__ import annotations

import codecs
import re

from sources.text.normalise import Decoded, Unreadable, decode

_LOOKED_AT = 4096  # bytes; browsers look at 1,024
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*+=\s*+[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",  # what can be read as ASCII so far is not UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_TAKEN = (
    {f"cp{n}" for n in (866, 874, 932, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)}
    | {f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {"utf-8", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp", "koi8-r", "koi8-u", "mac-roman"}
    | {"mac-cyrillic"}
)
_MANY_BYTES = {"utf-8", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", "cp950"}


def decode_page(raw: bytes, told: str | None = None) -> tuple[Decoded, str]:
    """The text, and a note where the page's own word on its encoding was not taken, or empty.

    `told` is the person's word and is taken at it. Raises Unreadable as `decode` does.
    """
    if told or raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(raw, told), ""
    named = _declared(raw)
    if named is None:
        return decode(raw), ""
    if named not in _MANY_BYTES and _is_utf8_beyond_ascii(raw):
        return decode(raw, "utf-8"), f"the page says that it is {named}, and is UTF-8"
    try:
        return Decoded(decode(raw, named).text, named, "declared"), ""
    except Unreadable as error:
        if error.where is None:
            raise
        found = decode(raw)
        return found, f"the page says that it is {named}, and was read as {found.encoding}: check the letters"


def _declared(raw: bytes) -> str | None:
    """What the page's head says, as the name of Python's codec; None for nothing, or what no page is in."""
    match = _DECLARED.search(raw[:_LOOKED_AT])
    if match is None:
        return None
    return meant_by((match[1] or match[2]).decode("ascii"))


def meant_by(label: str) -> str | None:
    """Python's codec for what pages and their headers call an encoding; None where no page is in it."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    meant = _MEANT.get(name, name)
    return meant if meant in _TAKEN else None


def _is_utf8_beyond_ascii(raw: bytes) -> bool:
    try:
        return not raw.isascii() and bool(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False
