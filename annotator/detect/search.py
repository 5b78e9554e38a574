"""What somebody typed into the search of claims: read, put to the database, and found again in a text.

Words that must stand there, in any order; "words in double quotation marks" in that order; a word that ends
in an asterisk finds all that begin so; what a hyphen stands before must not be there. Nothing that can be
typed is an error: what holds no letter or digit is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.text.folding import Word, folded, words
from sources.text.marks import stream_safe

LONGEST = 500  # code points
MOST_TERMS = 40
DOUBLE_QUOTES = '"“”„‟«»＂'
_HYPHENS = "-−‐"
_TERM = re.compile(
    f"([{_HYPHENS}]*)(?:[{DOUBLE_QUOTES}]([^{DOUBLE_QUOTES}]*)[{DOUBLE_QUOTES}](\\*?)|([^\\s{DOUBLE_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words in their order; of the last the beginning, where `prefix` says so."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """`terms` have to be there, `without` must not be; `note` tells what was not looked for, for people."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms or self.without)


def parse_search(typed: str) -> Sought:
    """What is to be found. A quotation mark without its partner is left out."""
    notes = [f"Only the first {LONGEST} characters were looked for."] if len(typed) > LONGEST else []
    terms: list[Term] = []
    without: list[Term] = []
    for hyphens, term in _terms(stream_safe(typed[:LONGEST])):
        if term.words:
            (without if hyphens else terms).append(term)
    if len(terms) + len(without) > MOST_TERMS:
        notes = [f"Only the first {MOST_TERMS} words were looked for."]
    without = list(dict.fromkeys(without))[: max(0, MOST_TERMS - len(terms))]
    terms = list(dict.fromkeys(terms))[:MOST_TERMS]
    if typed.strip() and not terms and not without:
        notes = ["There is no letter and no digit in it to look for."]
    return Sought(tuple(terms), tuple(without), " ".join(notes))


def _terms(typed: str) -> Iterator[tuple[str, Term]]:
    for hyphens, phrase, star, word in _TERM.findall(typed):
        said = phrase or word
        prefix = bool(star) or said.rstrip().endswith("*")
        yield hyphens, Term(tuple(folded(said)), prefix)


def as_tsquery(sought: Sought, weights: str = "") -> str:
    """PostgreSQL's tsquery as text, made of folded words alone; `weights` (of A to D) says in which parts."""
    asked = [_as_tsquery(term, weights) for term in sought.terms]
    return " & ".join([*asked, *(f"!({_as_tsquery(term, weights)})" for term in sought.without)])


def _as_tsquery(term: Term, weights: str) -> str:
    marks = [weights] * (len(term.words) - 1) + [f"{'*' if term.prefix else ''}{weights}"]
    return " <-> ".join(
        f"'{word}'{':' if mark else ''}{mark}" for word, mark in zip(term.words, marks, strict=True)
    )


def hits(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Where in the text stands what was sought, as start and end in code points: ascending, apart."""
    if not sought.terms:
        return []
    found = words(text)
    spans = sorted({span for term in sought.terms for span in _places(found, term)})
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _places(found: list[Word], term: Term) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    for i in range(len(found) - size + 1):
        run = found[i : i + size]
        last = run[-1].folded
        fits = last.startswith(term.words[-1]) if term.prefix else last == term.words[-1]
        if fits and all(w.folded == sought for w, sought in zip(run[:-1], term.words[:-1], strict=True)):
            yield run[0].start, run[-1].end
