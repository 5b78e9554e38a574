"""The page of what became of annotations: what waits, old beside new, and what somebody decides on it."""

import pytest
from django.test import Client
from django.urls import reverse

from annotator.actions import carrying, projects
from annotator.actions.intakes import stored as on_storing
from annotator.models import Annotation, Carrying, Claim
from annotator.queries.carryings import became, waiting_in
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Article, Project, User
from tests.factories import claim, person, span

FIRST = """Ferry stays in port for a whole week of storms

The ferry stayed in port on Monday, the harbour office said.
At least 40 people had waited at the gate since noon.

Nobody was hurt in the storm, she said. The pilots had asked for it all winter long.

It was the longest wait that anybody here remembers.
"""
SECOND = FIRST.replace("At least 40", "At least 60").replace("Nobody was hurt in the storm, she said. ", "")
SECOND = "Updated at noon. " + SECOND + "\nNobody knows more. Nobody knows more.\n"

pytestmark = pytest.mark.django_db


def take(by: User, project: Project, text: str) -> Article:
    raw = f"URL: https://tide.example/ferry\n\n{text}".encode()
    imported = import_article(by=by, project=project, read=read_plain(raw), raw=RawFile(raw))
    on_storing(imported)
    return imported.article


class Port:
    """An article that was taken twice; one claim came along, one has other words, one is gone."""

    def __init__(self) -> None:
        self.by = person("ana")
        self.project = projects.open_project(by=self.by, name="Quay", slug="quay")
        self.article = take(self.by, self.project, FIRST)
        first = self.article.snapshots.get()
        self.came = claim(self.by, first, "The ferry stayed in port on Monday")
        self.changed = claim(self.by, first, "At least 40 people had waited")
        self.gone = claim(self.by, first, "Nobody was hurt in the storm")
        take(self.by, self.project, SECOND)
        self.client = Client()
        self.client.force_login(self.by)
        self.address = reverse("article_carry", args=["quay", self.article.uuid])

    def page(self, **query: str) -> str:
        answer = self.client.get(self.address, query)
        assert answer.status_code == 200
        return answer.content.decode()

    def post(self, one: Claim | None = None, **fields: str | list[str]) -> tuple[int, str]:
        found = became(self.article)
        unit: dict[str, str | list[str]] = {"unit": str(one.uuid)} if one else {}
        if one:
            unit["seen"] = next((u.seen for u in found.units if u.head.uuid == one.uuid), "")
        else:
            unit["shown"] = [f"{u.head.uuid} {u.seen}" for u in found.plain]
        answer = self.client.post(self.address, unit | fields, follow=True)
        return answer.status_code, answer.content.decode()

    def text_of(self, one: Claim) -> int:
        return Annotation.objects.get(uuid=one.uuid).snapshot.number


@pytest.fixture
def port() -> Port:
    return Port()


@pytest.mark.lengthy
def test_it_tells_how_many_came_and_shows_old_beside_new(port: Port) -> None:
    assert [port.text_of(one) for one in (port.came, port.changed, port.gone)] == [2, 1, 1]
    found = became(port.article)
    assert (found.carried, dict(found.waiting), found.unseen) == (1, {"changed": 1, "orphaned": 1}, 0)
    assert found.waiting_parts == waiting_in(port.article) == 2, "the report counts the same"
    shown = port.page()
    assert "1 annotation at once" in shown and "0 moved, 1 changed, 1 orphaned <small>(2 annot" in shown
    assert "<del>40 </del>" in shown and "<ins>60 </ins>" in shown
    assert "the words differ" in shown and "neither the words nor anything like them" in shown
    cards = shown.partition('id="carry-text"')[0]
    assert "stayed in port on Monday" not in cards, "what came along needs nobody"
    assert shown.count('role="group" aria-label="claim"') == 2, "no landmarks: two would have one name"


@pytest.mark.lengthy
def test_the_kinds_are_told_apart(port: Port) -> None:
    assert "At least" in port.page(only="changed") and "Nobody was" not in port.page(only="changed")
    assert "Nobody was" in port.page(only="orphaned")
    assert "None of these waits" in port.page(only="moved")


