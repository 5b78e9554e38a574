"""`references.json`: the cited articles as a CSL-JSON array, one item a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def write(items: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    before = b"[\n"
    for item in items:
        yield before + json.dumps(item, ensure_ascii=False, sort_keys=True).encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
