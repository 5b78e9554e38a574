"""Whatever lists, counts, offers or exports actors shows a merged one as its survivor."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from annotator.actions import events
from annotator.models import Actor
from annotator.queries.progress import totals
from tests.annotator.exchange.releases import table, unpack, write
from tests.factories import Side, World, annotate, claim, merged

LISTS = ("", "claims/", "speakers/", "events/", "review/", "articles/")

HISTORY = re.compile(r'<section class="after-card"[^>]* aria-labelledby="history".*?</section>', re.DOTALL)
"""What was done, told with the names of that day."""


@pytest.fixture
def side(small_world_here: World, db: None) -> Side:
    """Nordpost passes a claim on, is told one and takes part in an event; then it is the harbour office."""
    world, side = small_world_here, small_world_here.here
    agency = Actor.objects.get(project=side.project, name="Nordpost")
    heard = {"addressees": [{"actor": str(agency.uuid)}, {"words": "lorries"}]}
    claim(world.manager, side.snapshot, "a crack", chains=[[heard]])
    annotate(world.manager, side.snapshot, "actor", "the agency Nordpost", actor=str(agency.uuid))
    events.add_participant(by=world.manager, event=side.event, actor=agency, role="witness", part="teller")
    merged(world.manager, side.office, agency)
    return side


@pytest.fixture
def agency(side: Side) -> Actor:
    return Actor.objects.get(project=side.project, name="Nordpost")


@pytest.fixture
def reader(small_world_here: World) -> Client:
    client = Client()
    client.force_login(small_world_here.reviewer)
    return client


@pytest.mark.lengthy
def test_no_page_names_the_merged_one_but_as_another_name(side: Side, agency: Actor, reader: Client) -> None:
    pages = [f"/p/here/{page}" for page in LISTS]
    pages += [f"/p/here/events/{side.event.uuid}/", f"/c/{side.claim.uuid}/"]
    for url in pages:
        told = HISTORY.sub("", reader.get(url).content.decode())
        assert str(agency.uuid) not in told, url
        assert ">Nordpost<" not in told, url
    assert "Harbour office" in reader.get(f"/c/{side.claim.uuid}/").content.decode()
    assert "teller" in reader.get(f"/p/here/events/{side.event.uuid}/").content.decode()
    filtered = reader.get(f"/p/here/claims/?speaker={side.office.uuid}").content.decode()
    assert "We found a crack" in filtered


def test_the_numbers_count_people_once(side: Side) -> None:
    assert totals(side.project, "viewer").speakers == 2


@pytest.mark.lengthy
def test_the_room_tells_of_the_survivor_alone(side: Side, agency: Actor, reader: Client) -> None:
    url = f"/api/v1/projects/here/articles/{side.article.uuid}/room/"
    payload = reader.get(url).json()
    assert str(agency.uuid) not in json.dumps(payload)
    (office,) = [actor for actor in payload["actors"] if actor["uuid"] == str(side.office.uuid)]
    assert office["aliases"] == ["Nordpost", "NP"]
    links = [
        link
        for a in payload["annotations"]
        if "claim" in a
        for chain in a["claim"]["chains"]
        for link in chain
    ]
    heard = [[one.get("actor") for one in link["addressees"]] for link in links if "addressees" in link]
    assert heard == [[str(side.office.uuid)], [str(side.office.uuid), None]]
    page = reader.get(f"/p/here/articles/{side.article.uuid}/").content.decode()
    assert str(agency.uuid) not in page
    assert str(side.office.uuid) in page
    for words in ("Nordpost", "NP"):
        found = reader.get(f"/api/v1/projects/here/actors/?q={words}").json()["results"]
        assert [actor["name"] for actor in found] == ["Harbour office"]


@pytest.mark.lengthy
def test_the_dataset_knows_the_survivor_alone(side: Side, agency: Actor, tmp_path: Path) -> None:
    top = unpack(write(side.project, tmp_path / "a.zip"), tmp_path / "a")
    told = [dict(zip(rows[0], row, strict=True)) for rows in [table(top, "actors")] for row in rows[1:]]
    (office,) = [row for row in told if row["actor_id"] == str(side.office.uuid)]
    assert office["merged_ids"] == str(agency.uuid)
    assert office["aliases"] == "NP;Nordpost"
    assert not [row for row in told if row["actor_id"] == str(agency.uuid)]
    for name in ("claim_speakers", "attributions", "addressees", "claims", "annotations"):
        assert not [row for row in table(top, name)[1:] if str(agency.uuid) in ";".join(row)], name
    passed_on = [row for row in table(top, "claim_speakers")[1:] if str(side.office.uuid) in row]
    assert passed_on
    check = [sys.executable, str(top / "data" / "verify.py")]
    assert subprocess.run(check, check=False, capture_output=True).returncode == 0
