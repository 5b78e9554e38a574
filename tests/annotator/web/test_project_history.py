"""The history of a project: who changed what and when, narrowed, paged, and as a file."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotator.actions import annotations, reviews
from annotator.intents.review import DecideClaim
from annotator.models import ActorMention
from annotator.queries.history_entries import EVERY, entries_of
from annotator.queries.history_kinds import KIND_OF, KINDS
from annotator.queries.project_history import OWN
from annotator.web.paging import PAGE_SIZE
from sources.actions import edit_article, edit_project, invite, set_member
from sources.models import Change, Project, Role
from tests.factories import World, claim, merged, person, span

from .conftest import Cast
from .test_histories import NOT_TOLD, change, columns_of, link, recorded

HISTORY = "/p/here/history/"
MOST_QUERIES = 44


def read(client: Client, query: str = "") -> str:
    answer = client.get(HISTORY + query)
    assert answer.status_code == 200
    return answer.content.decode()


def records(client: Client, query: str = "") -> list[dict]:
    answer = client.get(f"{HISTORY}all.jsonl{query}")
    assert answer["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_every_kind_of_row_that_is_recorded_has_a_name(world: World) -> None:
    assert set(KIND_OF) | set(OWN) == recorded()
    assert sum(len(kind.tables) for kind in KINDS.values()) == len(KIND_OF)


def test_every_column_of_what_is_told_in_the_project_alone_has_words(world: World) -> None:
    assert EVERY.keys() == recorded() - set(OWN)
    for table in NOT_TOLD.keys() - set(OWN):
        told = EVERY[table]
        there = columns_of(table)
        assert there == told.columns.keys() | (told.silent & there), table
        assert not told.columns.keys() & told.silent, table
        assert told.named | told.ordered <= told.columns.keys(), table


def test_a_change_is_told_with_who_when_and_from_what_to_what(world: World, cast: Cast) -> None:
    article = world.here.article
    edit_article(
        by=world.reviewer,
        article=article,
        version=article.version,
        values={"title": "Bridge <shut>"},
        outlet=None,
    )
    html = read(cast.viewer)
    first = html.split('class="card entry"')[1]
    assert "<bdi>Reviewer</bdi></b> corrected the record of the article <a" in first
    told = first[: first.index("as stored")]
    assert '<del dir="auto">Velm bridge closed after crack' in told
    assert '<ins dir="auto">Bridge &lt;shut&gt;</ins>' in told
    assert f'href="/p/here/articles/{article.uuid}/"' in first


def sentences(world: World) -> list[str]:
    """Each change as a reader has it, its lines behind it, the latest first."""
    found = Change.objects.filter(project_id=world.here.project.pk).exclude(table__in=OWN)
    return [
        f"{entry.who} {''.join(words.text for words in entry.sentence)}"
        + "".join(f" | {line.what}: {line.before or 0} → {line.after or 0}" for line in entry.lines)
        for entry in entries_of(world.here.project, found, Role.VIEWER)
    ]


@pytest.mark.lengthy
def test_every_change_says_in_words_who_did_what_to_which_thing(world: World, cast: Cast) -> None:
    here = world.here
    cue = span(here.snapshot, "said the crack") | {"cue_type": "doubting"}
    said = link(here, here.actor) | {"cues": [cue]}
    change(world, here.lone, voice="attributed", chains=[[said]], topics=["bridge"])
    change(world, here.lone, type="figure")
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("rejected", "No lorry"))
    annotations.remove(by=world.manager, project=here.project, uuid=here.lone.uuid, version=3)
    merged(world.manager, here.office, here.actor)
    told = sentences(world)
    assert not [one for one in told if re.search(r"_id\b|annotator_|sources_|[{}]", one)]
    assert not [one for one in told if "what is gone" in one or "“”" in one or "  " in one]
    of = "the claim “We found a crack”"
    for sentence in (
        "Manager withdrew the claim “Eighteen lorries turned back”",
        "Manager took Ilse Brandt from the source line of the claim “Eighteen lorries turned back”, said by",
        "Manager took the link speaker from the source line of the claim “Eighteen lorries turned back”",
        "Manager took “said the crack” away as cue of the claim “Eighteen lorries turned back”",
        "Manager took the cue “said the crack” away in the article Velm bridge closed",
        "Manager took the topic Bridge from the claim “Eighteen lorries turned back”",
        "Manager changed the claim “Eighteen lorries turned back” | type: Fact → Figure",
        "Manager merged the speaker Ilse Brandt into Harbour office",
        f"Manager marked {of} in the article Velm bridge closed after crack is found 🌉 | characters: 0",
        f"Manager added the topic Bridge to {of}",
        f"Manager added Nordpost to the source line of {of}, as relayed by",
        f"Manager marked “its director” as words of the role of {of}",
        f"Reviewer disputed {of} | reason: 0 → another article contradicts it",
        "Manager marked “the harbour office” as a mention of the speaker Harbour office",
        "Manager took the speaker Nordpost apart from Harbour office again",
        "Manager said of the speaker Harbour office: perhaps the same as Nordpost",
        "Manager added the participant Ilse Brandt as actor to the event Crack found | part: 0 → finder",
        "Manager took in the article Ferries to run all night while Velm bridge is shut | outlet: 0",
        "Manager said how the claim “Nobody knew of a crack before June” relates to another: contradicts",
        "the system changed the intake velm.txt | state: Waiting for its turn → Taken in",
        "Manager merged the code Boats into Ferry",
        "Manager made Annotator an annotator",
    ):
        assert any(one.startswith(sentence) for one in told), "\n".join([sentence, *told])


@pytest.mark.lengthy
def test_a_change_reads_alike_wherever_a_page_ends(world: World) -> None:
    changes = Change.objects.filter(project_id=world.here.project.pk).exclude(table__in=OWN)
    found = list(changes.order_by("-pk"))
    together = entries_of(world.here.project, found, Role.VIEWER)
    apart = [entries_of(world.here.project, [one], Role.VIEWER)[0] for one in found]
    for whole, alone in zip(together, apart, strict=True):
        assert (alone.said, alone.url) == (whole.said, whole.url)
    made = {one.of for one in apart if one.said.startswith("made the record")}
    assert made >= {"Crack found", "Ilse Brandt"}


def test_it_is_narrowed_to_a_person_a_kind_and_a_period(world: World, cast: Cast) -> None:
    everything = records(cast.viewer)
    assert {one["user"] for one in everything} >= {"Manager", "Reviewer"}
    by_reviewer = records(cast.viewer, f"?person={world.reviewer.uuid}")
    assert by_reviewer and {one["user"] for one in by_reviewer} == {"Reviewer"}
    reviews = records(cast.viewer, "?kind=review")
    assert {one["table"] for one in reviews} == {"annotator_review"}
    assert records(cast.viewer, f"?person={world.reviewer.uuid}&kind=codebook") == []
    today, later = timezone.now().date(), timezone.now().date() + timedelta(days=1)
    assert records(cast.viewer, f"?until={today - timedelta(days=40)}") == []
    assert records(cast.viewer, f"?since={later + timedelta(days=1)}") == []
    assert len(records(cast.viewer, f"?since={today - timedelta(days=1)}&until={later}")) == len(everything)
    assert "Nothing of that kind was changed" in read(
        cast.viewer, f"?person={world.reviewer.uuid}&kind=codebook"
    )


@pytest.mark.lengthy
def test_the_record_of_an_article_and_a_members_standing_have_theirs(world: World, cast: Cast) -> None:
    of_article = records(cast.viewer, f"?article={world.here.article.uuid}")
    assert {one["table"] for one in of_article} == {"sources_article", "sources_block"}
    assert (
        f"?article={world.here.article.uuid}"
        in cast.annotator.get(f"/p/here/articles/{world.here.article.uuid}/edit/").content.decode()
    )
    set_member(by=world.manager, project=world.here.project, user=world.reviewer, role="viewer")
    of_member = records(cast.viewer, f"?member={world.reviewer.uuid}")
    assert [(one["table"], one["operation"]) for one in of_member] == [
        ("sources_acceptance", "INSERT"),
        ("sources_membership", "INSERT"),
        ("sources_membership", "UPDATE"),
    ]
    assert f"?member={world.reviewer.uuid}" in cast.viewer.get("/p/here/members/").content.decode()


def test_a_mark_in_a_text_has_one(world: World, cast: Cast) -> None:
    mark = ActorMention.objects.filter(project=world.here.project).select_related("annotation").first()
    query = f"?mark={mark.annotation.uuid}"
    assert [one["table"] for one in records(cast.viewer, query)] == [
        "annotator_annotation",
        "annotator_actormention",
    ]
    assert "History of a mark" in read(cast.viewer, query)


@pytest.mark.parametrize(
    "query",
    [
        "?since=soon",
        "?since=2025-02-01&until=2025-01-01",
        "?kind=annotator_claim",
        "?person=1",
        "?article=1",
        "?mark=1",
        "?member=00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_cannot_be_asked_for_says_so(cast: Cast, query: str) -> None:
    answer = cast.viewer.get(HISTORY + query)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'role="alert"' in html and "card entry" not in html
    assert "Nothing is shown yet." in html and "saved" not in html
    assert 'href="#id_article"' not in html and 'href="#id_mark"' not in html  # nobody sees those fields
    assert cast.viewer.get(f"{HISTORY}all.csv{query}").status_code == 404


@pytest.mark.lengthy
def test_pages_follow_each_other_without_counting(world: World, cast: Cast, queries) -> None:
    seen: list[str] = []
    query = ""
    while True:
        html = read(cast.viewer, query)
        seen += re.findall(r'<time class="quiet numbers" datetime="([^"]+)"', html)
        following = re.search(r'href="(\?[^"]*after=[^"]+)" rel="next"', html)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    told = Change.objects.filter(project_id=world.here.project.pk).exclude(table__in=OWN)
    assert len(seen) == told.count() > PAGE_SIZE
    assert seen == sorted(seen, reverse=True)
    few = queries(cast.viewer, f"{HISTORY}?kind=review")
    many = queries(cast.viewer, HISTORY)
    assert few <= many <= MOST_QUERIES
    claim(world.manager, world.here.snapshot, "The bridge at Velm")
    assert queries(cast.viewer, HISTORY) == many


@pytest.mark.lengthy
def test_what_opens_something_or_is_ones_own_is_told_to_nobody(world: World, cast: Cast) -> None:
    made = invite(by=world.manager, project=world.here.project, role="viewer", email="ines@courier.example")
    for client, told in ((cast.manager, True), (cast.viewer, False)):
        files = [client.get(f"{HISTORY}all.{form}").getvalue().decode() for form in ("csv", "jsonl")]
        for text in (*files, read(client), read(client, "?kind=member")):
            assert made.invitation.token_sha256 not in text and "savedsearch" not in text
        assert ("ines@courier.example" in files[0], "ines@courier.example" in files[1]) == (told, told)
        assert ("ines@courier.example" in read(client, "?kind=member")) == told


def test_the_table_is_safe_to_open_and_has_every_change(world: World, cast: Cast) -> None:
    user = person("=cmd|x")
    set_member(by=world.manager, project=world.here.project, user=user, role="manager")
    edit_project(by=user, project=world.here.project, name="=1+1", description='a,\n"b"', is_public=False)
    answer = cast.viewer.get(f"{HISTORY}all.csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    lines = records(cast.viewer)
    assert [row["id"] for row in rows] == [str(one["id"]) for one in lines]
    assert rows[-1]["user"] == "'=Cmd|X"
    assert json.loads(rows[-1]["after"])["description"] == 'a,\n"b"' == lines[-1]["after"]["description"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_only_members_read_it_also_of_a_public_project(world: World, cast: Cast) -> None:
    Project.objects.filter(pk=world.here.project.pk).update(is_public=True)
    for path in (HISTORY, f"{HISTORY}all.csv", f"{HISTORY}all.jsonl"):
        assert cast.stranger.get(path).status_code == 403
        assert cast.nobody.get(path).status_code == 302
    assert cast.viewer.get(f"{HISTORY}all.xlsx").status_code == 404


def test_what_was_done_to_members_and_the_project_is_said_in_words(world: World, cast: Cast) -> None:
    ada, project = person("ada"), world.here.project
    set_member(by=world.manager, project=project, user=ada, role="viewer")
    set_member(by=world.manager, project=project, user=ada, role="annotator")
    edit_project(by=world.manager, project=project, name="Bridges", description="", is_public=False)
    html = read(cast.viewer)
    assert f"made {ada} a viewer" in html
    assert f"changed {ada}’s role from viewer to annotator" in html
    assert "renamed the project from “" in html and "to “Bridges”" in html
    assert f"<bdi>{ada}</bdi>: history of the membership" in read(cast.viewer, f"?member={ada.uuid}")
