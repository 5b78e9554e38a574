"""No regular expression of ours runs away: twice the text may take two and a half times as long, not more."""

import re
from collections.abc import Callable
from time import thread_time
from typing import Any

import pytest

from .regexes import Used, expressions, holds_on_to_groups, made_while_running, traps

LENGTHS = (*range(16, 34, 2), 48, 64, 256, 1024, 4096, 16384)  # by small steps where each may double the time
SLOW = 0.01  # seconds; below that the clock says little, and nobody waits
MOST = 3.0
"""Times as long that twice the text may take: about 2 where it is linear, 4 where it takes the square."""
AGAIN = 3
"""Measurements in a row that have to say so, since another program may have slowed one."""
AT_THE_BOUND = 0.1  # seconds

BOUNDED = {
    "annotator.exchange.importers.standoff_people._SENTENCE_ENDS": 20,  # code points before a name
    "sources.intake.column_dates._TIME": 80,  # _LONGEST
    "sources.intake.dates._BETWEEN": 160,  # _LONGEST
    "sources.text.bylines.": 200,  # _LONGEST
    "sources.text.calendar_words._DATE_LINE": 80,  # date_line
    "sources.text.furniture.": 240,  # _LONGEST
}
"""What an expression's name starts with -> the longest text it is given, where that is what bounds it."""

MADE_WHILE_RUNNING = {
    "annotator/actions/reasons.py found": "words and blanks in turn; no word is a blank",
    "annotator/detect/date_words.py _distance_back": "a lexicon's own, matched with a phrase as a whole",
    "annotator/detect/number_tokens.py _meant": "one sign at a time",
    "annotator/detect/tokens.py _piece": "each branch begins with another kind of letter",
    "sources/intake/page.py _as_exact_as_told": "figures of fixed length",
    "sources/text/bylines.py _ends_in_comma_name": "in a line of at most 200 code points",
    "sources/text/furniture.py _compiled": "made while the module is loaded, and so among those tried",
    "sources/text/judge.py _writer": "tried at a line's beginning alone",
    "sources/text/standing.py _stretch": "letter by letter; nothing repeats",
}
"""`file function` of an expression that is put together while it runs -> why that is safe."""


def act_of(used: Used) -> Callable[[Any], object]:
    if used.looked_for:
        return lambda text: sum(1 for _ in used.pattern.finditer(text))
    return used.pattern.match


def seconds(act: Callable[[Any], object], text: Any, times: int = 1) -> float:
    """Of this thread alone, the best of so many times."""
    taken = []
    for _ in range(times):
        began = thread_time()
        act(text)
        taken.append(thread_time() - began)
    return min(taken)


def trap(used: Used, before: str, pump: str, length: int) -> Any:
    written = before + pump * max(length // len(pump), 1) + "\0"
    return written.encode() if isinstance(used.pattern.pattern, bytes) else written


def times_as_long(used: Used, before: str, pump: str) -> float:
    """What the doubled text takes, once it takes long at all; 0 where it never does."""
    act = act_of(used)
    for length in LENGTHS:
        whole = seconds(act, text := trap(used, before, pump, length))
        # Another program may have slowed one look; where time doubles with each letter, no step may be large.
        if whole > SLOW and (whole := seconds(act, text, 3)) > SLOW:
            break
    else:
        return 0.0
    return whole / seconds(act, trap(used, before, pump, length // 2), 5)


def runs_away(used: Used, before: str, pump: str) -> bool:
    return all(times_as_long(used, before, pump) > MOST for _ in range(AGAIN))


def astray(used: Used) -> list[str]:
    """What leads the expression astray; of one whose texts are bounded, what takes long within the bound."""
    bound = next((most for name, most in BOUNDED.items() if used.where.startswith(name)), 0)
    for before, pump in sorted(traps(used.pattern)):
        if bound:
            text = trap(used, before, pump, bound)[:bound]
            found = seconds(act_of(used), text) > AT_THE_BOUND < seconds(act_of(used), text, 3)
        else:
            found = runs_away(used, before, pump)
        if found:
            return [f"{used.where} takes too long with {pump!r}, very often, after {before!r}"]
    return []


@pytest.mark.slow
def test_none_runs_away() -> None:
    known = expressions()
    assert len(known) > 200
    assert [said for used in known for said in astray(used)] == []


@pytest.mark.slow
def test_what_is_bounded_is_there() -> None:
    names = [used.where for used in expressions()]
    assert [name for name in BOUNDED if not any(one.startswith(name) for one in names)] == []


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "planted", [r"(a+)+$", r"^(\w+\s?)*$", r"\s+$", r"x*\d+y", r"<[^>]*><[^>]*>", r"(a|a)*b", r"\w+@\w+\.com"]
)
def test_a_planted_one_is_found(planted: str) -> None:
    assert astray(Used("planted", re.compile(planted), True))


@pytest.mark.parametrize("planted", [r"a+b", r"^\s+", r"[a-z]", r"^\w{1,200}$"])
def test_a_harmless_one_is_not(planted: str) -> None:
    assert not astray(Used("planted", re.compile(planted), False))


@pytest.mark.lengthy
def test_what_is_put_together_while_it_runs_says_why_it_is_safe() -> None:
    assert made_while_running() == set(MADE_WHILE_RUNNING)


@pytest.mark.lengthy
def test_none_reads_otherwise_under_an_older_python() -> None:
    assert [used.where for used in expressions() if holds_on_to_groups(used.pattern)] == []


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("(?:ab?c)*+", True),
        ("x(?:(?: a(?=b))?+|c)", True),
        ("(?P<n>a|bc){0,3}+", True),
        (r"a++[^b]*+\s?+(?>(?:ab?c)*)", False),
    ],
)
def test_groups_that_are_held_on_to_are_seen(written: str, held: bool) -> None:
    assert holds_on_to_groups(re.compile(written)) is held
