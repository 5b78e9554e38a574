"""References in each style: what is expected is written after the style guides, not after the formatter."""

from dataclasses import replace
from datetime import date

import pytest

from annotator.citations.csl import ArticleRecord, cite, with_archive, with_sentences
from annotator.citations.styled import STYLES

RECORD = ArticleRecord(
    uuid="01990000-0000-7000-8000-0123456789ab",
    title="Who left?",
    authors=("Ahmadi, Lina Rose", "The Quay"),
    outlet="The Courier",
    published="2031-03-04",
    url="https://a.example",
    archive_url="https://archive.example/1",
    accessed=date(2031, 3, 9),
    section="Region",
    language="en",
)
URL = RECORD.url
PLAIN = replace(RECORD, title="It stood open", authors=("Okoro, Ada",), accessed=None)
UNSIGNED = replace(RECORD, authors=(), title="It stood open")
FOUR = replace(PLAIN, authors=("van der Berg, Jan", "Ó Briain, Ciara", "Li, Wei", "Okoro, Ada"))
QUOTING = replace(PLAIN, title="It “stood open” all night")
UNDATED = replace(PLAIN, published="", accessed=date(2031, 3, 9))
DAYS = replace(PLAIN, published="2031-03-04/2031-03-06")
DECADE = replace(PLAIN, published="203X")
FRENCH = replace(PLAIN, title="La vanne est restée ouverte", language="fr")
URDU = replace(PLAIN, authors=("محمد علی",), title="پل ٹوٹ گیا", outlet="روزنامہ", url="", language="ur")
CASES = [
    ("chicago", RECORD, f"Lina Rose Ahmadi and The Quay, “Who Left?,” The Courier, March 4, 2031, {URL}."),
    ("chicago", PLAIN, f"Ada Okoro, “It Stood Open,” The Courier, March 4, 2031, {URL}."),
    ("chicago", UNSIGNED, f"“It Stood Open,” The Courier, March 4, 2031, {URL}."),
    ("chicago", FOUR, f"Jan van der Berg et al., “It Stood Open,” The Courier, March 4, 2031, {URL}."),
    ("chicago", QUOTING, f"Ada Okoro, “It ‘Stood Open’ All Night,” The Courier, March 4, 2031, {URL}."),
    ("chicago", UNDATED, f"Ada Okoro, “It Stood Open,” The Courier, n.d., accessed March 9, 2031, {URL}."),
    ("chicago", DAYS, f"Ada Okoro, “It Stood Open,” The Courier, March 2031, {URL}."),
    ("chicago", DECADE, f"Ada Okoro, “It Stood Open,” The Courier, 2030–2039, {URL}."),
    ("chicago", FRENCH, f"Ada Okoro, “La vanne est restée ouverte,” The Courier, March 4, 2031, {URL}."),
    ("chicago", URDU, "محمد علی, “پل ٹوٹ گیا,” روزنامہ, March 4, 2031."),
    ("mla", RECORD, f"Ahmadi, Lina Rose, and The Quay. “Who Left?” The Courier, 4 Mar. 2031, {URL}."),
    ("mla", PLAIN, f"Okoro, Ada. “It Stood Open.” The Courier, 4 Mar. 2031, {URL}."),
    ("mla", UNSIGNED, f"“It Stood Open.” The Courier, 4 Mar. 2031, {URL}."),
    ("mla", FOUR, f"van der Berg, Jan, et al. “It Stood Open.” The Courier, 4 Mar. 2031, {URL}."),
    ("mla", QUOTING, f"Okoro, Ada. “It ‘Stood Open’ All Night.” The Courier, 4 Mar. 2031, {URL}."),
    ("mla", UNDATED, f"Okoro, Ada. “It Stood Open.” The Courier, {URL}. Accessed 9 Mar. 2031."),
    ("mla", FRENCH, f"Okoro, Ada. “La vanne est restée ouverte.” The Courier, 4 Mar. 2031, {URL}."),
    (
        "harvard",
        RECORD,
        "Ahmadi, L.R. and The Quay (2031) ‘Who left?’, The Courier, 4 March. "
        f"Available at: {URL} (Accessed: 9 March 2031).",
    ),
    ("harvard", PLAIN, f"Okoro, A. (2031) ‘It stood open’, The Courier, 4 March. Available at: {URL}."),
    (
        "harvard",
        UNSIGNED,
        f"The Courier (2031) ‘It stood open’, 4 March. Available at: {URL} (Accessed: 9 March 2031).",
    ),
    (
        "harvard",
        FOUR,
        f"van der Berg, J. et al. (2031) ‘It stood open’, The Courier, 4 March. Available at: {URL}.",
    ),
    ("harvard", DAYS, f"Okoro, A. (2031) ‘It stood open’, The Courier, March. Available at: {URL}."),
    (
        "apa",
        FOUR,
        "van der Berg, J., Ó Briain, C., Li, W., & Okoro, A. (2031, March 4). It stood open. "
        f"The Courier. {URL}",
    ),
    ("apa", UNDATED, f"Okoro, A. (n.d.). It stood open. The Courier. Retrieved March 9, 2031, from {URL}"),
    ("apa", QUOTING, f"Okoro, A. (2031, March 4). It “stood open” all night. The Courier. {URL}"),
]


@pytest.mark.parametrize("style", STYLES)
def test_the_sentence_and_the_archived_copy_come_last(style):
    reference = cite(RECORD, style)
    cited = with_archive(with_sentences(reference, [3, 4]), RECORD.archive_url)
    assert cited == f"{reference} [sentences 3–4] Archived copy: https://archive.example/1"
    assert with_archive(reference, "") == reference


@pytest.mark.parametrize(("style", "record", "expected"), CASES)
def test_a_reference(style, record, expected):
    assert cite(record, style) == expected


@pytest.mark.parametrize("style", STYLES)
def test_a_title_alone_is_given_once(style):
    title = "No. No. Never"
    assert cite(ArticleRecord(uuid=RECORD.uuid, title=title), style).count("Never") == 1


ODD = ["<b>x</b> & co", "{{x}}", "a\u202eb", "x" * 5000, "”", "“.", "𝒳 🙂", r"\1 \g<0>"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", ODD)
def test_odd_titles_and_names_come_through(style, words):
    made = cite(replace(PLAIN, title=words, authors=(f"Odd {words}",), language=""), style)
    marks = str.maketrans("", "", "“”‘’")
    assert words.translate(marks) in made.translate(marks)


def test_no_such_style():
    with pytest.raises(KeyError):
        cite(RECORD, "vancouver")
