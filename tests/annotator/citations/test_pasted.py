from dataclasses import replace
from datetime import date

import pytest

from annotator.citations.csl import ArticleRecord
from annotator.citations.pasted import Quoted, footnote, in_marks, markdown, wiki, with_citation

RECORD = ArticleRecord(
    uuid="01990000-0000-7000-8000-0123456789ab",
    title="Who left?",
    authors=("Okoro, Ada", "The Quay"),
    outlet="The Courier",
    published="2031-03-04",
    url="https://a.example/b_c?d=1",
    accessed=date(2031, 3, 9),
    language="fr",
)
WHO = "said by Marit Solheim, relayed by Northwire, published in The Courier"
CLAIM = Quoted(
    quote="nobody rang",
    who=WHO,
    reference="Okoro, A. (2031). Who left? https://a.example/b_c?d=1. [sentence 3]",
    permalink="https://s.example/c/1/",
    record=RECORD,
    place="sentence 3",
)


def test_a_quote_with_its_citation_says_through_whom():
    assert with_citation(CLAIM) == (
        f"“nobody rang” ({WHO}). Okoro, A. (2031). Who left? https://a.example/b_c?d=1. [sentence 3]"
    )


def test_a_footnote_ends_with_the_permanent_address():
    assert footnote(CLAIM) == (
        "Said by Marit Solheim, relayed by Northwire, published in The Courier: “nobody rang”. "
        "Okoro, A. (2031). Who left? https://a.example/b_c?d=1. [sentence 3] https://s.example/c/1/"
    )


NOT_QUOTED = "as reported by The Courier in its own words, not quoted"


@pytest.mark.parametrize("rendered", ["indirect", "free_indirect", "reported", "mixed"])
def test_words_that_nobody_is_quoted_with_are_said_to_be_the_outlets(rendered):
    """In quotation marks they would pass for the speaker's."""
    told = replace(CLAIM, rendered=rendered)
    assert with_citation(told) == (
        f"“nobody rang” ({WHO}; {NOT_QUOTED}). "
        "Okoro, A. (2031). Who left? https://a.example/b_c?d=1. [sentence 3]"
    )
    assert footnote(told).startswith(f"S{WHO[1:]}; {NOT_QUOTED}: “nobody rang”. Okoro")
    assert markdown(told).startswith(f"> nobody rang\n>\n> — {WHO}; {NOT_QUOTED}. Okoro")
    assert wiki(told).startswith(f"<ref>S{WHO[1:]}; {NOT_QUOTED}: {{{{cite news |")
    assert footnote(replace(told, who="")).startswith(f"A{NOT_QUOTED[1:]}: “nobody rang”. Okoro")
    nowhere = replace(told, record=replace(RECORD, outlet=""))
    assert "; as reported in the article’s own words, not quoted)" in with_citation(nowhere)


def test_marks_of_their_own_say_which_words_are_quoted():
    told = replace(CLAIM, rendered="mixed", quote="he called it “contempt”")
    for form in (with_citation, footnote, markdown, wiki):
        assert "not quoted" not in form(told)


def test_nobody_named():
    alone = replace(CLAIM, who="")
    assert with_citation(alone).startswith("“nobody rang”. Okoro")
    assert footnote(alone).startswith("“nobody rang”. Okoro")
    assert "> — Okoro" in markdown(alone)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("nobody\n rang", "“nobody rang”"),
        ("“nobody rang”", "“nobody rang”"),
        ("“nobody” and “none”", "““nobody” and “none””"),
        ("« personne »", "« personne »"),
        ("„niemand“", "„niemand“"),
        ("it’s so", "“it’s so”"),
    ],
)
def test_marks_are_put_once(quote, expected):
    assert in_marks(quote) == expected


def test_markdown():
    odd = replace(CLAIM, quote="a *b* [c](javascript:x) <i>\n# d | e_f", who="said by _X_")
    assert markdown(odd) == (
        "> a \\*b\\* \\[c\\](javascript:x) \\<i\\> \\# d \\| e\\_f\n"
        ">\n"
        "> — said by \\_X\\_. Okoro, A. (2031). Who left? <https://a.example/b_c?d=1>. \\[sentence 3\\] "
        "[Permanent page](<https://s.example/c/1/>)"
    )


def test_wiki():
    """An outlet that quotes an outlet is cited as just that."""
    assert wiki(CLAIM) == (
        "<ref>Said by Marit Solheim, relayed by Northwire, published in The Courier: "
        "{{cite news |last1=Okoro |first1=Ada |author2=The Quay |title=Who left? |work=The Courier "
        "|date=2031-03-04 |at=sentence 3 |url=https://a.example/b_c?d=1 |access-date=2031-03-09 |language=fr "
        "|quote=nobody rang}} [https://s.example/c/1/ The claim].</ref>"
    )


def test_an_archived_copy_stands_in_the_template_where_its_date_is_known():
    kept = "https://web.archive.org/web/20310305120000/https://a.example/b_c?d=1"
    made = wiki(replace(CLAIM, record=replace(RECORD, archive_url=kept)))
    assert f"|archive-url={kept} |archive-date=2031-03-05 |url-status=live " in made
    assert "Archived copy" not in made
    other = wiki(replace(CLAIM, record=replace(RECORD, archive_url="https://archive.example/x y]")))
    assert "archive-url" not in other
    assert "[https://archive.example/x%20y%5D Archived copy]. [https://s.example/c/1/ The claim]." in other


def test_nothing_gets_out_of_the_template():
    odd = replace(RECORD, title="a|b=}}</ref>[[x]]''y''~~~~", url="https://a.example/|}} x", authors=())
    hostile = "</ref>{{delete}}"
    odd = replace(odd, archive_url="https://web.archive.org/web/20310305/}}|x=''y''")
    made = wiki(replace(CLAIM, quote=hostile, who=hostile, place=hostile, record=odd))
    before, _, rest = made.removeprefix("<ref>").partition("{{cite news ")
    inside, _, after = rest.rpartition("}}")
    for part in (before, inside, after.removesuffix("</ref>")):
        assert not any(mark in part.replace("{{!}}", "") for mark in ("{{", "}}", "[[", "</", "''", "~~~")), (
            part
        )
    assert inside.replace("{{!}}", "").count("|") == 11


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2031-03-04", "|date=2031-03-04 "),
        ("2031-03", "|date=2031 "),
        ("2031", "|date=2031 "),
        ("2031-03-04/2031-03-06", ""),
        ("203X", ""),
        ("", ""),
    ],
)
def test_dates_of_the_template(edtf, expected):
    made = wiki(replace(CLAIM, record=replace(RECORD, published=edtf)))
    assert expected in made
    assert ("|date=" in made) == bool(expected)
