"""A new event in the reading room: its words and who took part are picked in the text."""

from playwright.sync_api import Locator, Page, expect

from annotator.actions import annotations
from annotator.models import Actor, Event, EventParticipant, Quantity, SupportingSpan
from sources.models import Article
from tests.factories import Side, World, annotate, new_actor

from .conftest import Visitor
from .reading import click, cursor_at, painted, saved, stored
from .test_reading_names import UNHURRIED
from .test_reading_reasons import pick
from .test_reading_room import press


def test_words_and_people_are_picked_in_the_text(visitor: Visitor, here: Side) -> None:
    Article.objects.filter(pk=here.article.pk).update(
        published="2021-08-11", published_min="2021-08-11", published_max="2021-08-11", version=2
    )
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Lorries turned back")
    page.get_by_role("button", name="+ words in the text").nth(2).click()
    cursor_at(page, here, "Velm stays")
    press(page, "Enter")
    expect(page.locator("#event-place")).to_have_value("Velm")
    page.get_by_role("button", name="+ words in the text").nth(1).click()
    cursor_at(page, here, "spring")
    press(page, "Enter")
    expect(page.locator(".sheet-form")).to_contain_text("cannot be told: write it")
    page.locator("#event-date").fill("2021-08")
    page.get_by_role("button", name="+ somebody, from the text").click()
    click(page, here, "Ilse Brandt")
    page.get_by_label("Role of Ilse Brandt").select_option("witness")
    page.locator("#event-date").focus()
    press(page, "Enter")
    saved(page)
    event = stored(here, "turned", kind="event").event_mention.event
    assert (event.date, event.date_words, event.place) == ("2021-08", "spring", "Velm")
    part = event.participants.get()
    assert (part.actor, part.role, part.mention) == (here.actor, "witness", here.mention)
    words = SupportingSpan.objects.filter(event=event).values_list("annotation__kind", "annotation__quotes")
    assert sorted(words) == [("place", ["Velm"]), ("time", ["spring"])]


def test_a_mention_deleted_elsewhere_is_left_out_of_who_took_part(
    visitor: Visitor, world: World, here: Side
) -> None:
    cafe = annotate(world.reviewer, here.snapshot, "actor", "The Cafe\u0301 Zum Kai", **new_actor("Zum Kai"))
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.get_by_role("button", name="+ somebody, from the text").click()
    click(page, here, "Zum Kai")
    expect(page.get_by_label("Role of Zum Kai")).to_be_visible()
    page.locator("#event-place").fill("Velm")
    annotations.remove(by=world.reviewer, project=here.project, uuid=cafe.uuid, version=1)
    expect(page.locator(".form-lost")).to_contain_text("was deleted elsewhere")
    expect(page.locator("#event-place")).to_have_value("Velm")
    page.locator("#event-place").focus()
    press(page, "Enter")
    saved(page)
    part = stored(here, "turned", kind="event").event_mention.event.participants.get()
    assert (part.actor.name, part.mention) == ("Zum Kai", None)


def test_a_date_is_proposed_for_words(visitor: Visitor, here: Side) -> None:
    Article.objects.filter(pk=here.second_article.pk).update(
        published="2021-08-11", published_min="2021-08-11", published_max="2021-08-11", version=2
    )
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/{here.second_article.uuid}/")
    visitor.ready()
    second = Side(**{**vars(here), "article": here.second_article, "snapshot": here.second_snapshot})
    cursor_at(page, second, "Two ferries")
    press(page, "e")
    page.keyboard.type("Ferries")
    page.get_by_role("button", name="+ words in the text").nth(1).click()
    cursor_at(page, second, "Friday")
    press(page, "Enter")
    expect(page.locator("#event-date")).to_have_value("2021-08-06")
    expect(page.locator(".sheet-form")).to_contain_text("the latest such day up to publication")


