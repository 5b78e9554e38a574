"""Find lines that say again what another line says: pull quotes, titles given twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r"[\"“„«‘'‹].{10,400}[\"”“»’'›][.!?]?", re.DOTALL)
_RUN = 4
_MOST_PLACES = 4
_ENOUGH = 0.9
_LONGEST_PULL = 60
_LONGEST_SOURCE = 600
_MOST_CANDIDATES = 1000
_MOST_COMPARED = 8


def folded_words(text: str) -> tuple[str, ...]:
    """The words, case and punctuation aside, by which two lines are compared."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def is_wholly_quoted(text: str) -> bool:
    """Whether one pair of quotation marks holds the whole line."""
    if not _QUOTED.fullmatch(text.strip()):
        return False
    inner = text.strip()[1:].rstrip(".!?")[:-1]
    return not re.search(r"[\"“”„«»]", inner)


def same_titles(texts: Sequence[str], title: int) -> list[int]:
    """Later lines that are the title's words and nothing else."""
    words = folded_words(texts[title])
    return [n for n in range(title + 1, len(texts)) if words and folded_words(texts[n]) == words]


def pull_quotes(texts: Sequence[str], candidates: Sequence[int], story: Sequence[int]) -> dict[int, int]:
    """Of the candidate lines, those whose words another, longer line of the story has: which, and where.

    All words of a line not in quotation marks must stand together there; of one that is wholly quoted nine
    in ten, in order, since editors shorten what they pull out.
    """
    candidates = candidates[:_MOST_CANDIDATES]
    words = {n: folded_words(texts[n]) for n in {*candidates, *story}}
    places = _runs(words, [n for n in story if len(words[n]) <= _LONGEST_SOURCE])
    found = {}
    for line in candidates:
        pulled = words[line]
        if not _RUN < len(pulled) <= _LONGEST_PULL:
            continue
        near = {n for run in _runs_of(pulled) for n in places.get(run, ()) if n != line}
        for other in sorted(near)[:_MOST_COMPARED]:
            if len(words[other]) > len(pulled) and _says_again(pulled, words[other], texts[line]):
                found[line] = other
                break
    return found


def _runs_of(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[i : i + _RUN] for i in range(len(words) - _RUN + 1)]


def _runs(words: dict[int, tuple[str, ...]], story: Sequence[int]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in story:
        for run in _runs_of(words[number]):
            known = places[run]
            if len(known) < _MOST_PLACES and (not known or known[-1] != number):
                known.append(number)
    return places


def _says_again(pulled: tuple[str, ...], other: tuple[str, ...], line: str) -> bool:
    if f" {' '.join(pulled)} " in f" {' '.join(other)} ":
        return True
    if not is_wholly_quoted(line):
        return False
    blocks = SequenceMatcher(None, pulled, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _ENOUGH * len(pulled)
