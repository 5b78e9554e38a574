"""What a user says of labels and of what a format leaves open."""

import pytest

from annotator.exchange.importers.wishes import Meaning, parse_wishes
from annotator.intents.refusal import Refused


def test_labels_are_given_meanings() -> None:
    wishes = parse_wishes(
        meanings=["PER=actor:person", "a=b=claim:fact", "Cue = cue", "NOISE=leave"],
        voice="agentless",
        quotation_type="reported",
        language="ur",
    )
    assert wishes.meaning("PER") == Meaning("actor", "person")
    assert wishes.meaning("a=b") == Meaning("claim", "fact")
    assert wishes.meaning("Cue") == Meaning("cue")
    assert wishes.meaning("NOISE") == Meaning("leave")
    assert wishes.meaning("per") is None
    assert (wishes.voice, wishes.quotation_type, wishes.language) == ("agentless", "reported", "ur")


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (["PER"], "label"),
        (["=actor:person"], "label"),
        (["PER=person"], "choice"),
        (["PER=actor"], "key"),
        (["PER=actor:two words"], "key"),
        (["Cue=cue:doubt"], "code"),
        (["A=leave", "A=cue"], "once"),
    ],
)
def test_what_says_nothing_is_refused(said: list[str], rule: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_wishes(meanings=said)
    assert refused.value.rule == rule


@pytest.mark.parametrize("more", [{"voice": "loud"}, {"quotation_type": "shouted"}, {"actor_kind": "a b"}])
def test_choices_are_of_the_list(more: dict[str, str]) -> None:
    with pytest.raises(Refused):
        parse_wishes(**more)
