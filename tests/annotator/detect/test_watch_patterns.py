"""Patterns: what they find, what is refused and where, and that none of them can hang."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.detect.watch_patterns import BadPattern, compiled
from annotator.detect.watching import MOST_OF_A_TERM, Matcher, Wanted
from tests.growth import growth


def found(text: str, pattern: str, **how: bool) -> list[str]:
    matcher = Matcher([Wanted(pattern, is_pattern=True, **how)])
    assert matcher.broken == {}
    return [text[hit.start : hit.end] for hit in matcher.find(text, [(0, len(text))]).hits]


@pytest.mark.parametrize(
    ("text", "pattern", "hits"),
    [
        ("12 dead, ١٢ wounded, 3 missing", r"\d+ (dead|wounded)", ["12 dead", "١٢ wounded"]),
        ("sanction, sanctions", "sanctions?", ["sanction", "sanctions"]),
        ("protest protester", "protest|protester", ["protest", "protester"]),
        ("no urban ban", "ban", ["ban"]),
        ("ban ban ban", "ban", ["ban", "ban", "ban"]),
        ("قال المدير إن الجسر آمن", r"ال\w+", ["المدير", "الجسر"]),
        ("the Élysée palace", r"é\w+", ["Élysée"]),
        ("a b", r"a\sb", ["a b"]),
        ("🌉🌉 bridge", "🌉+", ["🌉🌉"]),
        ("(a)(b", r"\Q(b\E", ["(b"]),
        ("x ]y", "[]]y", ["]y"]),
        ("end. End", "^end|End$", ["end", "End"]),
        ("Source: X", r"(?i:source):\s\S", ["Source: X"]),
        ("政府は国境を", "国境", ["国境"]),
        ("one\ntwo", "one.two", ["one\ntwo"]),
        ("one\n\ntwo", r"one[\s\S]+two", []),
        ("A-1 b-2", r"[^\s-]-\d", ["A-1", "b-2"]),
    ],
)
def test_finds(text: str, pattern: str, hits: list[str]) -> None:
    assert found_in_paragraphs(text, pattern) == hits


def found_in_paragraphs(text: str, pattern: str) -> list[str]:
    shown, at = [], 0
    for part in text.split("\n\n"):
        shown.append((at, at + len(part)))
        at += len(part) + 2
    hits = Matcher([Wanted(pattern, is_pattern=True)]).find(text, shown).hits
    return [text[hit.start : hit.end] for hit in hits]


def test_finds_inside_words_and_by_capitals_where_asked() -> None:
    assert found("urban Ban", "ban", whole_words=False) == ["ban", "Ban"]
    assert found("urban Ban", "Ban", case_sensitive=True) == ["Ban"]


def test_a_hit_takes_in_the_rest_of_its_last_character() -> None:
    assert found("a Cafe\u0301 b", "cafe", whole_words=False) == ["Cafe\u0301"]
    assert found("x👩🏽‍🔧y", "👩", whole_words=False) == ["👩🏽‍🔧"]
    assert found("🇩🇪🇫🇷", "🇪", whole_words=False) == ["🇩🇪"]
    assert found("مُحَمَّد", "م", whole_words=False) == ["مُ", "مَّ"]


@pytest.mark.parametrize(
    ("pattern", "at", "why"),
    [
        ("abc(", 4, "not closed"),
        ("x)", 2, "closes nothing"),
        ("a)(b", 2, "closes nothing"),
        ("[a-", 1, "not closed"),
        ("[]a", 1, "not closed"),
        ("a(?=x)", 2, "looks ahead or back"),
        ("(?<!a)b", 1, "looks ahead or back"),
        (r"foo\b", 4, "Whole words"),
        (r"(a)\1", 4, "repeats what was found"),
        (r"a\Cb", 2, "cut a character"),
        (r"\Aa", 1, "start of a paragraph"),
        ("a**", 2, "one repetition follows another"),
        ("x{2000}", 2, "1,000 times at most"),
        ("*a", 1, "nothing stands before"),
        ("[z-a]", 2, "first to last"),
        (r"[\W]", 2, "inside"),
        ("ab\\", 3, "at the end"),
        (r"\p{Arabc}", 1, "names no script"),
        ("(?z)a", 1, "kind of group"),
        ("a*", 0, "at least once"),
        ("a|", 0, "at least once"),
        ("^", 0, "at least once"),
        (r"(\w{50}){20}", 0, "too large"),
        ("((((a{9}){9}){9}){9}){9}", 0, ""),
        ("\ud800", 0, "half a character"),
        ("(" * 150 + ")" * 150, 0, ""),
    ],
)
def test_refuses_and_says_what_is_wrong_where(pattern: str, at: int, why: str) -> None:
    with pytest.raises(BadPattern) as refusal:
        compiled(pattern, whole_words=True, case_sensitive=False)
    assert why in str(refusal.value)
    if why:
        assert refusal.value.at == at
        assert not at or str(refusal.value).startswith(f"Character {at}: ")


@given(st.text(r"ab()[]{}|*+?\^$.-1,wWdDsSQE:=!<>pLéم政", max_size=20), st.booleans(), st.booleans())
def test_any_pattern_is_run_or_refused(pattern: str, whole: bool, case: bool) -> None:
    """Nothing else comes of it: no error of another kind, no hit that is empty or outside of the text."""
    text = "ab (é) 1,2 مم 政\n[a]-b"
    try:
        compiled(pattern, whole_words=whole, case_sensitive=case)
    except BadPattern:
        return
    matcher = Matcher([Wanted(pattern, is_pattern=True, whole_words=whole, case_sensitive=case)])
    for hit in matcher.find(text, [(0, len(text))]).hits:
        assert 0 <= hit.start < hit.end <= len(text)


HOSTILE = [
    "(a+)+$",
    "(a|a)*b",
    "(a|aa)+$",
    "(.*)*x",
    "(.*a){12}x",
    "(?:x.*y|a)",
    "(a?){30}a{30}",
    r"(\w+\s?)+!",
    "[ab]*?(a.*)+b",
    "a.*b.*a.*c",
]


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("whole_words", [True, False])
def test_no_pattern_takes_more_than_linear_time(pattern: str, whole_words: bool) -> None:
    """On what makes other engines try every way: four times the text, about four times the work."""
    matcher = Matcher([Wanted(pattern, is_pattern=True, whole_words=whole_words)])
    assert matcher.broken == {}

    def act(size: int) -> None:
        text = "a" * (2 * size)
        matcher.find(text, [(0, len(text))])
        spaced = "ab a " * (size // 4)
        matcher.find(spaced, [(0, len(spaced))])

    assert growth(act) < 8


def test_blanks_alone_are_no_hit() -> None:
    assert found("a b  c", r"\s+", whole_words=False) == []


def test_a_pattern_that_matches_everything_is_cut() -> None:
    text = "a b c d " * 1000
    told = Matcher([Wanted(r"\w", is_pattern=True), Wanted("d")]).find(text, [(0, len(text))])
    assert told.cut
    assert told.counts == {0: MOST_OF_A_TERM, 1: MOST_OF_A_TERM}
    assert any(hit.term == 1 for hit in told.hits), "the others are still seen"


def test_patterns_that_take_too_long_are_named() -> None:
    clock = iter([0.0, *[5.0] * 100])
    terms = [Wanted("x"), Wanted("y", is_pattern=True), Wanted("z", is_pattern=True)]
    told = Matcher(terms).find("x y z", [(0, 5)], clock=lambda: next(clock))
    assert told.slow == {1, 2}
    assert [hit.term for hit in told.hits] == [0], "words are looked for all the same"
