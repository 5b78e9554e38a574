"""An actor's record, merging with both sides in sight, and telling who an anonymous speaker was."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from annotator.models import Actor, ActorMerge, ActorResolution, Affiliation
from sources.models import Change
from tests.factories import Side, World, merged

from .conftest import Cast


@pytest.fixture
def side(world: World) -> Side:
    return world.here


@pytest.fixture
def agency(side: Side) -> Actor:
    return Actor.objects.get(project=side.project, name="Nordpost")


def at(actor: Actor, page: str = "") -> str:
    return f"/p/here/speakers/{actor.uuid}/{page}"


def rows(prefix: str, *entries: dict[str, str], stored: int = 0) -> dict[str, str]:
    """A list of the form, as a browser sends it."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(entries) + 2), f"{prefix}-INITIAL_FORMS": str(stored)}
    for number, entry in enumerate(entries):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in entry.items()}
    return sent


def record(actor: Actor, **more: Any) -> dict[str, str]:
    lists = {name: more.pop(name, ()) for name in ("aliases", "identifiers", "belongings")}
    sent = {"version": str(actor.version), "name": actor.name, "kind": actor.kind.key, "naming": actor.naming}
    for name, entries in lists.items():
        sent |= rows(name, *entries)
    return {**sent, "affiliation": "", "number": "", "wikidata": "", "note": "", "stated_reason": "", **more}


def said(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.lengthy
def test_a_record_is_corrected_and_remembered(cast: Cast, world: World, side: Side, agency: Actor) -> None:
    sent = record(
        side.actor,
        name="Ilse M. Brandt",
        wikidata="https://www.wikidata.org/wiki/Q123456",
        note="Since the spring",
        aliases=[{"name": "إلزه برانت", "language": "ar", "script": "arab"}, {"name": "Brandt"}],
        identifiers=[{"scheme": "VIAF", "value": "77"}],
        belongings=[
            {
                "tie": "works_for",
                "organisation_name": "harbour OFFICE",
                "role": "director",
                "since": "May 2019",
            },
            {"tie": "member_of", "organisation_name": "Union of Pilots", "since": "2010", "until": "2012~"},
        ],
    )
    answer = cast.annotator.post(at(side.actor, "edit/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, at(side.actor))
    actor = Actor.objects.get(pk=side.actor.pk)
    assert (actor.name, actor.wikidata, actor.version) == ("Ilse M. Brandt", "Q123456", 2)
    assert list(actor.aliases.order_by("pk").values_list("name", "language", "script")) == [
        ("إلزه برانت", "ar", "Arab"),
        ("Brandt", "", ""),
    ]
    ties = Affiliation.objects.filter(actor=actor).order_by("pk")
    assert [(t.organisation.name, t.tie, t.since, str(t.since_min), str(t.until_max)) for t in ties] == [
        ("Harbour office", "works_for", "2019-05", "2019-05-01", "None"),
        ("Union of Pilots", "member_of", "2010", "2010-01-01", "2012-12-31"),
    ]
    assert Actor.objects.get(name="Union of Pilots").kind.key == "organisation"
    change = Change.objects.filter(table="annotator_actor", row_id=actor.pk).latest("pk")
    assert (change.before["name"], change.after["name"]) == ("Ilse Brandt", "Ilse M. Brandt")
    assert change.user_id is not None
    page = said(cast.viewer.get(at(actor)))
    for words in ("Ilse M. Brandt", "إلزه برانت", "Q123456", "VIAF", "director", "since May 2019"):
        assert words in page


def test_saving_what_already_is_changes_nothing(cast: Cast, side: Side) -> None:
    side.office.refresh_from_db()
    before = Change.objects.count()
    forms = cast.annotator.get(at(side.office, "edit/")).context["forms"]
    sent = {f.html_name: f.value() if f.value() is not None else "" for f in forms.record}
    for name in ("aliases", "identifiers", "belongings"):
        formset = getattr(forms, name)
        sent |= {f.html_name: f.value() for f in formset.management_form}
        sent |= {f.html_name: f.value() if f.value() is not None else "" for form in formset for f in form}
    assert cast.annotator.post(at(side.office, "edit/"), sent).status_code == 302
    assert Actor.objects.get(pk=side.office.pk).version == side.office.version
    assert Change.objects.count() == before
    sent["belongings-0-organisation_name"] = ""
    sent["belongings-0-since"] = ""
    assert cast.annotator.post(at(side.office, "edit/"), sent).status_code == 302
    assert not Affiliation.objects.filter(actor=side.office).exists()


def test_who_was_slower_is_told_and_keeps_what_they_typed(cast: Cast, side: Side) -> None:
    slow = record(side.actor, note="slow words")
    cast.reviewer.post(at(side.actor, "edit/"), record(side.actor, note="fast words"))
    answer = cast.annotator.post(at(side.actor, "edit/"), slow)
    assert answer.status_code == 409
    assert "slow words" in said(answer)
    assert Actor.objects.get(pk=side.actor.pk).note == "fast words"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"wikidata": "42"}, "must be Q and digits"),
        ({"name": ""}, "required"),
        ({"kind": "wizard"}, "not one of the available"),
        ({"aliases": [{"name": "X", "language": "no language"}]}, "language tag"),
        ({"aliases": [{"name": "X", "script": "12"}]}, "four letters"),
        ({"aliases": [{"language": "ar"}]}, "must not be empty"),
        ({"aliases": [{"name": "X"}, {"name": "X"}]}, "twice"),
        ({"aliases": [{"name": "a\u202eb"}]}, "reorder"),
        ({"identifiers": [{"scheme": "VIAF"}]}, "must not be empty"),
        ({"belongings": [{"tie": "works_for", "role": "x"}]}, "belongs to"),
        ({"belongings": [{"organisation_name": "Ilse Brandt"}]}, "nobody belongs to themselves"),
        ({"belongings": [{"organisation_name": "X", "since": "yesterday"}]}, "not a date"),
        ({"belongings": [{"organisation_name": "X", "since": "2020", "until": "2019"}]}, "before it began"),
        ({"note": "x" * 4001}, "4000"),
        ({"version": "x"}, "Nothing was saved"),
    ],
)
def test_what_no_record_can_hold(cast: Cast, side: Side, change: dict[str, Any], words: str) -> None:
    answer = cast.annotator.post(at(side.actor, "edit/"), record(side.actor, **change))
    assert answer.status_code == 422
    assert words in said(answer), said(answer)
    assert Actor.objects.get(pk=side.actor.pk).version == 1
    assert not Affiliation.objects.filter(actor=side.actor).exists()
    assert not Actor.objects.filter(name="X").exists()


