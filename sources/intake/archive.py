"""ZIP archives of articles: what may be taken out of one is decided, its sizes proved, before anything is.

Members are streamed from the disk one after another; nothing is ever unpacked onto it.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sources.intake.refusal import Refusal, Refused, one_line, refused
from sources.intake.registry import too_large
from sources.intake.unpacking import BROKEN, Damaged, Stream, damaged
from sources.intake.walk import about_the_folder

MOST_MEMBERS = 20_000
"""Twice the ten thousand articles that a newspaper's year may have; each costs a thousand bytes of memory."""
LARGEST_WHOLE = 2 * 1024**3
"""Bytes of all members unpacked: 10,000 pages of 200 kB each. One member is in memory at a time."""
LARGEST_RATIO = 100
"""Unpacked bytes for each packed one, of all together; HTML comes to ten or twenty."""
LONGEST_MEMBER_NAME = 500
_SLACK = 1024 * 1024
_LARGEST_DIRECTORY = 6 * 1024 * 1024  # bytes: 20,000 members with names of 200 letters and more
_PART = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ARCHIVES = re.compile(r"\.(?:zip|7z|rar|gz|tgz|bz2|xz|tar|jar|zst)$", re.IGNORECASE)
_LOCAL = struct.Struct("<4s5H3L2H")
_IN_ZIP64 = 0xFFFFFFFF
_SIZES_FOLLOW = 0x08
_UTF_8 = 0x800
_ENCRYPTED = 0x01 | 0x40 | 0x2000
_PATCH = 0x20


@dataclass(frozen=True, slots=True)
class Member:
    """`name` is its path; `why` says why it is refused, or is empty."""

    name: str
    info: zipfile.ZipInfo
    why: str = ""


class Archive:
    """An archive that was looked at as a whole. `members` are in its own order, refused ones among them,
    folders and what computers add by themselves left out."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises Refused: no archive, cut short, too much in it, or an entry that contradicts another."""
        self.name = name
        self.path = path
        self.zip = _opened(path, name)
        infos = self.zip.infolist()
        self.members = tuple(_members(infos))
        if len(self.members) > MOST_MEMBERS:
            found = f"it holds {len(self.members):,} files, at most {MOST_MEMBERS:,} are taken at once"
            raise refused(name, found)
        self._refuse_much(infos)
        with path.open("rb") as opened:
            self._refuse_contradictions(opened, infos)

    def close(self) -> None:
        opened = self.zip.fp
        self.zip.close()
        if opened is not None:
            opened.close()

    def open(self, member: Member) -> BinaryIO:
        """Its bytes as a stream. Raises Damaged, as does reading from it."""
        try:
            opened = self.zip.open(member.info)
        except BROKEN:
            raise damaged(member.name, 0) from None
        return io.BufferedReader(Stream(opened, member.name), _PART)

    def read(self, member: Member, most: int) -> bytes | Refusal:
        """The bytes of a member of which `prove` was told, or why it is too large."""
        if member.info.file_size > most:
            return Refusal(member.name, "", too_large(member.info.file_size, most))
        try:
            with self.open(member) as opened:
                return opened.read()
        except Damaged as error:
            return error.refusal

    def prove(self) -> None:
        """Unpacks all of it once and keeps nothing. Raises Refused where a member is not as long as the
        archive says, has another checksum, or is broken."""
        with self.path.open("rb") as opened:
            for member in self.members:
                if not member.why and (why := _untrue(opened, member.info)):
                    raise self._contradicted(member.name, why)

    def _contradicted(self, member: str, why: str, byte: int | None = None) -> Refused:
        where = f"member “{one_line(member)[:100]}”" + ("" if byte is None else f", byte {byte}")
        return refused(self.name, f"nothing is taken from it: {why}", where)

    def _refuse_much(self, infos: list[zipfile.ZipInfo]) -> None:
        whole, packed = sum(info.file_size for info in infos), self.path.stat().st_size
        if whole > LARGEST_WHOLE:
            most = LARGEST_WHOLE // 1024**2
            raise refused(self.name, f"it unpacks to {whole // 1024**2:,} MB, at most {most:,} MB are taken")
        if whole > LARGEST_RATIO * packed + _SLACK:
            raise refused(self.name, f"it would unpack to more than {LARGEST_RATIO} times its size")

    def _refuse_contradictions(self, opened: BinaryIO, infos: list[zipfile.ZipInfo]) -> None:
        """What stands before a member has to say what the directory says, and no two share their bytes."""
        end_before = 0
        for info in sorted(infos, key=lambda one: one.header_offset):
            named, at = _name_of(info), info.header_offset
            if at < end_before:
                raise self._contradicted(named, "two members share their bytes")
            opened.seek(at)
            head = opened.read(_LOCAL.size)
            if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
                raise self._contradicted(named, "it is cut short or damaged there", at)
            _, _, flags, _, _, _, _, packed, size, name_length, more = _LOCAL.unpack(head)
            sizes_there = not flags & _SIZES_FOLLOW and _IN_ZIP64 not in (packed, size)
            differs = sizes_there and (packed, size) != (info.compress_size, info.file_size)
            telling = _ENCRYPTED | _PATCH | (0 if info.orig_filename.isascii() else _UTF_8)
            differs = differs or bool((flags ^ info.flag_bits) & telling)
            if differs or opened.read(name_length) != _raw_name(info):
                raise self._contradicted(named, "it says one thing here and another in its directory", at)
            end_before = at + _LOCAL.size + name_length + more + info.compress_size


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        with path.open("rb") as opened:
            begins = opened.read(4)
        bounded = _Bounded(str(path), "rb")
        try:
            archive = zipfile.ZipFile(bounded)
        except BaseException:
            bounded.close()
            raise
        bounded.bounded = False
        return archive
    except _DirectoryTooLarge:
        raise refused(name, f"it holds far more than {MOST_MEMBERS:,} files") from None
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, RecursionError):
        if begins != b"PK\x03\x04":
            raise refused(name, "it is no ZIP archive: it does not begin as one does", "byte 0") from None
        why = "it is cut short or damaged: its directory, which stands at its end, is missing or broken"
        raise refused(name, f"{why}. Nothing is taken from it", f"byte {path.stat().st_size}") from None