@pytest.mark.lengthy
def test_confirming_carries_and_says_that_it_waits_for_a_review(port: Port) -> None:
    Claim.objects.filter(pk=port.changed.pk).update(status="accepted")
    status, shown = port.post(port.changed, do="confirm")
    assert status == 200 and "Carried to text 2." in shown and "waits for a review again" in shown
    assert port.text_of(port.changed) == 2
    status, _ = port.post(port.changed, do="confirm")
    assert status == 422, "it stands there already"


@pytest.mark.lengthy
def test_an_orphan_is_placed_by_words_that_stand_there(port: Port) -> None:
    words = f"words-{port.gone.uuid}"
    assert port.post(port.gone, do="confirm")[0] == 422
    status, shown = port.post(port.gone, do="confirm", **{words: "No such thing"})
    assert status == 422 and "does not stand in text 2" in shown and "No such thing" in shown
    status, shown = port.post(port.gone, do="confirm", **{words: "Nobody knows more"})
    assert status == 422 and "say which is meant" in shown and shown.count('type="radio"') == 2
    assert port.text_of(port.gone) == 1
    second = SECOND.rindex("Nobody knows more")
    picked = {f"place-{port.gone.uuid}": f"{second}-{second + len('Nobody knows more')}"}
    status, _ = port.post(port.gone, do="confirm", **{words: "Nobody knows more"}, **picked)
    assert status == 200 and Annotation.objects.get(uuid=port.gone.uuid).extent.start == second


@pytest.mark.lengthy
def test_leaving_keeps_it_listed_and_takes_it_off_what_waits(port: Port) -> None:
    assert waiting_in(port.article) == 2
    assert port.post(port.gone, do="leave")[0] == 200
    assert waiting_in(port.article) == 1 and port.text_of(port.gone) == 1
    assert "Nobody was" not in port.page() and "Nobody was" in port.page(only="left")


@pytest.mark.lengthy
def test_all_that_have_a_place_are_confirmed_at_once(port: Port) -> None:
    status, shown = port.post(do="all")
    assert status == 200 and "1 confirmed" in shown
    assert port.text_of(port.changed) == 2 and port.text_of(port.gone) == 1


@pytest.mark.lengthy
def test_what_was_marked_on_the_old_text_since_is_looked_for(port: Port) -> None:
    late = claim(port.by, port.article.snapshots.get(number=1), "The ferry stayed in port")
    assert "1 annotation of earlier texts was not looked for" in port.page()
    assert port.post(do="look")[0] == 200
    assert port.text_of(late) == 2


@pytest.mark.lengthy
def test_the_reading_room_says_that_some_wait(port: Port) -> None:
    for number in ("1", "2"):
        room = port.client.get(reverse("article", args=["quay", port.article.uuid]), {"text": number})
        assert "2 annotations wait to be carried to text 2" in room.content.decode()


@pytest.mark.lengthy
def test_what_was_typed_and_ticked_is_kept_when_the_form_is_refused(port: Port) -> None:
    first = port.article.snapshots.get(number=1)
    link = {"role": "said", "sources": [], "cues": [span(first, "she said"), span(first, "in the storm")]}
    cued = claim(port.by, first, "Nobody was hurt", voice="agentless", chains=[[link]])
    port.post(do="look")
    she, storm = (
        Annotation.objects.get(kind="cue", quotes=[words]) for words in ("she said", "in the storm")
    )
    second = SECOND.rindex("Nobody knows more")
    asked = {f"words-{cued.uuid}": "Nobody knows more", f"words-{she.uuid}": "No such thing"}
    asked[f"place-{cued.uuid}"] = f"{second}-{second + len('Nobody knows more')}"
    status, shown = port.post(cued, do="confirm", without=str(storm.uuid), **asked)
    assert status == 422 and "does not stand in text 2" in shown
    assert ">Nobody knows more</textarea>" in shown and ">No such thing</textarea>" in shown
    assert f'value="{asked[f"place-{cued.uuid}"]}" checked' in shown
    assert f'value="{storm.uuid}" checked' in shown and shown.count(" checked") == 2
    status, _ = port.post(cued, do="confirm", without=[str(storm.uuid), str(she.uuid)], **asked)
    assert status == 422, "what is typed goes before what is ticked"
    del asked[f"words-{she.uuid}"]
    assert port.post(cued, do="confirm", without=[str(storm.uuid), str(she.uuid)], **asked)[0] == 200
    assert Annotation.objects.get(uuid=cued.uuid).extent.start == second