def test_a_mention_says_that_it_was_planned_and_which_words_show_it(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Lorries turned back")
    expect(page.locator("#event-factuality")).to_be_hidden()
    page.locator("summary", has_text="Told as").click()
    page.locator("#event-factuality").select_option("planned")
    page.get_by_role("button", name="+ words that show it").click()
    cursor_at(page, here, "asked not")
    press(page, "Enter")
    expect(page.locator(".sheet-form .cue-chip")).to_contain_text("asked")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    mention = stored(here, "turned", kind="event").event_mention
    assert (mention.factuality, mention.factuality_words) == ("planned", "asked")
    card = page.locator(".mini", has_text="Lorries turned back")
    page.get_by_role("button", name="Show events").click()
    expect(card.locator(".pill-planned")).to_have_text("planned")
    page.reload()
    visitor.ready()
    page.get_by_role("button", name="Events", exact=False).first.click()
    card.locator(".mini-main").click()
    page.get_by_role("button", name="Edit").click()
    expect(page.locator("#event-factuality")).to_have_value("planned")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    mention.refresh_from_db()
    assert (mention.factuality, mention.annotation.version) == ("planned", 1), "saved unchanged"


def test_a_known_event_is_given_words_and_people_from_another_mention(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Crack")
    page.get_by_role("option", name="Crack found").first.click()
    more = page.locator("details", has_text="Add to it")
    expect(more.get_by_role("group", name="Where")).to_be_hidden()
    more.locator("summary").focus()
    press(page, "Enter")
    more.get_by_role("group", name="Where").get_by_role("button", name="+ words in the text").focus()
    press(page, "Enter")
    cursor_at(page, here, "Velm stays")
    press(page, "Enter")
    expect(more.get_by_role("group", name="Where")).to_contain_text("Velm")
    people = more.get_by_role("group", name="Who took part")
    people.get_by_role("button", name="+ Harbour office").focus()
    press(page, "Enter")
    expect(page.get_by_label("Role of Harbour office")).to_be_focused()
    page.get_by_label("Role of Harbour office").select_option("organiser")
    page.get_by_label("Part of Harbour office in words").fill("closed the road")
    expect(people.get_by_role("button", name="+ Harbour office")).to_have_count(0)
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    mention = stored(here, "turned", kind="event").event_mention
    assert mention.event == here.event
    part = EventParticipant.objects.get(event=here.event, role="organiser")
    assert (part.actor, part.part) == (here.office, "closed the road")
    words = SupportingSpan.objects.filter(event=here.event, annotation__kind="place")
    assert [one.annotation.quotes for one in words] == [["Velm"]]
    words_dropped_and_a_number(page, here, more)


def words_dropped_and_a_number(page: Page, here: Side, more: Locator) -> None:
    """The known event loses the words of its place, a claim gives it a number; both are undone and redone."""
    words = SupportingSpan.objects.filter(event=here.event, annotation__kind="place")
    page.get_by_role("button", name="Show events").click()
    page.get_by_role("button", name="Edit").click()
    more.locator("summary").click()
    expect(more).to_contain_text("Known:")
    expect(more.get_by_role("group", name="Where")).to_contain_text("Velm")
    more.get_by_role("button", name="Not read from “Velm”").click()
    more.get_by_role("button", name="+ a number somebody reports").click()
    cursor_at(page, here, "Eighteen")
    press(page, "Enter")
    number = page.get_by_role("group", name="Number 1")
    expect(number.get_by_label("In the text’s words")).to_have_value("Eighteen")
    expect(page.locator("form.sheet-form blockquote")).to_contain_text("Eighteen lorries turned back")
    expect(number.get_by_label("Of the event")).to_have_value(str(here.event.uuid))
    number.get_by_label("What is counted").fill("lorries")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert not words.all().exists()
    assert "Velm" not in painted(page, "support")
    (said,) = Quantity.objects.filter(event=here.event, claim=here.lone)
    assert (said.what, said.words, said.low, said.high) == ("lorries", "Eighteen", 18, 18)
    press(page, "z")
    saved(page)
    assert not Quantity.objects.filter(claim=here.lone).exists()
    press(page, "z")
    saved(page)
    assert [one.annotation.quotes for one in words.all()] == [["Velm"]]
    assert "Velm" in painted(page, "support")
    press(page, "Shift+Z")
    saved(page)
    assert not words.all().exists()
    press(page, "Shift+Z")
    saved(page)
    page.get_by_role("button", name="Events", exact=False).first.click()
    page.locator(".mini[data-kind=event]", has_text="Crack found").last.locator(".mini-main").click()
    page.get_by_role("button", name="Edit").click()
    more.locator("summary").click()
    expect(more.get_by_role("group", name="Numbers reported")).to_contain_text("lorries: Eighteen")


def test_who_is_meant_by_picked_words_is_asked_before_somebody_new_takes_part(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "Two ferries", **new_actor("Cafe Zum Kay"))
    visitor.page.add_init_script(UNHURRIED)
    page = visitor.open(here)
    people, actors = page.get_by_role("group", name="Who took part"), Actor.objects.count()
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Lorries turned back")
    page.get_by_role("button", name="+ somebody, from the text").click()
    pick(page, here, "Cafe\u0301 Zum Kai")
    expect(people.locator(".chip-asked")).to_contain_text("Who is meant?")
    expect(people.get_by_role("button", name="Take Cafe Zum Kay")).to_be_visible()
    page.locator("form.sheet-form [type=submit]").click()
    expect(page.locator(".sheet-form .field-error")).to_contain_text("Say who “Cafe\u0301 Zum Kai” is")
    people.get_by_role("button", name="Take Cafe Zum Kay").click()
    expect(page.get_by_label("Role of Cafe Zum Kay")).to_be_focused()
    people.get_by_role("button", name="+ somebody, from the text").click()
    pick(page, here, "Eighteen lorries")
    expect(people.get_by_label("Kind of Eighteen lorries")).to_be_visible()
    people.get_by_label("How Eighteen lorries is named").select_option("collective")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    parts = stored(here, "turned", kind="event").event_mention.event.participants
    told = {(one.actor.name, one.actor.naming, *one.mention.annotation.quotes) for one in parts.all()}
    assert told == {
        ("Cafe Zum Kay", "named", "Cafe\u0301 Zum Kai"),
        ("Eighteen lorries", "collective", "Eighteen lorries"),
    }
    assert Actor.objects.count() == actors + 1


def test_undo_takes_back_what_a_mention_told_of_its_event(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Crack")
    page.get_by_role("option", name="Crack found").first.click()
    more = page.locator("details", has_text="Add to it")
    more.locator("summary").click()
    more.get_by_role("group", name="Where").get_by_role("button", name="+ words in the text").click()
    cursor_at(page, here, "Velm stays")
    press(page, "Enter")
    more.get_by_role("button", name="+ somebody, from the text").click()
    cursor_at(page, here, "spring")
    press(page, "Enter")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)

    def told() -> tuple[list[list[str]], list[str]]:
        words = SupportingSpan.objects.filter(event=here.event, annotation__kind="place")
        taking = EventParticipant.objects.filter(event=here.event, mention__annotation__quotes=["spring"])
        return [one.annotation.quotes for one in words], [one.actor.name for one in taking]

    assert told() == ([["Velm"]], ["spring"])
    assert "Velm" in painted(page, "support")
    press(page, "z")
    saved(page)
    assert told() == ([], [])
    assert "Velm" not in painted(page, "support")
    assert not page.locator("dialog.troubles").count()
    press(page, "Shift+Z")
    saved(page)
    assert told() == ([["Velm"]], ["spring"])
    assert "Velm" in painted(page, "support")


def test_date_place_and_people_of_a_known_event_are_taken_off_and_given_back(
    visitor: Visitor, here: Side
) -> None:
    Event.objects.filter(pk=here.event.pk).update(place="Velm", version=here.event.version + 1)
    page = visitor.open(here)
    page.get_by_role("button", name="Events", exact=False).first.click()
    page.locator(".mini[data-kind=event]", has_text="Crack found").first.locator(".mini-main").click()
    page.get_by_role("button", name="Edit").click()
    more = page.locator("details", has_text="Add to it")
    more.locator("summary").click()
    people = more.get_by_role("group", name="Who took part")
    more.get_by_role("button", name="Take off Velm").click()
    more.get_by_role("button", name="Keep Velm").click()
    more.get_by_role("button", name="Take off 2024-05").click()
    expect(people.get_by_role("button", name="+ Ilse Brandt")).to_have_count(0)
    people.get_by_role("button", name="Take off Ilse Brandt (actor, finder)").focus()
    press(page, "Enter")
    expect(people.get_by_role("button", name="Keep Ilse Brandt (actor, finder)")).to_be_focused()
    people.get_by_role("button", name="+ Ilse Brandt").click()
    page.get_by_label("Role of Ilse Brandt").select_option("witness")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)

    def told() -> tuple[str, str, list[tuple[str, str]]]:
        here.event.refresh_from_db()
        parts = EventParticipant.objects.filter(event=here.event)
        return here.event.date, here.event.place, [(one.role, one.part) for one in parts]

    assert told() == ("", "Velm", [("witness", "")])
    page.get_by_role("button", name="Edit").click()
    more.locator("summary").click()
    expect(people).to_contain_text("Ilse Brandt (witness)")
    expect(more.get_by_role("button", name="Take off 2024-05")).to_have_count(0)
    page.keyboard.press("Escape")
    press(page, "z")
    saved(page)
    assert told() == ("2024-05", "Velm", [("actor", "finder")])
    assert EventParticipant.objects.get(event=here.event).mention == here.mention
    press(page, "Shift+Z")
    saved(page)
    assert told() == ("", "Velm", [("witness", "")])


def test_undo_of_a_new_event_takes_its_words_out_of_the_text(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Lorries turned back")
    page.get_by_role("button", name="+ words in the text").nth(2).click()
    cursor_at(page, here, "Velm stays")
    press(page, "Enter")
    page.get_by_role("button", name="+ somebody, from the text").click()
    click(page, here, "Ilse Brandt")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    event = stored(here, "turned", kind="event").event_mention.event
    words = SupportingSpan.objects.filter(event=event)
    assert (words.count(), event.participants.count()) == (1, 1)
    press(page, "z")
    saved(page)
    assert (words.count(), event.participants.count()) == (0, 0)
    assert "Velm" not in painted(page, "support")
    press(page, "Shift+Z")
    saved(page)
    assert (words.count(), event.participants.count(), event.mentions.count()) == (1, 1, 1)


def test_coordinates_note_and_part_of_a_new_event_are_folded_away_until_asked_for(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.locator("#event-label").fill("")
    page.locator("form.sheet-form [type=submit]").click()
    told = page.locator("#event-label + .field-error")  # above the proposals
    expect(told).to_have_text("A new event needs a label.")
    page.keyboard.type("Lorries turned back")
    expect(told).to_have_count(0)
    expect(page.get_by_label("Latitude")).to_be_hidden()
    page.locator("summary", has_text="More: coordinates").click()
    page.get_by_label("Latitude").fill("91")
    page.get_by_label("Longitude").fill("11.5")
    page.get_by_label("Note").fill("Seen from the quay.")
    page.locator("form.sheet-form [type=submit]").click()
    expect(page.locator(".sheet-form [role=alert]").first).to_contain_text("must lie between")
    page.get_by_label("Latitude").fill("48.1")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    event = stored(here, "turned", kind="event").event_mention.event
    assert (float(event.latitude), float(event.longitude), event.note) == (48.1, 11.5, "Seen from the quay.")
