"""Which words stand between quotation marks, whatever the marks, and what that says of a quotation's type."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.editing import bare
from sources.text.offsets import Extent
from sources.text.quotations import quotations
from sources.text.quoted import asides, inside, misfit, outside, quoted


def spoken(text: str) -> list[tuple[int, list[str]]]:
    return [(q.depth, [text[a:b] for a, b in q.words]) for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We left,” she said, “at dawn.”", [(1, ["We left,"]), (1, ["at dawn."])]),
        ('"We left," she said.', [(1, ["We left,"])]),
        (
            "\"It's a 'quiet' day,\" he said.",
            [(1, ["It's a 'quiet' day,"]), (2, ["quiet"])],
        ),
        (
            "‘It’s the dockers’ offer,’ she said, ‘not ours.’",
            [(1, ["It’s the dockers’ offer,"]), (1, ["not ours."])],
        ),
        (
            "„Wir gehen“, sagte er. »Ja«, sagte sie. ‚Nein‘",
            [(1, ["Wir gehen"]), (1, ["Ja"]), (1, ["Nein"])],
        ),
        ("„Idziemy”, powiedział. «Ja», sade han.", [(1, ["Idziemy"]), (1, ["Ja"])]),
        ("« Nous partons », dit-il.", [(1, [" Nous partons "])]),
        ("« Il a dit « non » hier »", [(1, [" Il a dit « non » hier "]), (2, [" non "])]),
        ("قال: «المال موجود»، قال عمراني، «غدًا»", [(1, ["المال موجود"]), (1, ["غدًا"])]),
        ("”Vi går”, sade hon.", [(1, ["Vi går"])]),
        ("»Vi går», sade hon.", [(1, ["Vi går"])]),
        ("「行く『今』」", [(1, ["行く『今』"]), (2, ["今"])]),
        ("“He told me ‘go home’ twice,” she said.", [(1, ["He told me ‘go home’ twice,"]), (2, ["go home"])]),
        ("— Partez, dit-il.", [(1, ["Partez, dit-il."])]),
        ("The dockers' offer of the '90s, 6'2\" tall", []),
        ('A slip: "never closed', []),
        ("A slip: “never closed", [(1, ["never closed"])]),
        ("", []),
    ],
)
def test_every_style_of_marks(text: str, found: list[tuple[int, list[str]]]) -> None:
    assert spoken(text) == found


@pytest.mark.parametrize(
    ("opening", "closing"), [tuple(pair) for pair in ("“”", '""', "‘’", "„“", "«»", "»«", "「」")]
)
def test_a_quotation_goes_on_where_a_paragraph_opens_with_the_mark_again(opening: str, closing: str) -> None:
    text = f"{opening}One.\n\n{opening}Two.\n\n{opening}Three,{closing} he said.\n\nFour."
    assert spoken(text) == [(1, ["One.", "Two.", "Three,"])]
    assert spoken(f"{opening}One.{closing}\n\n{opening}Two.{closing}") == [(1, ["One."]), (1, ["Two."])]


def test_what_is_inside_goes_on_too() -> None:
    text = "“She said ‘one\n\n“‘two’ and left,” he said."
    assert spoken(text) == [(1, ["She said ‘one", "‘two’ and left,"]), (2, ["one", "two"])]


def test_an_advertisement_between_paragraphs_ends_nothing() -> None:
    text = "“One.\n\nGet our letter\n\n“Two,” he said."
    story = [(0, 5), (text.index("“Two"), len(text))]
    found = [[text[a:b] for a, b in q.words] for q in quotations(text, story)]
    assert found == [["One.", "Two,"]]
    assert [[text[a:b] for a, b in q.words] for q in quotations(text)] == [["One."], ["Two,"]]


def said(text: str, *words: str) -> Extent:
    return Extent(tuple((text.index(w), text.index(w) + len(w)) for w in words))


AROUND = "“We left,” she said, looking at the river, “at dawn.” Nobody saw it."
TITLED = "“We found the leak,” Dr. A. Brandt said. “It was small.”"
ADDED = "“We found the leak,” she said, adding that the valve was old. “It was small.”"
GLOSSED = "“We found it,” she said, meaning the leak in the north tank."
SCARE = "The “crisis” was caused by “greed,” he said."


@pytest.mark.parametrize(
    ("kind", "text", "words", "wrong"),
    [
        ("direct", AROUND, ("We left",), ""),
        ("direct", AROUND, ("We left", "at dawn"), ""),
        ("direct", AROUND, ("“We left,” she said, looking at the river, “at dawn.”",), ""),
        ("direct", AROUND, ("she said",), "she said"),
        ("direct", AROUND, ("“at dawn.” Nobody saw it.",), "Nobody saw it"),
        ("direct", TITLED, (TITLED,), ""),
        (
            "direct",
            TITLED.replace("Dr. A.", "Dora left. She and"),
            (TITLED.replace("Dr. A.", "Dora left. She and"),),
            "left",
        ),
        ("direct", ADDED, (ADDED,), "the valve was old"),
        ("mixed", ADDED, (ADDED,), ""),
        ("direct", SCARE, ("“crisis” was caused by “greed,”",), "was caused by"),
        ("direct", SCARE, ("The “crisis”",), "The"),
        ("direct", "„Es brennt“, sagte er, „überall.“", ("„Es brennt“, sagte er, „überall.“",), ""),
        ("direct", "«المال موجود»، قال عمراني، «غدًا»", ("«المال موجود»، قال عمراني، «غدًا»",), ""),
        ("mixed", SCARE, ("The “crisis” was caused by",), ""),
        ("mixed", SCARE, ("was caused by",), "none of these words"),
        ("mixed", AROUND, ("Nobody saw it",), "none of these words"),
        ("indirect", AROUND, ("We left",), ""),
        ("free_indirect", AROUND, ("Nobody saw it",), ""),
        ("reported", SCARE, ("crisis",), ""),
    ],
)
def test_the_type_of_a_quotation_is_held_against_its_marks(
    kind: str, text: str, words: tuple[str, ...], wrong: str
) -> None:
    why = misfit(kind, text, said(text, *words), quoted(quotations(text)))
    assert wrong in why
    assert bool(why) == bool(wrong)


def test_a_long_passage_between_two_quotations_is_no_aside() -> None:
    aside = "she said, and " + "walked on " * 20
    text = f"“We left,” {aside}, “at dawn.”"
    assert "walked on" in misfit("direct", text, said(text, text), quoted(quotations(text)))


def test_a_gloss_of_the_reporter_leaves_a_quotation_direct() -> None:
    marks = quoted(quotations(GLOSSED))
    whole = said(GLOSSED, "We found it", "meaning the leak in the north tank")
    assert "meaning the leak" in misfit("direct", GLOSSED, whole, marks)
    gloss = said(GLOSSED, "meaning the leak in the north tank").stretches
    assert misfit("direct", GLOSSED, whole, marks, gloss) == ""
    shorter = said(GLOSSED, "the leak in the north tank").stretches
    assert "meaning" in misfit("direct", GLOSSED, whole, marks, shorter)


def test_marks_set_apart_quote_nobody() -> None:
    text = "The “crisis” is over."
    scare = said(text, "“crisis”").stretches
    assert misfit("direct", text, said(text, "crisis"), quoted(quotations(text))) == ""
    assert misfit("direct", text, said(text, "crisis"), quoted(quotations(text), scare))


MARKS = "“”„«»‹›‘’‚\"'「」—"


@given(st.text(alphabet=MARKS + "as. \n", max_size=60))
def test_whatever_the_marks_every_quotation_lies_in_the_text_and_in_order(text: str) -> None:
    found = quotations(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert all(q.start <= a < b <= q.end for a, b in q.words)
    marks = quoted(found)
    assert all(a < b for a, b in marks)
    assert all(b < c for (_, b), (c, _) in pairwise(marks))


@given(st.text(alphabet=MARKS + "as. \n", min_size=1, max_size=60), st.data())
def test_what_is_inside_and_outside_never_overlap(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    extent = Extent.of((start, data.draw(st.integers(start + 1, len(text)))))
    marks = quoted(quotations(text))
    within, without = inside(extent, marks), outside(text, extent, marks)
    assert all(b <= c or d <= a for a, b in within for c, d in without)
    assert all(any(c.isalnum() for c in text[a:b]) for a, b in without)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("“We left,” she said, “at dawn.”", "“We left, at dawn.”"),
        ("“The lock,” Ada Finch, its keeper, “is dry.”", "“The lock, is dry.”"),
        ("“We left” — Mr. Finch told the clerk — “at dawn.”", "“We left at dawn.”"),
        ("“We left,” she said.\n\n“At dawn,” she added, “it rained.”", "“We left, At dawn, it rained.”"),
        ("«Nous partons», dit-elle, «à l’aube»", "«Nous partons à l’aube»"),
        ("“We left” and the “gate” stayed", "“We left” and the “gate” stayed"),
        ("“We left.”\n\n“It rained.”", "“We left.” “It rained.”"),
        ("“We left at dawn”", "“We left at dawn”"),
    ],
)
def test_what_breaks_into_a_quotation_is_left_out_of_it(text: str, without: str) -> None:
    extent = Extent.of((0, len(text)))
    assert bare(text, extent, " / ", [], asides(text, extent, quoted(quotations(text)))) == without


def test_what_stands_outside_the_words_breaks_into_nothing() -> None:
    text = "“We left,” she said, “at dawn.” “It rained,” he said, “all day.”"
    extent = Extent.of((0, 9), (text.index("at dawn"), len(text) - 10))
    assert asides(text, extent, quoted(quotations(text))) == []