@pytest.mark.lengthy
def test_more_rows_than_a_form_has_are_refused(cast: Cast, side: Side) -> None:
    sent = record(side.actor, aliases=[{"name": f"Name {n}"} for n in range(105)])
    assert cast.annotator.post(at(side.actor, "edit/"), sent).status_code == 422
    sent = record(side.actor) | {"aliases-TOTAL_FORMS": "100000"}
    assert cast.annotator.post(at(side.actor, "edit/"), sent).status_code == 422


@pytest.mark.lengthy
def test_an_anonymous_speaker_is_named_only_by_who_takes_the_scope_away(cast: Cast, side: Side) -> None:
    hidden = side.anonymous
    assert cast.annotator.post(at(hidden, "edit/"), record(hidden, number="one")).status_code == 302
    hidden.refresh_from_db()
    assert (hidden.number, hidden.article) == ("one", side.article)
    assert cast.annotator.post(at(hidden, "edit/"), record(hidden, naming="unnamed")).status_code == 302
    hidden.refresh_from_db()
    assert hidden.article is None
    assert cast.annotator.post(at(hidden, "edit/"), record(hidden, naming="anonymous")).status_code == 302
    hidden.refresh_from_db()
    assert hidden.article == side.article


def compare(client: Client, one: Actor, *others: Actor) -> str:
    query = "&".join(f"with={other.uuid}" for other in others)
    answer = client.get(f"{at(one, 'merge/')}?{query}")
    assert answer.status_code == 200
    return said(answer)


def merge_form(survivor: Actor, *others: Actor) -> dict[str, Any]:
    everybody = [Actor.objects.get(pk=one.pk) for one in (survivor, *others)]
    return {
        "survivor": str(survivor.uuid),
        "merged": [str(one.uuid) for one in everybody],
        "versions": [f"{one.uuid}:{one.version}" for one in everybody],
        "reason": "One house, two names",
    }


@pytest.mark.lengthy
def test_both_sides_are_seen_then_merged_then_taken_apart(cast: Cast, side: Side, agency: Actor) -> None:
    page = compare(cast.annotator, side.office, agency)
    for words in ("Harbour office", "Nordpost", "NP", "VIAF", "the harbour office", "1 passed on"):
        assert words in page
    answer = cast.annotator.post(at(side.office, "merge/"), merge_form(side.office, agency))
    assert (answer.status_code, answer["Location"]) == (302, at(side.office))
    answer = cast.viewer.get(at(agency))
    assert (answer.status_code, answer["Location"]) == (302, at(side.office))
    page = said(cast.annotator.get(at(side.office)))
    assert "from <bdi>Nordpost</bdi>" in page
    assert "One house, two names" in page
    listed = said(cast.viewer.get("/p/here/speakers/"))
    assert "Nordpost" not in listed
    assert str(side.office.uuid) in said(cast.viewer.get("/p/here/speakers/?q=np")), (
        "found by the other's alias"
    )
    assert "We found a crack" in said(cast.viewer.get(f"/p/here/claims/?speaker={agency.uuid}"))
    claim_page = said(cast.viewer.get(f"/c/{side.claim.uuid}/"))
    assert "Nordpost</a>" not in claim_page
    merge = ActorMerge.objects.get(undone_at=None)
    assert cast.viewer.post(f"/p/here/merges/{merge.uuid}/undo/").status_code == 403
    answer = cast.annotator.post(f"/p/here/merges/{merge.uuid}/undo/")
    assert (answer.status_code, answer["Location"]) == (302, at(agency))
    assert "all else stays with Harbour office." in said(cast.annotator.get(at(agency)))
    assert "Nordpost" in said(cast.viewer.get("/p/here/speakers/"))
    assert cast.annotator.get("/p/here/merges/00000000-0000-4000-8000-000000000000/undo/").status_code == 405


