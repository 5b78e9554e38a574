"""The tag files of a BagIt bag (RFC 8493) with SHA-256 manifests; the payload is all that lies in `data/`."""

import hashlib
from collections.abc import Iterable, Iterator

from .description import Description, WrittenFile

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _bag_info(release: Description, payload: list[WrittenFile]) -> bytes:
    oxum = f"{sum(file.size for file in payload)}.{len(payload)}"
    lines = [
        ("Source-Organization", release.project),
        ("External-Description", release.title),
        ("External-Identifier", f"{release.slug}-{release.number}"),
        ("Bagging-Date", release.moment.date().isoformat()),
        ("Bag-Software-Agent", f"Sourceline {release.software_version}"),
        ("Payload-Oxum", oxum),
    ]
    return "".join(f"{label}: {_one_line(value)}\n" for label, value in lines).encode()


def _manifest(entries: Iterable[tuple[str, str]]) -> bytes:
    """Lines of digest, two spaces, path. Our paths hold none of the characters RFC 8493 has encoded."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(entries)).encode()


def tag_files(release: Description, files: Iterable[WrittenFile]) -> Iterator[tuple[str, bytes]]:
    """Path and content of each tag file, in the order they are written; the tag manifest is the last."""
    payload = [file for file in files if file.path.startswith("data/")]
    tags = [
        ("bagit.txt", DECLARATION),
        ("bag-info.txt", _bag_info(release, payload)),
        ("manifest-sha256.txt", _manifest((file.path, file.sha256) for file in payload)),
    ]
    yield from tags
    yield (
        "tagmanifest-sha256.txt",
        _manifest((path, hashlib.sha256(content).hexdigest()) for path, content in tags),
    )