@pytest.mark.lengthy
def test_an_open_page_confirms_nothing_that_it_does_not_show(port: Port) -> None:
    unit = next(unit for unit in became(port.article).units if unit.head.uuid == port.changed.uuid)
    old = [f"{unit.head.uuid} {unit.seen}"]
    take(port.by, port.project, SECOND + "\nAt least 70 people had waited, others said.\n")
    for fields in ({"unit": unit.head.uuid, "seen": unit.seen, "do": "confirm"}, {"shown": old, "do": "all"}):
        answer = port.client.post(port.address, fields)
        assert answer.status_code == 409 and "look again" in answer.content.decode()
    assert port.text_of(port.changed) == 1
    assert port.post(port.changed, do="confirm")[0] == 200 and port.text_of(port.changed) == 3


@pytest.mark.lengthy
def test_numbers_that_would_be_lost_are_named_and_ticked(port: Port) -> None:
    first = port.article.snapshots.get(number=1)
    number = {"what": "people", "low": 40, "words": "40 people"}
    counted = claim(port.by, first, "At least 40 people had", quantities=[number])
    port.post(do="look")
    assert "The number “40 people”: take off" in port.page()
    status, shown = port.post(do="all")
    assert "1 confirmed" in shown and port.text_of(counted) == 1, "it is not among those without a question"
    key = f"number-{counted.quantities.get().pk}"
    status, shown = port.post(counted, do="confirm")
    assert status == 422 and "say that it is to be taken off" in shown
    status, shown = port.post(counted, do="confirm", **{"without-words": key})
    assert status == 200 and "Taken off: the number “40 people”." in shown


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "fields",
    [
        {"do": "confirm", "unit": "x"},
        {"do": "confirm"},
        {"do": "other"},
        {"do": "all", "shown": "x"},
        {},
        {"do": "confirm", "unit": "00000000-0000-0000-0000-000000000000", "words-x": "y"},
        {"do": "confirm", "unit": "00000000-0000-0000-0000-000000000000", "without": "\x00"},
    ],
)
def test_nonsense_is_refused(port: Port, fields: dict[str, str]) -> None:
    before = Carrying.objects.count()
    assert port.client.post(port.address, fields).status_code == 422
    unknown = {"do": "leave", "unit": "00000000-0000-0000-0000-000000000000"}
    assert port.client.post(port.address, unknown).status_code == 404
    assert Carrying.objects.count() == before


@pytest.mark.lengthy
def test_the_number_of_queries_does_not_grow(port: Port, django_assert_num_queries) -> None:
    with django_assert_num_queries(15):
        became(port.article)
    first = port.article.snapshots.get(number=1)
    for words in ("40 people", "people had waited at", "waited at the gate"):
        claim(port.by, first, words)
    carrying.carry(by=port.by, snapshot=port.article.snapshots.get(number=2))
    with django_assert_num_queries(15):
        assert became(port.article).still > 2


@pytest.mark.lengthy
def test_words_are_taken_where_they_were_selected(port: Port) -> None:
    shown = port.page()
    assert 'id="carry-text" hidden' in shown and f"\n{SECOND.splitlines()[0]}" in shown
    key = str(port.gone.uuid)
    second = SECOND.rindex("Nobody knows more")
    place = f"{second}-{second + 6};{second + 7}-{second + 12}"

    def placed(words: str, extent: str) -> tuple[int, str]:
        return port.post(port.gone, do="confirm", **{f"words-{key}": words, f"extent-{key}": extent})

    for words, extent, said in (
        ("Nobody knows", place, "not these words: select them again"),
        ("Nobody … knows", f"{second}-999999", "selected place is none of the text"),
        ("Nobody … knows", "javascript:1", "is not a stretch like 10-40"),
        ("Nobody … knows", "٣-٤", "is not a stretch like 10-40"),
        (" ", place, "choose words for it"),
    ):
        status, html = placed(words, extent)
        assert status == 422 and said in html, (words, extent)
        assert port.text_of(port.gone) == 1
    status, _ = placed("Nobody … knows", place)
    assert status == 200
    found = Annotation.objects.get(uuid=port.gone.uuid)
    assert (str(found.extent), found.quotes) == (place, ["Nobody", "knows"]), (
        "the second time they stand there"
    )