@pytest.mark.lengthy
def test_a_page_that_is_out_of_date_merges_nothing(cast: Cast, side: Side, agency: Actor) -> None:
    old = merge_form(side.office, agency)
    cast.reviewer.post(at(agency, "edit/"), record(Actor.objects.get(pk=agency.pk), note="new"))
    answer = cast.annotator.post(at(side.office, "merge/"), old)
    assert answer.status_code == 409
    assert "look again" in said(answer)
    assert cast.annotator.post(at(side.office, "merge/"), {}).status_code == 422
    assert not ActorMerge.objects.filter(undone_at=None).exists()


def test_merged_ones_are_found_by_their_old_address(
    cast: Cast, world: World, side: Side, agency: Actor
) -> None:
    merged(world.manager, side.office, agency)
    for page in ("edit/", "merge/"):
        answer = cast.annotator.get(at(agency, page))
        assert answer.status_code == 302
        assert str(side.office.uuid) in answer["Location"]
    found = cast.annotator.get(f"/api/v1/projects/here/actors/?q=nordp&article={side.article.uuid}").json()
    assert [(one["uuid"], "Nordpost" in one["aliases"]) for one in found["results"]] == [
        (str(side.office.uuid), True)
    ]


def test_others_are_found_to_compare_with_but_nobody_anonymous(cast: Cast, side: Side) -> None:
    found = said(cast.annotator.get(at(side.actor, "merge/") + "?q=n"))
    assert "Nordpost" in found
    assert "an engineer" not in found
    answer = cast.annotator.get(at(side.anonymous, "merge/"))
    assert (answer.status_code, answer["Location"]) == (302, at(side.anonymous, "resolve/"))
    assert cast.annotator.get(at(side.actor, "merge/") + "?with=x&with=%00&q=%00").status_code == 200


@pytest.mark.lengthy
def test_an_anonymous_speaker_is_resolved_with_evidence_and_back(cast: Cast, side: Side) -> None:
    page = at(side.anonymous, "resolve/")
    assert "Ilse Brandt" in said(cast.annotator.get(page + "?q=brandt"))
    answer = cast.annotator.post(
        page, {"q": "brandt", "named": str(side.actor.uuid), "reason": "", "evidence": ""}
    )
    assert answer.status_code == 422
    assert not ActorResolution.objects.filter(undone_at=None).exists()
    sent = {"named": str(side.actor.uuid), "reason": "Her own words", "evidence": "Letter of 3 May"}
    assert cast.annotator.post(page, sent).status_code == 302
    told = said(cast.viewer.get(at(side.anonymous)))
    for words in ("Turned out to be", "Ilse Brandt", "Her own words", "Letter of 3 May", "Annotator"):
        assert words in told
    assert "Also spoke unnamed" in said(cast.viewer.get(at(side.actor)))
    twice = cast.annotator.post(page, sent)
    assert (twice.status_code, "take it back first" in said(twice)) == (422, True)
    resolution = ActorResolution.objects.get(undone_at=None)
    assert cast.viewer.post(f"/p/here/resolutions/{resolution.uuid}/undo/").status_code == 403
    assert cast.annotator.post(f"/p/here/resolutions/{resolution.uuid}/undo/").status_code == 302
    assert "Turned out to be" not in said(cast.viewer.get(at(side.anonymous)))
    resolution.refresh_from_db()
    assert resolution.undone_by is not None


@pytest.mark.lengthy
def test_names_are_shown_as_written_and_do_nothing(cast: Cast, side: Side) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    sent = record(side.actor, name=hostile, note=hostile, aliases=[{"name": hostile + "2"}])
    assert cast.annotator.post(at(side.actor, "edit/"), sent).status_code == 302
    for page in (at(side.actor), at(side.actor, "edit/"), at(side.actor, "merge/"), "/p/here/speakers/"):
        shown = said(cast.annotator.get(page))
        assert hostile not in shown
        assert escape(hostile) in shown


@pytest.mark.lengthy
def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast, world: World, side: Side, agency: Actor, queries: Any
) -> None:
    merged(world.manager, side.office, agency)
    before = [queries(cast.annotator, at(side.office, page)) for page in ("", "edit/")]
    record_ = record(
        Actor.objects.get(pk=side.office.pk),
        aliases=[{"name": f"Name {n}"} for n in range(3)],
        belongings=[{"organisation_name": f"House {n}"} for n in range(3)],
    )
    assert cast.annotator.post(at(side.office, "edit/"), record_).status_code == 302
    assert [queries(cast.annotator, at(side.office, page)) for page in ("", "edit/")] == before
