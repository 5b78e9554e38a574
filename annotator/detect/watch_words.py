"""Plain words that a project watches for, found by one walk over the text however many words there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .tokens import LONGEST_PIECE, folded, gap, pieces

MOST_PIECES = 50
"""Words and signs of one term; a term of 200 code points could have 200."""


class BadWords(ValueError):
    """Words that cannot be looked for, and why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`open_left` and `open_right`: its first and last word may be a part of the word in the text."""

    pieces: tuple[tuple[str, str], ...]  # what stands before the piece, and the piece; folded
    open_left: bool
    open_right: bool


def phrase(words: str, *, whole_words: bool = True, case_sensitive: bool = False) -> Phrase:
    """`*` at the very beginning or end stands for any letters. Raises BadWords."""
    bare = " ".join(words.split())
    left, right = bare.startswith("*"), bare.endswith("*") and len(bare) > 1
    bare = bare[left : len(bare) - right].strip()
    if "*" in bare:
        raise BadWords("“*” stands for letters at the very beginning or end only; in between take a pattern")
    found: list[tuple[str, str]] = []
    end = 0
    for start, stop in pieces(bare):
        found.append((gap(bare, end, start) if found else "", folded(bare[start:stop], case_sensitive)))
        end = stop
    if not found:
        raise BadWords("holds nothing to look for")
    if len(found) > MOST_PIECES or any(len(piece) > LONGEST_PIECE for _, piece in found):
        raise BadWords(f"has more than {MOST_PIECES} words and signs, or one of over {LONGEST_PIECE} letters")
    return Phrase(tuple(found), left or not whole_words, right or not whole_words)


@dataclass(slots=True)
class _Parts:
    """Pieces of which a part is enough, by that part; `lengths` of what is in them."""

    by_part: dict[tuple[str, str], "_Node"] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)

    def add(self, before: str, part: str) -> "_Node":
        self.lengths.add(len(part))
        return self.by_part.setdefault((before, part), _Node())

    def beginning(self, before: str, piece: str) -> Iterator["_Node"]:
        for length in self.lengths:
            if length <= len(piece) and (node := self.by_part.get((before, piece[:length]))):
                yield node

    def ending(self, piece: str) -> Iterator["_Node"]:
        for length in self.lengths:
            if length <= len(piece) and (node := self.by_part.get(("", piece[len(piece) - length :]))):
                yield node

    def within(self, piece: str) -> Iterator["_Node"]:
        if len(piece) > LONGEST_PIECE:
            return
        for length in self.lengths:
            parts = {piece[at : at + length] for at in range(len(piece) - length + 1)}
            for part in parts:
                if node := self.by_part.get(("", part)):
                    yield node


@dataclass(slots=True)
class _Node:
    """A place in a phrase: what may come next, and the numbers of the phrases that end here."""

    after: dict[tuple[str, str], "_Node"] = field(default_factory=dict)
    begun: _Parts = field(default_factory=_Parts)
    ends: list[int] = field(default_factory=list)


class WordFinder:
    """Finds phrases whose capitals all count (`case_sensitive`) or none."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]], *, case_sensitive: bool) -> None:
        self._case = case_sensitive
        self._root = _Node()
        self._ended, self._inside = _Parts(), _Parts()
        for number, wanted in phrases:
            self._node(wanted).ends.append(number)

    def _node(self, wanted: Phrase) -> _Node:
        (_, first), *rest = wanted.pieces
        if not rest and wanted.open_left and wanted.open_right:
            return self._inside.add("", first)
        if not rest and wanted.open_right:
            return self._root.begun.add("", first)
        node = (
            self._ended.add("", first)
            if wanted.open_left
            else self._root.after.setdefault(("", first), _Node())
        )
        for i, (before, piece) in enumerate(rest, start=1):
            if i == len(rest) and wanted.open_right:
                node = node.begun.add(before, piece)
            else:
                node = node.after.setdefault((before, piece), _Node())
        return node

    def hits(self, text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """(start, end, number) in code points, the starts rising. `spans` are the text's pieces."""
        known: dict[str, str] = {}
        words = [
            known.get(w) or known.setdefault(w, folded(w, self._case)) for w in (text[a:b] for a, b in spans)
        ]
        starts: dict[str, list[_Node]] = {}
        for i, word in enumerate(words):
            first = starts.get(word)
            if first is None:
                first = starts[word] = self._first(word)
            for node in first:
                yield from self._walk(node, i, text, spans, words)

    def _first(self, word: str) -> list[_Node]:
        exact = self._root.after.get(("", word))
        return [
            *([exact] if exact else []),
            *self._root.begun.beginning("", word),
            *self._ended.ending(word),
            *self._inside.within(word),
        ]

    def _walk(
        self, node: _Node, at: int, text: str, spans: list[tuple[int, int]], words: list[str]
    ) -> Iterator[tuple[int, int, int]]:
        start, here = spans[at][0], at
        while True:
            for number in node.ends:
                yield start, spans[here][1], number
            here += 1
            if here == len(words) or not (node.after or node.begun.by_part):
                return
            before = gap(text, spans[here - 1][1], spans[here][0])
            for begun in node.begun.beginning(before, words[here]):
                for number in begun.ends:
                    yield start, spans[here][1], number
            following = node.after.get((before, words[here]))
            if following is None:
                return
            node = following