class _DirectoryTooLarge(Exception):
    pass


class _Bounded(io.FileIO):
    """A file that refuses, while it is being opened, a directory that would take much memory by itself."""

    bounded = True

    def read(self, size: int | None = -1) -> bytes:
        if self.bounded:
            left = os.fstat(self.fileno()).st_size - self.tell()
            if min(left, size if size is not None and size >= 0 else left) > _LARGEST_DIRECTORY:
                raise _DirectoryTooLarge
        return super().read(-1 if size is None else size) or b""


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437")


def _name_of(info: zipfile.ZipInfo) -> str:
    """As the archive says; without a word on the encoding, UTF-8 where it can be that, else code page 437."""
    if not info.flag_bits & _UTF_8:
        try:
            return _raw_name(info).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            pass
    return info.orig_filename


def _members(infos: list[zipfile.ZipInfo]) -> Iterator[Member]:
    named = [(_name_of(info), info) for info in infos]
    times = Counter(name for name, _ in named)
    for name, info in named:
        if not _added_by_itself(name, info):
            yield Member(name, info, _why_not(name, info, times[name]))


def _added_by_itself(name: str, info: zipfile.ZipInfo) -> bool:
    """A folder, or what is about the folder or the computer it was on and no article."""
    if _leads_out(name) or "\\" in name or _UNWANTED.search(name):
        return False
    parts = name.rstrip("/").split("/")
    return (
        parts[0] == "__MACOSX"
        or any(part.startswith(".") for part in parts)
        or (name.endswith("/") and not info.file_size)
        or about_the_folder(parts[-1])
    )


def _why_not(name: str, info: zipfile.ZipInfo, times: int) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    packed_otherwise = info.compress_type not in methods or info.flag_bits & _PATCH
    wrong = (
        (not name or len(name) > LONGEST_MEMBER_NAME, "its name is empty or too long"),
        (_UNWANTED.search(name) or "\\" in name, "its name has signs that no name needs"),
        (_leads_out(name), "its name leads out of the archive"),
        (times > 1, f"the archive holds {times} files of this name: which is meant cannot be told"),
        (kind == stat.S_IFLNK, "it is a link"),
        (kind not in (0, stat.S_IFREG), "it is no file"),
        (info.flag_bits & _ENCRYPTED, "it is encrypted: save the archive without a password"),
        (packed_otherwise, "it is packed in a way that is not read: use deflate"),
        (_ARCHIVES.search(name), "it is an archive within the archive: unpack it first"),
    )
    return next((why for found, why in wrong if found), "")


def _leads_out(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    return _DRIVE.match(name) is not None or any(part in ("", ".", "..") for part in parts)


def _untrue(opened: BinaryIO, info: zipfile.ZipInfo) -> str:
    """In words, what about the member is not as the directory says, or empty."""
    opened.seek(info.header_offset)
    *_, name_length, more = _LOCAL.unpack(opened.read(_LOCAL.size))
    opened.seek(name_length + more, io.SEEK_CUR)
    left, size, checksum = info.compress_size, 0, 0
    inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        while left and size <= info.file_size:
            part = opened.read(min(_PART, left))
            if not part:
                return f"it is cut short there, at byte {opened.tell()}"
            left -= len(part)
            while part:
                out = inflater.decompress(part, _PART) if inflater else part
                part = inflater.unconsumed_tail if inflater else b""
                size, checksum = size + len(out), zlib.crc32(out, checksum)
                if size > info.file_size or (inflater and inflater.eof):
                    break
            if inflater and inflater.eof:
                break
        if inflater and not inflater.eof and size <= info.file_size:
            out = inflater.flush()  # of input that is used up: less than a part
            size, checksum = size + len(out), zlib.crc32(out, checksum)
    except zlib.error as error:
        return f"it is broken {size:,} bytes into it ({error})"
    if size != info.file_size or left or (inflater and (not inflater.eof or inflater.unused_data)):
        return "it is not as long as the archive says"
    return "" if checksum == info.CRC else "its checksum is not the one that the archive gives: it is broken"
