from datetime import date

import pytest

from annotator.citations.csl import ArticleRecord, cite, csl_date, item, reference_id, with_sentences

RECORD = ArticleRecord(
    uuid="01990000-0000-7000-8000-0123456789ab",
    title="Who opened the sluice?",
    authors=("Ahmadi, Lina Rose", "Harbour News"),
    outlet="The Dunmore Courier",
    published="2031-03-04",
    url="https://dunmore.example/sluice?a=1&b=2",
    archive_url="https://archive.example/1",
    accessed=date(2031, 3, 9),
    section="Region",
    language="en",
)


def having(**changes):
    from dataclasses import replace

    return replace(RECORD, **changes)


def test_the_item_holds_what_the_record_says():
    assert item(RECORD) == {
        "id": "the-dunmore-courier-2031-0123456789ab",
        "type": "article-newspaper",
        "title": "Who opened the sluice?",
        "author": [{"family": "Ahmadi", "given": "Lina Rose"}, {"literal": "Harbour News"}],
        "issued": {"date-parts": [[2031, 3, 4]]},
        "accessed": {"date-parts": [[2031, 3, 9]]},
        "container-title": "The Dunmore Courier",
        "URL": "https://dunmore.example/sluice?a=1&b=2",
        "archive_location": "https://archive.example/1",
        "section": "Region",
        "language": "en",
    }


def test_apa():
    assert cite(RECORD) == (
        "Ahmadi, L. R., & Harbour News. (2031, March 4). Who opened the sluice? The Dunmore Courier. "
        "https://dunmore.example/sluice?a=1&b=2"
    )


def test_apa_without_author_puts_the_title_first_and_only_once():
    assert cite(having(authors=(), url="")) == "Who opened the sluice? (2031, March 4). The Dunmore Courier."


def test_apa_without_date_says_when_it_was_read():
    assert cite(having(published="", authors=("Harbour News",))) == (
        "Harbour News. (n.d.). Who opened the sluice? The Dunmore Courier. "
        "Retrieved March 9, 2031, from https://dunmore.example/sluice?a=1&b=2"
    )


def test_apa_leaves_other_scripts_alone():
    urdu = having(authors=("محمد علی",), title="پل ٹوٹ گیا", outlet="روزنامہ", url="", language="ur")
    assert cite(urdu) == "محمد علی. (2031, March 4). پل ٹوٹ گیا. روزنامہ."
    assert reference_id(urdu) == "article-2031-0123456789ab"


@pytest.mark.parametrize(
    ("edtf", "expected", "printed"),
    [
        ("2031", {"date-parts": [[2031]]}, "(2031)"),
        ("2031-03", {"date-parts": [[2031, 3]]}, "(2031, March)"),
        ("2031-03-04/2031-03-06", {"date-parts": [[2031, 3, 4], [2031, 3, 6]]}, "(2031, March)"),
        ("2031-02/2031-03", {"date-parts": [[2031, 2], [2031, 3]]}, "(2031)"),
        ("2031/2033", {"date-parts": [[2031], [2033]]}, "(2031–2033)"),
        ("2031-03?", {"date-parts": [[2031, 3]], "circa": True}, "(ca. 2031, March)"),
        ("203X", {"date-parts": [[2030], [2039]]}, "(2030–2039)"),
        ("2031-21", {"date-parts": [[2031]], "season": 1}, "(2031, Spring)"),
    ],
)
def test_dates(edtf, expected, printed):
    assert csl_date(edtf) == expected
    assert printed in cite(having(published=edtf))


def test_what_is_not_a_date_is_refused():
    with pytest.raises(ValueError, match="not an EDTF date"):
        csl_date("last Tuesday")


def test_sentences_are_the_locator():
    assert with_sentences("The Courier.", [7]) == "The Courier. [sentence 7]"
    assert with_sentences("The Courier.", [9, 3, 4, 5, 4]) == "The Courier. [sentences 3–5, 9]"
    assert with_sentences("The Courier.", [3], text=2) == "The Courier. [text 2, sentence 3]"
    assert with_sentences("The Courier.", []) == "The Courier."
