"""What a file that is a ZIP archive (a Word document) may be made of, decided before anything unpacks it."""

from __future__ import annotations

import zipfile
from io import BytesIO

MOST_MEMBERS = 5000
LARGEST_WHOLE = 100 * 1024 * 1024
"""Bytes of all members as they declare them; zipfile unpacks no more of one than it declares."""
LARGEST_RATIO = 200
"""How many bytes one packed byte may become, in members of more than 1 MB."""
_SMALL = 1024 * 1024


class BadPackage(ValueError):
    """Says in words why a package is not opened."""


def open_package(raw: bytes) -> zipfile.ZipFile:
    """Raises BadPackage: no ZIP, too much in it, encrypted, or members named as no program names them."""
    try:
        package = zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BadPackage(f"it is damaged: {error}") from None
    members = package.infolist()
    if len(members) > MOST_MEMBERS:
        raise BadPackage(f"it has {len(members)} parts, but at most {MOST_MEMBERS} are taken")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise BadPackage("two of its parts have one name")
    if any(_leads_out(name) for name in names):
        raise BadPackage("the name of one of its parts leads out of it")
    if any(member.flag_bits & 1 for member in members):
        raise BadPackage("it is encrypted: save it without a password")
    whole = sum(member.file_size for member in members)
    if whole > LARGEST_WHOLE:
        raise BadPackage(f"it unpacks to {whole // 1024**2} MB, more than {LARGEST_WHOLE // 1024**2} MB")
    for member in members:
        if member.file_size > max(_SMALL, LARGEST_RATIO * member.compress_size):
            raise BadPackage(f"a part of it unpacks to more than {LARGEST_RATIO} times its size")
    return package


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not name or "\x00" in name or "\\" in name or ":" in parts[0] or parts[0] == "" or ".." in parts
