"""Who is offered first as the speaker, and which word as the cue."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from annotator.models import Claim
from tests.factories import Side, World, annotate, new_actor
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import drag, saved

pytestmark = pytest.mark.browser
TEXT = """Ferry leaks, pilot says

The town council opened the quay. It rained. A pilot told the agency that the ferry had leaked for weeks.

“The pumps are old,” the clerk complained. “They fail at night.”
"""


@pytest.fixture
def quay(world: World, here: Side) -> Side:
    snapshot = import_text(world.manager, here.project, TEXT)
    for words in ("The town council", "A pilot", "the agency", "the clerk"):
        annotate(world.manager, snapshot, "actor", words, **new_actor(words.removeprefix("the ")))
    return replace(here, snapshot=snapshot, article=snapshot.article)


def offered(visitor: Visitor, side: Side, words: str) -> list[str]:
    page = visitor.open(side)
    drag(page, side, words)
    page.keyboard.press("c")
    page.locator("[role=option]").first.wait_for()
    return [option.split("\n")[0] for option in page.locator("[role=option]").all_inner_texts()]


def test_who_tells_is_offered_before_whom_it_is_told(visitor: Visitor, quay: Side) -> None:
    assert offered(visitor, quay, "the ferry had leaked for weeks")[:2] == ["A pilot", "agency"]
    visitor.page.keyboard.press("1")
    visitor.page.keyboard.press("Enter")
    saved(visitor.page)
    link = Claim.objects.latest("pk").attributions.get()
    assert link.sources.get().actor.name == "A pilot"
    assert link.cues.get().annotation.quotes == ["told"]


def test_sources_in_a_compound_are_taken_one_after_the_other(
    visitor: Visitor, world: World, here: Side
) -> None:
    text = "Quay sinks\n\nThe old quay will sink, according to Kaltsee officials and divers.\n"
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    assert offered(visitor, side, "The old quay will sink")[:2] == ["“Kaltsee officials”", "“divers”"]
    visitor.page.keyboard.press("1")
    expect(visitor.page.locator("[role=option]").first).to_contain_text("“divers”")
    visitor.page.keyboard.press("1")
    expect(visitor.page.locator(".chip")).to_have_count(2)
    visitor.page.keyboard.press("Enter")
    saved(visitor.page)
    link = Claim.objects.latest("pk").attributions.get()
    told = [(one.actor.name, one.actor.kind.key, one.actor.naming, one.jointly) for one in link.sources.all()]
    assert told == [
        ("Kaltsee officials", "group", "collective", "each"),
        ("divers", "group", "collective", "each"),
    ]


def test_who_was_told_is_offered_as_who_relays_it(visitor: Visitor, world: World, here: Side) -> None:
    text = "Ferry leaks\n\n“It leaks,” a young pilot told Kaltsee Kurier.\n"
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    assert offered(visitor, side, "It leaks")[0] == "“a young pilot”"
    for key in ("1", ">"):
        visitor.page.keyboard.press(key)
    expect(visitor.page.locator("[role=option]").first).to_contain_text("“Kaltsee Kurier”")
    visitor.page.keyboard.press("1")
    visitor.page.keyboard.press("Enter")
    saved(visitor.page)
    claim = Claim.objects.latest("pk")
    links = [
        (link.role, one.actor.name, one.actor.kind.key, one.jointly)
        for link in claim.attributions.order_by("position")
        for one in link.sources.all()
    ]
    assert links == [
        ("said", "a young pilot", "person", "one"),
        ("relayed", "Kaltsee Kurier", "outlet", "one"),
    ]


def test_who_tells_of_the_teller_is_offered_as_who_relays_it(
    visitor: Visitor, world: World, here: Side
) -> None:
    text = "Dam leaks\n\nThe harbour council has assessed that the dam leaks, a young aide told Congress.\n"
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    assert offered(visitor, side, "the dam leaks")[0] == "“The harbour council”"
    for key in ("1", ">"):
        visitor.page.keyboard.press(key)
    expect(visitor.page.locator("[role=option]").first).to_contain_text("“a young aide”")
    visitor.page.keyboard.press("1")
    visitor.page.keyboard.press("Enter")
    saved(visitor.page)
    first, second = Claim.objects.latest("pk").attributions.order_by("position")
    assert [link.sources.get().actor.kind.key for link in (first, second)] == ["government_body", "person"]


def test_a_denial_and_silence_are_read_off_the_cue_and_the_choice_stays(
    visitor: Visitor, world: World, here: Side
) -> None:
    text = (
        "Ferry leaks\n\nIda Voss denied that the ferry leaked.\n\n"
        "Otto Nord declined to comment on whether the pumps failed.\n\nBo Lund denied that it rained.\n"
    )
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    for words, polarity in (("the ferry leaked", "denied"), ("the pumps failed", "declined")):
        offered(visitor, side, words)
        visitor.page.keyboard.press("1")
        expect(visitor.page.get_by_label("Polarity", exact=True)).to_have_value(polarity)
        visitor.page.keyboard.press("Enter")
        saved(visitor.page)
        assert Claim.objects.latest("pk").polarity == polarity
    offered(visitor, side, "it rained")
    visitor.page.keyboard.press("1")
    visitor.page.get_by_label("Polarity", exact=True).select_option("questioned")
    visitor.page.get_by_role("button", name="Remove this cue").click()
    expect(visitor.page.get_by_label("Polarity", exact=True)).to_have_value("questioned")


@pytest.mark.parametrize(
    ("words", "speaker", "cues"),
    [
        ("the ferry had leaked for weeks", "The town council", []),
        ("They fail at night", "clerk", ["complained"]),
    ],
)
def test_a_word_sentences_away_is_a_cue_only_where_a_quotation_goes_on(
    visitor: Visitor, quay: Side, words: str, speaker: str, cues: list[str]
) -> None:
    number = offered(visitor, quay, words).index(speaker) + 1
    visitor.page.keyboard.press(str(number))
    visitor.page.keyboard.press("Enter")
    saved(visitor.page)
    link = Claim.objects.latest("pk").attributions.get()
    assert link.sources.get().actor.name == speaker
    assert [word for cue in link.cues.all() for word in cue.annotation.quotes] == cues
