"""What is said of a claim beyond who said it: hedges, glosses, marks, bases, to whom, within what."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.actions import annotations, claims
from annotator.intents.refusal import InUse, Refused, Stale
from annotator.models import Annotation, Claim, SupportingSpan
from annotator.queries.annotation_json import annotations_json
from annotator.queries.chains import chains_of
from annotator.queries.claim_cards import with_records
from sources.models import Snapshot
from tests.factories import new_actor, span, stored, words

from .conftest import Desk

TEXT = """Weir reopens after repairs, mayor says

The “clean-up” was probably finished, the mayor, Lena Voss, told reporters on Monday.

“[The weir] held … all night, as my deputy, who lives there, saw,” she said, “and people say ‘enough’.”

“It was never in danger.

“Nobody in the town believes it was,” the mayor added. Allegedly the sluice had been left open.
"""


AROUND = "“[The weir] held … all night, as my deputy, who lives there, saw,” she said, “and people"


@pytest.fixture
def weir(desk: Desk) -> Snapshot:
    return stored(desk.by, desk.project, TEXT, "Weir Post")


def told(claim: Claim) -> dict[str, Any]:
    (one,) = annotations_json(Annotation.objects.filter(pk=claim.pk))
    return one["claim"]


def full(desk: Desk, weir: Snapshot) -> dict[str, Any]:
    """A claim about which everything is said that can be said."""
    reporters = _reporters(desk, weir)
    heard = {"actor": str(reporters.mention.actor.uuid), "mention": str(reporters.uuid)}
    return _about(desk, weir, [heard, {"words": "Monday", "span": span(weir, "Monday")}])


def _reporters(desk: Desk, weir: Snapshot) -> Annotation:
    return desk.put(
        desk.body("actor", "reporters", snapshot=weir, **new_actor("reporters", "group", naming="collective"))
    ).annotation


def _about(desk: Desk, weir: Snapshot, heard: list[dict[str, Any]]) -> dict[str, Any]:
    return desk.claim_body(
        "The “clean-up” was probably finished",
        snapshot=weir,
        quotation_type="indirect",
        voice="attributed",
        chains=[
            [
                {
                    "quotation_type": "indirect",
                    "sources": [
                        {**new_actor("Lena Voss"), "basis": "interpretive", "confidence": "probable"}
                    ],
                    "addressees": heard,
                }
            ]
        ],
        certainty="probably",
        assessment="doubtful",
        assessment_reason="the pumps still ran on Tuesday",
        polarity_basis="interpretive",
        polarity_confidence="certain",
        said_on="2031-03-03",
        said_on_basis="inferential",
        said_on_confidence="possible",
        translated=False,
        hedges=[{**span(weir, "probably"), "whose": "speaker"}],
        glosses=[span(weir, "clean-up")],
        quoted=[{**span(weir, "“clean-up”"), "use": "scare"}],
        time_span=span(weir, "on Monday"),
    )


def test_all_of_it_is_stored_and_told_as_it_came(desk: Desk, weir: Snapshot) -> None:
    body = full(desk, weir)
    claim = desk.put(body).annotation.claim
    sent, back = body["claim"], told(claim)
    for field in (
        *("certainty", "assessment", "assessment_reason", "polarity_basis", "polarity_confidence"),
        *("said_on", "said_on_basis", "said_on_confidence", "translated"),
        *("hedges", "glosses", "quoted", "time_span"),
    ):
        assert back[field] == sent[field], field
    (source,) = back["chains"][0][0]["sources"]
    assert (source["basis"], source["confidence"]) == ("interpretive", "probable")
    heard = [{k: v for k, v in one.items() if k != "name"} for one in back["chains"][0][0]["addressees"]]
    assert heard == sent["chains"][0][0]["addressees"]


def test_a_claim_sent_back_as_it_was_told_changes_nothing(desk: Desk, weir: Snapshot) -> None:
    body = full(desk, weir)
    claim = desk.put(body).annotation.claim
    back = told(claim)
    again = {key: value for key, value in back.items() if key not in ("withdrawn", "chains")}
    again["chains"] = [
        [
            {**link, "sources": [{k: v for k, v in s.items() if k != "name"} for s in link["sources"]]}
            for link in chain
        ]
        for chain in back["chains"]
    ]
    saved = desk.put({**body, "claim": again}, claim.uuid)
    assert (saved.created, saved.annotation.version) == (False, 1)


def test_spans_move_change_hands_and_go_with_what_is_said(desk: Desk, weir: Snapshot) -> None:
    body = full(desk, weir)
    claim = desk.put(body).annotation.claim
    content = body["claim"]
    content["hedges"][0]["whose"] = "reporter"
    content["quoted"] = []
    content["glosses"][0] |= words(weir, "finished")
    content["chains"][0][0]["sources"] = [{"actor": str(claim.attributions.get().sources.get().actor.uuid)}]
    desk.put(body, claim.uuid, version=1)
    kept = {
        s.annotation.kind: (s.annotation.quotes, s.whose or s.use)
        for s in SupportingSpan.objects.filter(claim=claim).select_related("annotation")
    }
    assert kept == {
        "hedge": (["probably"], "reporter"),
        "gloss": (["finished"], ""),
        "time": (["on Monday"], ""),
    }
    assert not Annotation.objects.filter(kind="quoted").exists()


def test_a_direct_quotation_may_hold_what_is_marked_as_a_gloss(desk: Desk, weir: Snapshot) -> None:
    body = desk.claim_body("The “clean-up” was", snapshot=weir, quotation_type="direct")
    with pytest.raises(Refused) as refusal:
        desk.put(body)
    assert refusal.value.rule == "direct_within_marks"
    body["claim"]["glosses"] = [span(weir, "The"), span(weir, "was")]
    assert desk.put(body).annotation.claim.quotation_type == "direct"


def test_a_claim_and_its_gloss_move_together(desk: Desk, weir: Snapshot) -> None:
    gloss = span(weir, "clean-up")
    claim = desk.put(
        desk.claim_body("The “clean-up” was", snapshot=weir, glosses=[gloss], paraphrase="x")
    ).annotation.claim
    moved = desk.claim_body("sluice had been left open", snapshot=weir, glosses=[gloss | words(weir, "left")])
    desk.put(moved, claim.uuid, version=1)
    assert SupportingSpan.objects.get().annotation.quotes == ["left"]


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"assessment": "open"}, "claim.assessment_reason", "required"),
        ({"assessment_reason": "so"}, "claim.assessment", "required"),
        ({"assessment": "maybe"}, "claim.assessment", "choice"),
        ({"translated": "yes"}, "claim.translated", "boolean"),
        ({"polarity_basis": "guess"}, "claim.polarity_basis", "choice"),
        ({"said_on_confidence": "very"}, "claim.said_on_confidence", "choice"),
        ({"hedges": ["finished"]}, "claim.hedges.0.whose", "choice"),
        ({"quoted": ["finished"]}, "claim.quoted.0.use", "choice"),
        ({"glosses": ["the mayor"]}, "claim.glosses.0.extent", "part_within_claim"),
        ({"quoted": ["the mayor"], "use": "word"}, "claim.quoted.0.extent", "part_within_claim"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(
    desk: Desk, weir: Snapshot, change: dict[str, Any], field: str, rule: str
) -> None:
    more = {key: value for key, value in change.items() if key != "use"}
    for name in ("hedges", "quoted", "glosses"):
        if name in more:
            use = {"use": change["use"]} if "use" in change else {}
            more[name] = [{**span(weir, quote), **use} for quote in more[name]]
    with pytest.raises(Refused) as caught:
        desk.put(desk.claim_body("The “clean-up” was probably finished", snapshot=weir, **more))
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert not Claim.objects.exists()


def test_the_mention_of_whom_it_was_said_to_is_theirs_and_stays(desk: Desk, weir: Snapshot) -> None:
    body = full(desk, weir)
    other = desk.put(desk.body("actor", "Lena Voss", snapshot=weir, **new_actor("L. Voss"))).annotation
    heard = body["claim"]["chains"][0][0]["addressees"][0]
    right, heard["mention"] = heard["mention"], str(other.uuid)
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert caught.value.field == "claim.chains.0.0.addressees.0.mention"
    assert caught.value.rule == "mention_of_actor"
    heard["mention"] = right
    claim = desk.put(body).annotation.claim
    with pytest.raises(InUse):
        annotations.remove(by=desk.by, project=desk.project, uuid=right, version=1)
    claims.withdraw(by=desk.by, claim=claim)
    annotations.remove(by=desk.by, project=desk.project, uuid=right, version=1)
    first, second = claim.attributions.get().addressees.order_by("position")
    assert (first.mention, first.actor.name) == (None, "reporters")
    assert (second.actor, second.words, second.spans.get().annotation.quotes) == (None, "Monday", ["Monday"])


@pytest.mark.parametrize(
    ("kind", "stretches", "rule"),
    [
        ("direct", ("held … all night",), ""),
        ("direct", ("[The weir] held … all night", "and people say ‘enough’"), ""),
        (
            "direct",
            ("“[The weir] held … all night, as my deputy, who lives there, saw,” she said, “and people",),
            "",
        ),
        ("direct", ("It was never in danger.", "Nobody in the town believes it was"), ""),
        ("direct", ("Nobody in the town believes it was,” the mayor added",), "direct_within_marks"),
        ("direct", ("The “clean-up” was",), "direct_within_marks"),
        ("direct", ("told reporters",), "direct_within_marks"),
        ("mixed", ("The “clean-up” was",), ""),
        ("mixed", ("told reporters",), "mixed_has_marks"),
        ("indirect", ("told reporters",), ""),
        ("free_indirect", ("told reporters",), ""),
    ],
)
def test_direct_is_what_stands_between_marks(
    desk: Desk, weir: Snapshot, kind: str, stretches: tuple[str, ...], rule: str
) -> None:
    chains = [[{"sources": [new_actor("Lena Voss")]}]]
    body = desk.claim_body(*stretches, snapshot=weir, voice="attributed", chains=chains, quotation_type=kind)
    if not rule:
        desk.put(body)
        return
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert (caught.value.field, caught.value.rule) == ("claim.quotation_type", rule)


@pytest.mark.parametrize(("use", "allowed"), [("scare", False), ("word", False), ("another", True)])
def test_scare_quotes_quote_nobody(desk: Desk, weir: Snapshot, use: str, allowed: bool) -> None:
    body = desk.claim_body(
        "“clean-up”",
        snapshot=weir,
        quotation_type="direct",
        quoted=[{**span(weir, "“clean-up”"), "use": use}],
    )
    if allowed:
        desk.put(body)
        return
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert caught.value.rule == "direct_within_marks"


def names(claim: Claim) -> list[list[str]]:
    found = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    return [[p.name for s in chain for p in s.people if not s.from_record] for chain in found]


@pytest.mark.parametrize(
    ("act", "told_as"),
    [
        ("says", "said by"),
        ("thinks", "thought by"),
        ("wants", "wanted by"),
        ("decides", "decided by"),
        ("shows", "shown by"),
    ],
)
def test_a_chain_says_of_nobody_that_they_said_what_they_only_thought(
    desk: Desk, weir: Snapshot, act: str, told_as: str
) -> None:
    links = [
        {"role": "said", "act": act, "sources": [new_actor("Lena Voss")]},
        {"role": "relayed", "act": "thinks", "sources": [new_actor("Nordpost", "outlet")]},
    ]
    claim = desk.put(
        desk.claim_body("sluice had been left open", snapshot=weir, voice="attributed", chains=[links])
    ).annotation.claim
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    assert [station.link for station in chain][:2] == [told_as, "relayed by"]


@pytest.fixture
def nested(desk: Desk, weir: Snapshot) -> tuple[Claim, dict[str, Any], UUID]:
    """The mayor's claim of what the town believes, and the body of the town's, which lies in it."""
    mayor, town = new_actor("Lena Voss"), new_actor("the town", "group")
    outer = desk.put(
        desk.claim_body(
            "Nobody in the town believes it was",
            snapshot=weir,
            quotation_type="direct",
            voice="attributed",
            chains=[[{"sources": [mayor]}]],
        )
    ).annotation.claim
    inner = desk.claim_body(
        "it was",
        snapshot=weir,
        voice="attributed",
        negated=True,
        inside=str(outer.uuid),
        chains=[[{"act": "thinks", "sources": [town]}]],
    )
    return outer, inner, mayor["new_actor"]["uuid"]


@pytest.mark.parametrize("sent_along", [False, True])
def test_an_inner_claim_goes_on_with_the_outer_chain(
    desk: Desk, nested: tuple[Claim, dict[str, Any], UUID], sent_along: bool
) -> None:
    outer, body, mayor = nested
    uuid, whole = uuid4(), [*body["claim"]["chains"][0], {"role": "relayed", "sources": [{"actor": mayor}]}]
    if sent_along:
        body["claim"]["chains"] = [whole]
    inner = desk.put(body, uuid).annotation.claim
    assert inner.attributions.count() == 1
    assert names(inner) == [["the town", "Lena Voss"]]
    body["claim"]["chains"] = [whole]
    town = inner.attributions.get().sources.get().actor
    whole[0] = {"act": "thinks", "sources": [{"actor": str(town.uuid)}]}
    assert desk.put(body, uuid).annotation.version == 1
    assert names(outer) == [["Lena Voss"]]


def test_the_outer_chain_changes_for_both(
    desk: Desk, weir: Snapshot, nested: tuple[Claim, dict[str, Any], UUID]
) -> None:
    outer, body, mayor = nested
    inner = desk.put(body).annotation.claim
    agency = new_actor("Weirpress", "organisation")
    changed = desk.claim_body(
        "Nobody in the town believes it was",
        snapshot=weir,
        quotation_type="direct",
        voice="attributed",
        chains=[[{"sources": [{"actor": mayor}]}, {"role": "relayed", "sources": [agency]}]],
    )
    desk.put(changed, outer.uuid, version=1)
    assert names(inner) == [["the town", "Lena Voss", "Weirpress"]]
    third = desk.claim_body("Nobody", snapshot=weir, inside=str(inner.uuid))
    deepest = desk.put(third).annotation.claim
    assert names(deepest)[0][1:] == ["the town", "Lena Voss", "Weirpress"]


def test_a_speaker_may_speak_of_their_own_thoughts(
    desk: Desk, nested: tuple[Claim, dict[str, Any], UUID]
) -> None:
    _, body, mayor = nested
    body["claim"]["chains"] = [[{"act": "thinks", "sources": [{"actor": mayor}]}]]
    inner = desk.put(body).annotation.claim
    assert names(inner) == [["Lena Voss", "Lena Voss"]]


def test_stale_depth_is_stale(desk: Desk, weir: Snapshot) -> None:
    body = full(desk, weir)
    claim = desk.put(body).annotation.claim
    body["claim"]["translated"] = True
    body["claim"]["chains"] = [
        [{"sources": [{"actor": str(claim.attributions.get().sources.get().actor.uuid)}]}]
    ]
    with pytest.raises(Stale):
        desk.put(body, claim.uuid, version=7)
