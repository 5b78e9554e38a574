"""Random edits of random texts never move words onto other words without saying so."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.text.alignment import align
from sources.text.offsets import Extent, without_blanks
from sources.text.printed import printed, same_words
from sources.text.reanchor import reanchor
from tests.sources.text.strategies import texts

WORDS = (
    *("the", "dam", "broke", "he", "said", "said", "forty", "minister", "café", "cafe\u0301", "“no”"),
    *("don't", "\u00a0of\u00a0", "sta\u00adte"),
    *("👩‍👩‍👧", "🇩🇪", "السدّ", "انهار", "水坝", "n\u0303", "co-op", "U.S.", "…", "—"),
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda w: " ".join(w) + ". ")
stories = st.lists(sentences, min_size=1, max_size=12)


@st.composite
def edited(draw):
    """A text whose sentences may stand in it twice, what an editor made of it, and extents in the first: as
    lists of (character, where it comes from), so that it is known which are the same."""
    pieces = [list(sentence) for sentence in draw(stories)]
    for _ in range(draw(st.integers(0, 2))):
        pieces.insert(draw(st.integers(0, len(pieces))), list(draw(st.sampled_from(pieces))))
    numbered, count = [], 0
    for piece in pieces:
        numbered.append([(letter, count + i) for i, letter in enumerate(piece)])
        count += len(piece)
    old = "".join(letter for piece in numbered for letter, _ in piece)
    for _ in range(draw(st.integers(0, 5))):
        _edit(draw, numbered)
    new = [one for piece in numbered for one in piece]
    cuts = st.lists(st.integers(0, len(old)), min_size=2, max_size=4, unique=True).map(sorted)
    extents = [
        Extent(tuple(zip(c[::2], c[1::2], strict=False)))
        for c in draw(st.lists(cuts, min_size=1, max_size=6))
    ]
    return old, new, extents


def _edit(draw, numbered):
    deed = draw(st.sampled_from(("insert", "delete", "replace", "move", "letters")))
    at = draw(st.integers(0, len(numbered)))
    made = [(letter, None) for letter in draw(sentences)]
    if deed == "insert" or not numbered:
        numbered.insert(at, made)
        return
    at %= len(numbered)
    if deed == "delete":
        del numbered[at]
    elif deed == "replace":
        numbered[at] = made
    elif deed == "move":
        numbered.insert(draw(st.integers(0, len(numbered) - 1)), numbered.pop(at))
    else:
        first = draw(st.integers(0, len(numbered[at])))
        last = draw(st.integers(first, len(numbered[at])))
        numbered[at][first:last] = made[: draw(st.integers(0, 5))]


@pytest.mark.lengthy
@settings(max_examples=250)
@given(edited())
def test_random_edits_never_move_words_onto_others_without_saying_so(case):
    old, made, extents = case
    new = "".join(letter for letter, _ in made)
    worded = [without_blanks(old, extent) or extent for extent in extents]
    for extent, became in zip(worded, reanchor(old, new, extents), strict=True):
        quotes = extent.slices(old)
        assert 0 <= became.score <= 1 and became.reason
        assert (became.extent is None) == (became.found == "orphaned")
        if became.extent is None:
            continue
        now = became.extent.slices(new)
        if became.found in ("exact", "moved"):
            assert now == quotes
        elif became.print_only:
            assert now != quotes and all(map(same_words, quotes, now))
        if became.found == "exact":
            _stand_between_the_same(old, new, extent, became.extent)


def _stand_between_the_same(old, new, extent, place):
    for (s, e), (ns, ne) in zip(extent.stretches, place.stretches, strict=True):
        before, after = printed(old[:s]).words[-8:].strip(), printed(old[e:]).words[:8].strip()
        assert printed(new[:ns]).words.strip().endswith(before)
        assert printed(new[ne:]).words.strip().startswith(after)


@pytest.mark.lengthy
@settings(max_examples=150)
@given(texts, texts, st.data())
def test_nor_do_any_letters_cut_out_or_put_in(old, put_in, data):
    if len(old) < 2:
        return
    first, last, start, end = (data.draw(st.integers(0, len(old))) for _ in range(4))
    new = old[: min(first, last)] + put_in[:20] + old[max(first, last) :]
    if start == end:
        return
    extent = Extent.of((min(start, end), max(start, end)))
    (became,) = reanchor(old, new, [extent])
    if became.found in ("exact", "moved"):
        assert became.extent.slices(new) == extent.slices(old)


@pytest.mark.lengthy
@settings(max_examples=120)
@given(st.data())
def test_of_sentences_that_stand_once_the_exact_one_is_the_very_one(data):
    count = data.draw(st.integers(1, 10))
    numbered, at = [], 0
    for n in range(count):
        body = f"{n} {data.draw(sentences)}"
        numbered.append([(letter, at + i) for i, letter in enumerate(f"Sentence number {body}")])
        at += len(numbered[-1])
    old = "".join(letter for piece in numbered for letter, _ in piece)
    for _ in range(data.draw(st.integers(0, 4))):
        deed = data.draw(st.sampled_from(("delete", "move", "insert")))
        where = data.draw(st.integers(0, max(0, len(numbered) - 1)))
        if deed == "insert" or not numbered:
            numbered.insert(where, [(c, None) for c in f"Line that is new {data.draw(sentences)}"])
        elif deed == "delete":
            del numbered[where]
        else:
            numbered.insert(data.draw(st.integers(0, len(numbered) - 1)), numbered.pop(where))
    made = [one for piece in numbered for one in piece]
    new = "".join(letter for letter, _ in made)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=2, unique=True)))
    (became,) = reanchor(old, new, [Extent.of((cuts[0], cuts[1]))])
    if became.found == "exact":
        first, last = became.extent.stretches[0]
        assert [number for _, number in made[first:last]] == list(range(*cuts))


@pytest.mark.lengthy
@given(stories, st.data())
@example(["سدّ. "], None)
def test_an_unchanged_text_keeps_every_extent(story, data):
    text = "".join(story)
    places = [(0, len(text))]
    if data is not None:
        two = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
        places.append(tuple(sorted(data.draw(two))))
    for place in places:
        (became,) = reanchor(text, text, [Extent.of(place)])
        assert became.found == "exact" and became.extent == Extent.of(place)


@pytest.mark.lengthy
@given(stories, stories, st.data())
def test_what_is_not_there_is_never_found(story, other, data):
    quote = "the heron left the harbour at dawn"
    old = "".join(story) + quote + ". " + "".join(story)
    new = "".join(other)
    at = old.index(quote)
    (became,) = reanchor(old, new, [Extent.of((at, at + len(quote)))])
    assert became.found in ("changed", "orphaned")
    assert became.extent is None or not became.print_only


PLAIN = 'Before it all. He said "it isn\'t so" - the state of cafe owners... and left. After it all.'
PRINTED = {
    "curly": PLAIN.replace(' "', " “").replace('"', "”").replace("'", "’"),
    "no break": PLAIN.replace("He said", "He\u00a0said").replace("the state", "the\u202fstate"),
    "soft": PLAIN.replace("state", "sta\u00adte").replace("owners", "own\u200bers"),
    "dash": PLAIN.replace(" - ", " — "),
    "ellipsis": PLAIN.replace("...", "…"),
    "line break": PLAIN.replace(" of ", "\nof "),
    "direction": PLAIN.replace("state", "\u200estate\u2069"),
}


@pytest.mark.parametrize("how", PRINTED)
def test_another_print_hides_no_quote_and_is_told(how):
    quote = PLAIN[PLAIN.index("He said") : PLAIN.index(" After")]
    for old, new in ((PLAIN, PRINTED[how]), (PRINTED[how], PLAIN)):
        start, end = old.index("He"), old.index(" After")
        (became,) = reanchor(old, new, [Extent.of((start, end))])
        assert (became.found, became.print_only) == ("changed", True), became
        (now,) = became.extent.slices(new)
        assert now != old[start:end] and printed(now).words == printed(quote).words
        assert "printed otherwise" in became.reason


def test_composed_and_taken_apart_letters_are_the_same_words():
    old = "Before it all. Der Käse war schön. After it all."
    new = unicodedata.normalize("NFD", old)
    (became,) = reanchor(old, new, [Extent.of((old.index("Der"), old.index(" After")))])
    apart = unicodedata.normalize("NFD", "Der Käse war schön.")
    assert became.print_only and became.extent.slices(new) == (apart,)


@pytest.mark.parametrize("accented", ["café", "cafe\u0301"])
def test_a_letter_with_its_mark_is_another_letter(accented):
    old, new = "One cafe stood there.", f"One {accented} stood there."
    became = reanchor(old, new, [Extent.of((4, 8))])[0]
    assert became.found in ("changed", "orphaned") and not became.print_only
    assert became.extent is None or became.extent.slices(new) == (accented,)


def test_an_emoji_with_more_joined_to_it_is_another():
    old, new = "One day I saw 👩. Then I left.", "One day I saw 👩\u200d👧. Then I left."
    became = reanchor(old, new, [Extent.of((0, old.index(".")))])[0]
    assert became.found == "changed" and became.extent.slices(new) == (new[: new.index(".")],)


HEAD, TAIL = "A story begins with these words in it. ", "And it ends with these other words here. "
AGAIN = "The very same sentence stands here again and again, forty people say. "


def _one(old, new, at, words):
    return reanchor(old, new, [Extent.of((at, at + len(words)))])[0]


def test_of_sentences_that_stand_again_none_is_chosen_in_silence():
    old, new = HEAD + AGAIN * 4 + TAIL, HEAD + AGAIN * 3 + TAIL
    for n in range(4):
        at = len(HEAD) + n * len(AGAIN)
        became = _one(old, new, at + 4, AGAIN[4:-2])
        assert became.found == "moved", n
    twice = _one(old, new, len(HEAD) + len(AGAIN), AGAIN.strip())
    assert twice.found == "moved" and twice.extent.slices(new) == (AGAIN.strip(),)


def test_surroundings_that_did_not_change_tell_which_of_two_it_is():
    middle = "In the middle there are again quite other words. "
    old = HEAD + AGAIN + middle + AGAIN + TAIL
    new = HEAD + "A line was put in. " + middle + AGAIN + TAIL
    second = len(HEAD + AGAIN + middle)
    became = _one(old, new, second + 4, "very same sentence")
    assert became.found == "exact" and became.extent.start == new.index("very same sentence")
    first = _one(old, new, len(HEAD) + 4, "very same sentence")
    assert first.found == "moved"


def test_what_moved_is_proposed_where_it_stands_now():
    moved = "The minister of works said on Monday that nobody had known of it. "
    old, new = HEAD + moved + TAIL, HEAD + TAIL + moved
    became = _one(old, new, len(HEAD), moved.strip())
    assert became.found == "moved" and became.extent.slices(new) == (moved.strip(),) and 0 < became.score < 1


def test_words_that_differ_a_little_are_proposed_as_such():
    was, now = "at least 40 people had died in the flood", "at least 52 people had died in the flood"
    old, new = f"{HEAD}Officials said that {was}. {TAIL}", f"{HEAD}Officials said that {now}. {TAIL}"
    became = _one(old, new, old.index(was), was)
    assert became.found == "changed" and not became.print_only and became.score > 0.8
    assert became.extent.slices(new) == (now,)


def test_each_stretch_is_looked_for():
    old = f"{HEAD}“We are sorry,” he said, “for all of it.” {TAIL}"
    quotes = ("We are sorry,", "for all of it.")
    extent = Extent.of(*((old.index(q), old.index(q) + len(q)) for q in quotes))
    (shifted,) = reanchor(old, "Updated at noon today by us. " + old, [extent])
    assert shifted.found == "exact" and shifted.extent.start == extent.start + 29
    (gone,) = reanchor(old, old.replace(" “for all of it.”", ""), [extent])
    assert gone.found == "changed" and "1 of 2 pieces" in gone.reason
    (swapped,) = reanchor(old, f"{HEAD}“for all of it.” he said, “We are sorry,” {TAIL}", [extent])
    assert swapped.found in ("changed", "orphaned")


def test_he_does_not_stand_in_the():
    old, new = "He met the man. But he left, they say.", "They met these men. Then they slept there."
    became = _one(old, new, old.index("he left"), "he")
    assert became.found == "orphaned"


@pytest.mark.parametrize("letters", ["a", "a ", "ab. ", "\u200b", "e\u0301", "\u00ad a"])
def test_texts_of_one_thing_over_and_over_stay_undecided(letters):
    old = letters * 4000
    new = letters * 1900 + "b" + letters * 1950
    size = len(letters) * 10
    places = [Extent.of((at, at + size)) for at in range(size, len(old) - size, 997)]
    for became in reanchor(old, new, places):
        assert became.found in ("moved", "orphaned", "changed")


@pytest.mark.lengthy
@settings(max_examples=200)
@given(stories, stories)
def test_what_is_aligned_is_the_same_and_in_order(one, other):
    old, new = "".join(one), "".join(other)
    last = (0, 0)
    for block in align(old, new).blocks:
        assert old[block.old : block.old + block.length] == new[block.new : block.new + block.length]
        assert block.old >= last[0] and block.new >= last[1] and block.length
        last = block.old + block.length, block.new + block.length


def test_blanks_that_were_marked_beside_words_are_left_behind():
    old = "The lock is shut, the master said on Monday. It opens in May."
    new = f"Updated on Tuesday. {old}"
    blank, words = old.index(" It"), (old.index("lock"), old.index(" is"))
    became = reanchor(old, new, [Extent.of(words, (blank, blank + 1)), Extent.of((blank, blank + 1))])
    assert became[0].extent is not None
    assert (became[0].found, became[0].extent.slices(new)) == ("moved", ("lock",))
    assert became[0].reason.endswith("; blanks that were marked are left out")
    assert (became[1].found, became[1].extent) == ("orphaned", None)


@pytest.mark.parametrize(
    ("old", "words", "before", "after", "now"),
    [
        ("On Monday Eighteen lorries left there.", "Eighteen lorries", "Eigh", "Nine", "Nineteen lorries"),
        ("The pilots resisted all winter there.", "pilots resisted", "resist", "exist", "pilots existed"),
        ("ليلا قالوا إن السفينة وصلت إلى هنا.", "السفينة وصلت", "وصلت", "ووصلت", "السفينة ووصلت"),
    ],
)
def test_other_words_are_proposed_whole(old, words, before, after, now):
    new, start = old.replace(before, after), old.index(words)
    (became,) = reanchor(old, new, [Extent.of((start, start + len(words)))])
    assert became.extent is not None and became.found == "changed"
    assert became.extent.slices(new) == (now,)
