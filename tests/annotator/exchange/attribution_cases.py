"""Passages of our own, one for each thing that coding real articles showed to be needed.

Each is a function that annotates its passage and returns what the dataset has to say of the claims it made.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import ANY

from annotator.actions import relations
from annotator.models import Annotation, Claim
from sources.models import Block, Snapshot, User
from tests.factories import annotate, claim, new_actor, span, stored

Expected = dict[str, Any]
"""By column of claims.csv; `links` of attributions.csv: (chain, link, actors, role, act, basis, type)."""


@dataclass
class Passage:
    by: User
    snapshot: Snapshot
    made: list[tuple[Claim, Expected]] = field(default_factory=list)

    def mention(self, words: str, name: str = "", **more: Any) -> dict[str, str]:
        """A source that speaks where the text says `words`."""
        found: Annotation = annotate(
            self.by, self.snapshot, "actor", words, **new_actor(name or words, **more)
        )
        return {"actor": str(found.mention.actor.uuid), "mention": str(found.uuid)}

    def say(self, *words: str, expect: Expected, **more: Any) -> Claim:
        more.setdefault("voice", "attributed" if more.get("chains") else "unknown")
        said = claim(self.by, self.snapshot, *words, **more)
        self.made.append((said, expect))
        return said

    def span(self, words: str, **more: Any) -> dict[str, Any]:
        return {**span(self.snapshot, words), **more}


CASES: dict[str, tuple[str, Callable[[Passage], None]]] = {}


def case(text: str) -> Callable[[Callable[[Passage], None]], Callable[[Passage], None]]:
    def keep(function: Callable[[Passage], None]) -> Callable[[Passage], None]:
        CASES[function.__name__] = (text, function)
        return function

    return keep


def prepared(by: User, project: Any, name: str) -> Passage:
    text, annotating = CASES[name]
    passage = Passage(by, stored(by, project, f"{text}\n", "Quay Gazette"))
    annotating(passage)
    return passage


@case("Harbour officials and two analysts say that the old quay will sink.")
def compound_source(p: Passage) -> None:
    who = [p.mention("Harbour officials", naming="collective"), p.mention("two analysts")]
    cue = p.span("say that")
    both = {"sources": [{**one, "jointly": "each"} for one in who], "cues": [cue]}
    p.say(
        "the old quay will sink",
        chains=[[both]],
        expect={
            "speaker": "Harbour officials;two analysts",
            "n_speakers": "2",
            "speaker_id": "",
            "cue": "say that",
            "jointly": ["each", "each"],
        },
    )
    together = p.mention("Harbour officials and two analysts", naming="collective")
    expect = {"speaker": "Harbour officials and two analysts", "speaker_naming": "collective"}
    p.say("old quay will sink", chains=[[{"sources": [together]}]], expect=expect)


@case("The night guard said the captain had told him the pumps failed.")
def nested_attribution(p: Passage) -> None:
    captain, guard = p.mention("the captain"), p.mention("The night guard")
    inner = {"sources": [captain], "cues": [p.span("had told")], "quotation_type": "indirect"}
    outer = {"role": "relayed", "sources": [guard], "cues": [p.span("said")]}
    p.say(
        "the pumps failed",
        chains=[[inner, outer]],
        expect={
            "speaker": "the captain",
            "cue": "had told",
            "links": [
                ("1", "1", "the captain", "said", "says", "stated", "indirect"),
                ("1", "2", "The night guard", "relayed", "says", "stated", ""),
            ],
        },
    )


@case("“Everybody believes the mill is haunted,” the miller said, according to the Quay Gazette.")
def claim_inside_a_claim(p: Passage) -> None:
    miller, paper = p.mention("the miller"), p.mention("the Quay Gazette", kind="outlet")
    chain = [{"sources": [miller]}, {"role": "relayed", "sources": [paper]}]
    outer = p.say(
        "Everybody believes the mill is haunted",
        quotation_type="direct",
        chains=[chain],
        expect={"speaker": "the miller", "inside_claim_id": ""},
    )
    believed = {"act": "thinks", "sources": [p.mention("Everybody", naming="collective")]}
    p.say(
        "the mill is haunted",
        inside=str(outer.uuid),
        chains=[[believed]],
        expect={
            "speaker": "Everybody",
            "n_speakers": "1",
            "act": "thinks",
            "inside_claim_id": str(outer.uuid),
            "links": [
                ("1", "1", "Everybody", "said", "thinks", "stated", ""),
                ("1", "2", "the miller", "said", "says", "stated", ""),
                ("1", "3", "the Quay Gazette", "relayed", "says", "stated", ""),
            ],
        },
    )


@case("“We left at dawn,” Ada Kell said.\n\n“Nobody stopped us.\n\n“Nobody even looked.”")
def quotation_that_goes_on_without_a_cue(p: Passage) -> None:
    ada = p.mention("Ada Kell")
    link = {"sources": [ada], "basis": "carried_over", "quotation_type": "direct"}
    p.say(
        "Nobody stopped us.",
        "Nobody even looked.",
        quotation_type="direct",
        chains=[[link]],
        expect={
            "quotation_type": "direct",
            "cue": "",
            "links": [("1", "1", "Ada Kell", "said", "says", "carried_over", "direct")],
        },
    )


@case("The ministry declined to comment on the leak.")
def declined_comment(p: Passage) -> None:
    said = {"sources": [p.mention("The ministry")], "cues": [p.span("declined to comment")]}
    expect = {"polarity": "declined", "cue": "declined to comment", "quotation_type": "reported"}
    p.say("the leak", polarity="declined", quotation_type="reported", chains=[[said]], expect=expect)


@case("There are fears that the weir will break. The bridge is reportedly safe.")
def nobody_is_named(p: Passage) -> None:
    cue = {"act": "thinks", "cues": [p.span("There are fears")]}
    p.say(
        "the weir will break",
        voice="agentless",
        chains=[[cue]],
        expect={"voice": "agentless", "n_speakers": "0", "cue": "There are fears", "act": "thinks"},
    )
    p.say(
        "The bridge is reportedly safe",
        voice="agentless",
        hedges=[p.span("reportedly", whose="reporter")],
        expect={"voice": "agentless", "reporters_hedge": "reportedly", "hedge": ""},
    )


@case("“It holds,” Lena Voss told reporters. She told Nordpost it had cost a million.")
def told_reporters_and_told_an_agency(p: Passage) -> None:
    voss, heard = p.mention("Lena Voss"), p.mention("reporters", naming="collective")
    p.say(
        "It holds",
        quotation_type="direct",
        chains=[[{"sources": [voss], "addressees": [heard]}]],
        expect={
            "addressee": "reporters",
            "addressee_id": heard["actor"],
            "addressee_mention_id": heard["mention"],
            "chain": "said by Lena Voss to reporters, published in Quay Gazette",
        },
    )
    agency = p.mention("Nordpost", kind="organisation")
    p.say(
        "it had cost a million",
        chains=[
            [
                {"sources": [{"actor": voss["actor"]}], "addressees": [{"actor": agency["actor"]}]},
                {"role": "relayed", "sources": [agency]},
            ]
        ],
        expect={
            "addressee": "Nordpost",
            "links": [
                ("1", "1", "Lena Voss", "said", "says", "stated", ""),
                ("1", "2", "Nordpost", "relayed", "says", "stated", ""),
            ],
        },
    )


@case("The yard’s owner blames the inspectors and “people from outside” for the fire at the yard.")
def whom_a_claim_blames(p: Passage) -> None:
    owner, inspectors = p.mention("The yard’s owner"), p.mention("the inspectors", naming="collective")
    outsiders = p.span("people from outside")
    p.say(
        "the fire at the yard",
        type="blame",
        quotation_type="reported",
        chains=[[{"sources": [owner], "cues": [p.span("blames")], "occasion_span": p.span("at the yard")}]],
        targets=[inspectors, {"span": outsiders}],
        expect={
            "speaker": "The yard’s owner",
            "occasions": ["at the yard"],
            "targets": "the inspectors;people from outside",
            "target_ids": inspectors["actor"],
            "target_words_ids": outsiders["uuid"],
            "meant": [("1", inspectors["mention"], ""), ("2", "", outsiders["uuid"])],
        },
    )


@case("Ilo Brenn believes the ferry is lost, his sister told the harbour master and two clerks.")
def whom_each_link_speaks_to(p: Passage) -> None:
    """The believer told nobody; his sister speaks to two, one of them only described."""
    brenn, sister = p.mention("Ilo Brenn"), p.mention("his sister")
    master, clerks = p.mention("the harbour master"), p.span("two clerks")
    p.say(
        "the ferry is lost",
        chains=[
            [
                {"act": "thinks", "sources": [brenn]},
                {"role": "relayed", "sources": [sister], "addressees": [master, {"span": clerks}]},
            ]
        ],
        expect={
            "speaker": "Ilo Brenn",
            "addressee": "",
            "addressee_id": "",
            "heard": [
                ("2", "1", "the harbour master", master["mention"], ""),
                ("2", "2", "two clerks", "", clerks["uuid"]),
            ],
            "chain": "thought by Ilo Brenn, relayed by his sister to the harbour master and two clerks, "
            "published in Quay Gazette",
        },
    )


@case("“The dyke will hold,” the engineer assured the mayor, who told the council it would.")
def a_claim_inside_a_claim_is_told_on(p: Passage) -> None:
    """What the outer claim's speaker says to somebody is the inner claim's too, in its outer link."""
    engineer, mayor = p.mention("the engineer"), p.mention("the mayor")
    outer = p.say(
        "The dyke will hold,” the engineer assured the mayor, who told the council it would",
        chains=[[{"sources": [mayor], "addressees": [{"span": p.span("the council")}]}]],
        expect={
            "addressee": "the council",
            "addressee_id": "",
            "heard": [("1", "1", "the council", "", ANY)],
        },
    )
    p.say(
        "The dyke will hold",
        quotation_type="direct",
        inside=str(outer.uuid),
        chains=[[{"sources": [engineer], "addressees": [mayor]}]],
        expect={
            "addressee": "the mayor",
            "heard": [("1", "1", "the mayor", mayor["mention"], ""), ("2", "1", "the council", "", ANY)],
        },
    )


@case("“The sluice,” said the keeper, wiping his hands, “was never shut.”")
def quotation_round_its_speaker(p: Passage) -> None:
    keeper = {"sources": [p.mention("the keeper")], "cues": [p.span("said")]}
    p.say(
        "The sluice,” said the keeper, wiping his hands, “was never shut.",
        quotation_type="direct",
        glosses=[p.span("said the keeper, wiping his hands")],
        chains=[[keeper]],
        expect={"quotation_type": "direct", "gloss_ids": 1},
    )


@case("The council calls it a “reform”. The word “reform” never fell, the clerk said: it was “a sale”.")
def what_quotation_marks_do(p: Passage) -> None:
    council, clerk = p.mention("The council"), p.mention("the clerk")
    p.say(
        "it a “reform”",
        quotation_type="indirect",
        quoted=[p.span("“reform”", use="scare")],
        chains=[[{"sources": [council]}]],
        expect={"marks": ["scare"]},
    )
    p.say(
        "it was “a sale”",
        quotation_type="mixed",
        quoted=[p.span("“a sale”", use="another")],
        chains=[[{"sources": [clerk]}]],
        expect={"quotation_type": "mixed", "marks": ["another"]},
    )


@case("“[The situation] is […] under control,” the report, “[t]hough it was [sic] told.”")
def insertions_omissions_and_who_speaks_between(p: Passage) -> None:
    report = {"act": "shows", "sources": [p.mention("the report", kind="document")]}
    p.say(
        "[The situation] is […] under control,” the report, “[t]hough it was [sic] told",
        quotation_type="direct",
        chains=[[report]],
        expect={
            "quote_printed": "[The situation] is […] under control,” the report, “[t]hough it was [sic] told",
            "quote_bare": "is under control, though it was told",
            "act": "shows",
        },
    )


@case("The gate probably failed, Bo Lund said, and was allegedly never tested.")
def whose_hedge_it_is(p: Passage) -> None:
    p.say(
        "The gate probably failed",
        certainty="probably",
        hedges=[p.span("probably", whose="speaker"), p.span("allegedly", whose="reporter")],
        chains=[[{"sources": [p.mention("Bo Lund")]}]],
        expect={"certainty": "probably", "hedge": "probably", "reporters_hedge": "allegedly"},
    )


@case("Kim Ro doesn’t want the bridge. Kim Ro denied that he had sold it.")
def negation_is_not_denial(p: Passage) -> None:
    ro = p.mention("Kim Ro")
    p.say(
        "want the bridge",
        negated=True,
        chains=[[{"act": "wants", "sources": [ro]}]],
        expect={"polarity": "asserted", "negated": "TRUE", "act": "wants"},
    )
    p.say(
        "he had sold it",
        polarity="denied",
        polarity_basis="textual",
        polarity_confidence="certain",
        chains=[[{"sources": [{"actor": ro["actor"]}]}]],
        expect={"polarity": "denied", "negated": "FALSE", "polarity_confidence": "certain"},
    )


@case("The weir, built in 1911, is cracked, the surveyor said.")
def a_gloss_of_the_reporter(p: Passage) -> None:
    p.say(
        "The weir, built in 1911, is cracked",
        glosses=[p.span(", built in 1911,")],
        chains=[[{"sources": [p.mention("the surveyor")]}]],
        expect={"quote_bare": "The weir is cracked", "gloss_ids": 1},
    )


@case("The night was loud. Somebody at the yard must have rung the bell.\n\nNo name: staff may not speak.")
def an_inferred_speaker_whose_reason_stands_far_off(p: Passage) -> None:
    hidden = {
        "naming": "anonymous",
        "stated_reason": "staff may not speak",
        "reason_span": span(p.snapshot, "staff may not speak"),
    }
    who = p.mention("Somebody at the yard", **hidden)
    link = {"basis": "inferred", "sources": [{**who, "basis": "inferential", "confidence": "possible"}]}
    p.say(
        "The night was loud",
        chains=[[link]],
        expect={
            "speaker_naming": "anonymous",
            "speaker": "Somebody at the yard #1, Quay Gazette",
            "rests": [("inferential", "possible")],
            "reason": "staff may not speak",
            "links": [("1", "1", "Somebody at the yard", "said", "says", "inferred", "")],
        },
    )


@case("Between 40 and 50 boats were lost on Monday, the pilot said.")
def numbers_and_the_day_it_was_said(p: Passage) -> None:
    words = "Between 40 and 50 boats"
    number = {"what": "boats lost", "low": 40, "high": 50, "unit": "boats", "words": words}
    p.say(
        "Between 40 and 50 boats were lost",
        quantities=[number],
        said_on="2031-03-03",
        said_on_basis="interpretive",
        said_on_confidence="probable",
        time_span=p.span("on Monday"),
        chains=[[{"sources": [p.mention("the pilot")]}]],
        expect={
            "quantity": ("boats lost", "range", "40", "50", "boats", words),
            "said_on_edtf": "2031-03-03",
            "said_on_basis": "interpretive",
            "said_on_confidence": "probable",
            "time_ids": 1,
        },
    )


@case("Die Lage sei ernst. „Wir gehen“, sagte Uwe Tamm, „noch heute.“")
def translated_and_in_other_marks(p: Passage) -> None:
    p.say(
        "„Wir gehen“, sagte Uwe Tamm, „noch heute.“",
        quotation_type="direct",
        translated=True,
        chains=[[{"sources": [p.mention("Uwe Tamm")]}]],
        expect={"translated": "TRUE", "quotation_type": "direct"},
    )


@case("قال الحارس: «الماء وصل»، وأضاف: «لم يقرأ أحد».")
def arabic_marks(p: Passage) -> None:
    p.say(
        "الماء وصل",
        "لم يقرأ أحد",
        quotation_type="direct",
        chains=[[{"sources": [p.mention("الحارس")]}]],
        expect={"quotation_type": "direct", "translated": ""},
    )


@case("Ola Brix, a former head of the port who now speaks for the governor, said the cranes would go.")
def role_at_the_time(p: Passage) -> None:
    words = "a former head of the port who now speaks for the governor"
    who = {**p.mention("Ola Brix"), "role_at_time": words, "role_span": p.span(words)}
    p.say("the cranes would go", chains=[[{"sources": [who]}]], expect={"role_at_time": words, "role_ids": 1})


@case("The cabinet has decided to close the port. A log shows that it was closed.")
def what_nobody_uttered(p: Passage) -> None:
    cabinet, log = p.mention("The cabinet"), p.mention("A log", kind="document")
    p.say(
        "to close the port",
        chains=[[{"act": "decides", "sources": [cabinet]}]],
        expect={"act": "decides"},
    )
    p.say("it was closed", chains=[[{"act": "shows", "sources": [log]}]], expect={"act": "shows"})


@case("The yard poisoned the river, neighbours say. The claim has been denied by the yard’s owner.")
def a_claim_about_a_claim(p: Passage) -> None:
    told = {"sources": [p.mention("neighbours", naming="collective")]}
    accusation = p.say("The yard poisoned the river", chains=[[told]], expect={})
    owner = {"sources": [p.mention("the yard’s owner")], "cues": [p.span("denied by")]}
    denial = p.say(
        "The claim has been denied",
        polarity="denied",
        chains=[[owner]],
        expect={"refers_to_claim_ids": str(accusation.uuid), "relation": ("denies", "textual")},
    )
    relations.relate(by=p.by, claim=denial, other=accusation, kind="denies", basis="textual")


@case("“The tide does not wait for committees,” Ines Falk said at the quay.\n\n“The tide does not wait”")
def a_pull_quote(p: Passage) -> None:
    falk = {"sources": [p.mention("Ines Falk")]}
    whole = "The tide does not wait for committees"
    p.say(whole, quotation_type="direct", chains=[[falk]], expect={"said_again": "FALSE"})
    body, pull = Block.objects.filter(snapshot=p.snapshot).order_by("position")
    Block.objects.filter(pk=pull.pk).update(role="pull_quote", repeats=body.pk, version=pull.version + 1)
    again = p.say(
        "The tide does not wait”",
        chains=[[{"sources": [{"actor": falk["sources"][0]["actor"]}]}]],
        expect={"said_again": "TRUE"},
    )
    assert again.annotation.extent.start > pull.start


@case("The dam is sound, the firm said. Two inspectors said so as well, and a poll found the same.")
def several_chains_and_what_the_analyst_thinks(p: Passage) -> None:
    firm, inspectors = p.mention("the firm"), p.mention("Two inspectors")
    poll = p.mention("a poll", kind="poll")
    p.say(
        "The dam is sound",
        chains=[
            [{"sources": [firm]}],
            [{"sources": [{**inspectors, "jointly": "together"}]}, {"role": "reported", "sources": [poll]}],
        ],
        assessment="doubtful",
        assessment_reason="the survey of 2029 says otherwise",
        expect={
            "speaker": "the firm;Two inspectors",
            "assessment": "doubtful",
            "assessment_reason": "the survey of 2029 says otherwise",
            "links": [
                ("1", "1", "the firm", "said", "says", "stated", ""),
                ("2", "1", "Two inspectors", "said", "says", "stated", ""),
                ("2", "2", "a poll", "reported", "says", "stated", ""),
            ],
        },
    )
