"""Passages of our own on when something was told, of what time it speaks, and how often it was told."""

from .attribution_cases import Passage, case


@case("On Sunday the harbourmaster spoke of a crack; the agency reported it on Tuesday.")
def each_link_has_its_own_date(p: Passage) -> None:
    relayed = {
        "role": "relayed",
        "sources": [p.mention("the agency")],
        "said_on": "2031-03-04",
        "said_on_basis": "interpretive",
        "said_on_confidence": "certain",
        "time_span": p.span("on Tuesday"),
    }
    p.say(
        "a crack",
        said_on="2 March 2031",
        time_span=p.span("On Sunday"),
        chains=[[{"sources": [p.mention("the harbourmaster")]}, relayed]],
        expect={
            "said_on_edtf": "2031-03-02",
            "time_ids": 1,
            "told": [
                ("2031-03-02", "2031-03-02", "2031-03-02", "textual", "", 0, "FALSE"),
                ("2031-03-04", "2031-03-04", "2031-03-04", "interpretive", "certain", 1, "FALSE"),
            ],
        },
    )


@case("Since April the ferrymen had heard him say again and again that nobody would pay.")
def told_repeatedly_since(p: Passage) -> None:
    p.say(
        "nobody would pay",
        said_on="since April 2031",
        time_span=p.span("Since April"),
        chains=[[{"sources": [p.mention("him")], "cues": [p.span("say")], "repeated": True}]],
        expect={
            "said_on_edtf": "2031-04/..",
            "said_on_min": "2031-04-01",
            "said_on_max": "",
            "said_on_basis": "textual",
            "told": [("2031-04/..", "2031-04-01", "", "textual", "", 0, "TRUE")],
        },
    )


@case("Next year, the bank said, fares would rise. They fell until 2029, it added.")
def the_time_a_claim_speaks_of(p: Passage) -> None:
    bank = {"sources": [p.mention("the bank")]}
    p.say(
        "fares would rise",
        type="forecast",
        period="2032",
        period_basis="interpretive",
        period_confidence="probable",
        period_span=p.span("Next year"),
        chains=[[bank]],
        expect={
            "period_edtf": "2032",
            "period_min": "2032-01-01",
            "period_max": "2032-12-31",
            "period_basis": "interpretive",
            "period_confidence": "probable",
            "period_ids": 1,
            "said_on_edtf": "",
            "said_on_basis": "",
            "told": [("", "", "", "", "", 0, "FALSE")],
        },
    )
    p.say(
        "They fell until 2029",
        period="until 2029",
        chains=[[{**bank, "sources": [p.mention("it")]}]],
        expect={"period_edtf": "../2029", "period_min": "", "period_max": "2029-12-31", "period_ids": ""},
    )


@case("“The pump is ‘a disgrace’,” Mara Benn said, quoting the inspector.")
def a_direct_claim_whose_inner_link_is_mixed(p: Passage) -> None:
    inner = {"sources": [p.mention("the inspector")], "quotation_type": "mixed"}
    outer = {"sources": [p.mention("Mara Benn")], "role": "relayed", "quotation_type": "direct"}
    p.say(
        "“The pump is ‘a disgrace’,”",
        quotation_type="direct",
        chains=[[inner, outer]],
        expect={
            "quotation_type": "direct",
            "links": [
                ("1", "1", "the inspector", "said", "says", "stated", "mixed"),
                ("1", "2", "Mara Benn", "relayed", "says", "stated", "direct"),
            ],
        },
    )
