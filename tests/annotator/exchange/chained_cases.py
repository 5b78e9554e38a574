"""Passages of our own on whose words stand in the marks, long chains, compounds and what speakers share."""

from tests.factories import annotate, new_actor, span

from .attribution_cases import Passage, case


@case("“The captain told me the pumps failed,” the night guard said. “He wants to sell the ship.”")
def whose_words_stand_in_the_marks(p: Passage) -> None:
    """The guard is quoted, and of the captain only told."""
    captain, guard = p.mention("The captain"), p.mention("the night guard")
    told = {"sources": [captain], "cues": [p.span("told")], "quotation_type": "indirect"}
    relayed = {"role": "relayed", "sources": [guard], "cues": [p.span("said")], "quotation_type": "direct"}
    p.say(
        "the pumps failed",
        quotation_type="direct",
        chains=[[told, relayed]],
        expect={"speaker": "The captain", "quotation_type": "direct", "speaker_quotation_type": "indirect"},
    )
    outer = p.say(
        "He wants to sell the ship",
        quotation_type="direct",
        chains=[[{"sources": [{"actor": guard["actor"]}], "basis": "carried_over"}]],
        expect={"quotation_type": "direct", "speaker_quotation_type": "direct"},
    )
    wanted = {"sources": [{"actor": captain["actor"]}], "act": "wants"}
    inside = {"quotation_type": "direct", "inside": str(outer.uuid)}
    p.say(
        "to sell the ship", chains=[[wanted]], expect={"act": "wants", "speaker_quotation_type": ""}, **inside
    )
    p.say(
        "sell the ship",
        chains=[[{**wanted, "quotation_type": "reported"}]],
        expect={"quotation_type": "direct", "speaker_quotation_type": "reported"},
        **inside,
    )


@case("The mayor fears that the engineer meant it when he called the dam “a paper wall”, as she told nobody.")
def marks_in_a_claim_inside_one_that_is_not_quoted(p: Passage) -> None:
    """Nobody around the engineer is quoted: the words in the marks are the engineer's."""
    outer = p.say(
        "the engineer meant it when he called the dam “a paper wall”",
        chains=[[{"sources": [p.mention("The mayor")], "act": "thinks"}]],
        quotation_type="indirect",
        expect={"speaker_quotation_type": "indirect"},
    )
    called = {**p.span("called"), "cue_type": "doubting"}
    p.say(
        "the dam “a paper wall”",
        chains=[[{"sources": [p.mention("the engineer")], "cues": [called]}]],
        quotation_type="mixed",
        inside=str(outer.uuid),
        expect={"speaker_quotation_type": "mixed", "cue": "called", "cue_types": "doubting"},
    )


@case("The lake is rising, according to divers as well as local and foreign sailing clubs.")
def a_compound_that_shares_its_last_word(p: Passage) -> None:
    divers = p.mention("divers", naming="collective")
    clubs = new_actor("local sailing clubs", naming="collective")
    mention = annotate(p.by, p.snapshot, "actor", "local", "sailing clubs", **clubs)
    local = {"actor": str(mention.mention.actor.uuid), "mention": str(mention.uuid)}
    foreign = p.mention("foreign sailing clubs", naming="collective")
    link = {"sources": [{**one, "jointly": "each"} for one in (divers, local, foreign)]}
    p.say(
        "The lake is rising",
        chains=[[{**link, "cues": [p.span("according to")]}]],
        expect={
            "speaker": "divers;local sailing clubs;foreign sailing clubs",
            "n_speakers": "3",
            "jointly": ["each", "each", "each"],
        },
    )


@case("In the film below, which the divers’ club put out last year, two masked men threaten to cut the nets.")
def a_film_of_what_others_say(p: Passage) -> None:
    """Who threatens, what shows it and who put it out, and when: three links, the last of its own date."""
    club = {
        "role": "relayed",
        "sources": [p.mention("the divers’ club")],
        "cues": [p.span("put out")],
        "said_on": "2030",
        "said_on_basis": "interpretive",
        "time_span": p.span("last year"),
    }
    film = {"role": "relayed", "act": "shows", "sources": [p.mention("the film", kind="document")]}
    men = p.mention("two masked men", naming="unnamed", number="several")
    p.say(
        "to cut the nets",
        type="threat",
        quotation_type="reported",
        chains=[[{"sources": [men], "cues": [p.span("threaten")]}, film, club]],
        expect={
            "speaker": "two masked men",
            "said_on_edtf": "",
            "links": [
                ("1", "1", "two masked men", "said", "says", "stated", ""),
                ("1", "2", "the film", "relayed", "shows", "stated", ""),
                ("1", "3", "the divers’ club", "relayed", "says", "stated", ""),
            ],
            "told": [
                ("", "", "", "", "", 0, "FALSE"),
                ("", "", "", "", "", 0, "FALSE"),
                ("2030", "2030-01-01", "2030-12-31", "interpretive", "", 1, "FALSE"),
            ],
        },
    )


@case(
    "Asked about the leak, the harbour office would not comment. The council refused a request to be heard."
)
def silence_on_being_asked(p: Passage) -> None:
    office = {"sources": [p.mention("the harbour office")], "cues": [p.span("would not comment")]}
    asked = p.span("Asked about the leak")
    p.say(
        "the leak",
        polarity="declined",
        quotation_type="reported",
        chains=[[{**office, "occasion_span": asked}]],
        expect={"polarity": "declined", "cue": "would not comment", "occasions": ["Asked about the leak"]},
    )
    council = {"sources": [p.mention("The council")], "cues": [p.span("refused")], "act": "decides"}
    p.say(
        "a request to be heard",
        polarity="declined",
        quotation_type="reported",
        chains=[[council]],
        expect={"polarity": "declined", "act": "decides", "speaker_quotation_type": "reported"},
    )


@case("A diver said dozens were lost. A pilot counted more. Both spoke unnamed, fearing for their licences.")
def one_reason_for_two_speakers(p: Passage) -> None:
    words = "fearing for their licences"
    hidden = {"naming": "anonymous", "number": "one"}
    for name, said, number in (
        ("A diver", "dozens were lost", {"words": "dozens", "qualifier": "about"}),
        ("A pilot", "more", {"words": "more", "qualifier": "about"}),
    ):
        who = p.mention(name, **hidden, reason_span=span(p.snapshot, words))
        p.say(
            said,
            quantities=[{"what": "boats lost", **number}],
            chains=[[{"sources": [who]}]],
            expect={
                "speaker": f"{name} #1, Quay Gazette",
                "reason": words,
                "quantity": ("boats lost", "about", "", "", "", number["words"]),
            },
        )
