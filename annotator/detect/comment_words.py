"""What a comment's plain text holds besides words: addresses of pages, and members called by their names."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MOST_MENTIONS = 20  # people whom one comment calls

# Not the controls that reorder text: an address reads as where it leads to.
_ADDRESS = r"\bhttps?://[^\s<>\"\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
_CALL = r"(?<![\w@.+/-])@[\w.@+-]+"
_FOUND = re.compile(f"(?P<address>{_ADDRESS})|(?P<call>{_CALL})")
_AFTER_AN_ADDRESS = ".,;:!?'*…»›”’"
_AFTER_A_NAME = ".@+-"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a comment. `address` is where it leads to, `name` whom it calls; both empty for words."""

    text: str
    address: str = ""
    name: str = ""


def parts_of(text: str, names: Collection[str]) -> list[Part]:
    """The whole text in its stretches. `names` are the sign-in names that can be called, exactly as written;
    a full stop behind one is the sentence's unless it belongs to a longer name."""
    return list(_joined(_cut(text, names)))


def called_in(text: str, names: Collection[str]) -> list[str]:
    """Which of the names the text calls, each once, in order."""
    return list(dict.fromkeys(part.name for part in parts_of(text, names) if part.name))


def candidates_in(text: str) -> set[str]:
    """Every name that the text may call, whether or not anybody has it."""
    found: set[str] = set()
    for match in _FOUND.finditer(text):
        if match["call"]:
            found.update(_readings(match["call"]))
    return found


def _cut(text: str, names: Collection[str]) -> Iterator[Part]:
    done = 0
    for match in _FOUND.finditer(text):
        yield Part(text[done : match.start()])
        if match["address"]:
            address = _trimmed(match["address"])
            yield Part(address, address=address)
            done = match.start() + len(address)
            continue
        done = match.start()
        name = next((name for name in _readings(match["call"]) if name in names), "")
        if name:
            done += len(name) + 1
            yield Part(f"@{name}", name=name)
    yield Part(text[done:])


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Words in a row as one stretch, and none that is empty."""
    words = ""
    for part in parts:
        if not part.address and not part.name:
            words += part.text
            continue
        if words:
            yield Part(words)
            words = ""
        yield part
    if words:
        yield Part(words)


def _readings(call: str) -> Iterator[str]:
    """Names that "@ana.b." can mean, the longest first; at most a handful."""
    name = call[1:151]
    yield name
    for _ in range(3):
        if not name or name[-1] not in _AFTER_A_NAME:
            return
        name = name[:-1]
        yield name


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence around it: a full stop, a bracket that it does not open itself."""
    end = len(address)
    left = {close: address.count(opening) - address.count(close) for close, opening in _BRACKETS.items()}
    while end:
        last = address[end - 1]
        if last in _BRACKETS and left[last] < 0:
            left[last] += 1
        elif last not in _AFTER_AN_ADDRESS:
            break
        end -= 1
    return address[:end]
