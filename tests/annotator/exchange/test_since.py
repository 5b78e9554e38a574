"""What `--against-database` tells: what the store contradicts, and what has changed since, in words."""

import io
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from annotator.exchange import comparison
from annotator.exchange.comparison import compare
from annotator.models import Actor, Claim, Position, Review
from annotator.models.claim import ClaimTopic
from annotator.queries import dataset
from sources.models import Article, Project
from tests.factories import merged

from .releases import seal, table, unpack, write, write_table


@pytest.fixture
def some(demo: Project, tmp_path: Path) -> Path:
    """A release of some of the claims."""
    return write(demo, tmp_path / "a.zip", statuses=("accepted", "submitted"))


def told(path: Path) -> list[str]:
    found = compare(path)
    assert found.contradicted == []
    return found.changed


def columns(path: Path, into: Path, name: str) -> list[dict[str, str]]:
    header, *rows = table(unpack(path, into), name)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.lengthy
def test_of_what_nobody_touched_nothing_is_told(demo, some):
    assert told(some) == []


@pytest.mark.lengthy
def test_what_became_of_claims_is_told_in_words(demo, some, tmp_path):
    claims = columns(some, tmp_path / "u", "claims")
    first, second, third = claims[:3]
    Claim.objects.filter(uuid=first["claim_id"]).update(paraphrase="Said anew.", polarity="denied")
    Claim.objects.filter(uuid=second["claim_id"]).update(withdrawn_at="2031-03-04T00:00Z")
    Claim.objects.filter(uuid=third["claim_id"]).update(status="rejected")
    lines = told(some)
    row = f"claims.csv row 2 ({first['claim_id']})"
    shown = f"“{first['paraphrase']}”" if first["paraphrase"] else "empty"
    assert f"{row}: paraphrase was {shown} and is “Said anew.” now" in lines
    assert f"{row}: polarity was “{first['polarity']}” and is “denied” now" in lines
    assert f"claims.csv row 3 ({second['claim_id']}): it was withdrawn on 2031-03-04" in lines
    was = f"review_status was “{third['review_status']}” and is “rejected” now"
    assert f"claims.csv row 4 ({third['claim_id']}): {was}" in lines


@pytest.mark.lengthy
def test_topics_stands_and_reviews_are_told_with_their_claim(demo, some, tmp_path):
    claims = columns(some, tmp_path / "u", "claims")
    number, claim = next((n, one) for n, one in enumerate(claims, 2) if one["topics"])
    kept = Claim.objects.get(uuid=claim["claim_id"])
    ClaimTopic.objects.filter(claim=kept).delete()
    by = get_user_model().objects.get(username=demo_manager(demo))
    decision = {"decision": "accepted", "claim_version": kept.annotation.version}
    Review.objects.create(project=demo, claim=kept, reviewer=by, **decision)
    stand = Position.objects.filter(claim__uuid__in=[one["claim_id"] for one in claims]).first()
    Position.objects.filter(pk=stand.pk).update(stand="neutral" if stand.stand != "neutral" else "for")
    lines = told(some)
    name = f"claims.csv row {number} ({claim['claim_id']})"
    assert f"{name}: topics was “{claim['topics']}” and is empty now" in lines
    assert f"{name}: a review was added (reviews.csv)" in lines
    moved = [line for line in lines if line.startswith("positions.csv row ")]
    assert len(moved) == 1
    assert f"({stand.claim.uuid}): stand was “{stand.stand}” and is “" in moved[0]


@pytest.mark.lengthy
def test_a_record_or_a_name_that_claims_repeat_is_told_once(demo, some, tmp_path):
    claims = columns(some, tmp_path / "u", "claims")
    spoken = next(one for one in claims if one["n_speakers"] == "1" and one["speaker_naming"] == "named")
    actor = Actor.objects.get(uuid=spoken["speaker_id"])
    Actor.objects.filter(pk=actor.pk).update(name="Nobody Else", version=F("version") + 1)
    article = Article.objects.get(uuid=spoken["article_id"])
    Article.objects.filter(pk=article.pk).update(title="Another headline", version=F("version") + 1)
    lines = told(some)
    assert [line.partition(": ")[2] for line in lines if line.startswith("articles.csv")] == [
        f"title was “{article.title}” and is “Another headline” now"
    ]
    assert [line.partition(": ")[2] for line in lines if str(actor.uuid) in line] == [
        f"name was “{actor.name}” and is “Nobody Else” now"
    ]
    assert not [line for line in lines if line.startswith("claims.csv")], lines


@pytest.mark.lengthy
def test_a_merged_speaker_is_told_with_the_one_it_was_merged_into(demo, some, tmp_path):
    claims = columns(some, tmp_path / "u", "claims")
    single = [one for one in claims if one["n_speakers"] == "1" and one["speaker_naming"] == "named"]
    one = single[0]
    kind = Actor.objects.get(uuid=one["speaker_id"]).kind_id
    other = next(
        c
        for c in single
        if c["speaker_id"] != one["speaker_id"] and Actor.objects.get(uuid=c["speaker_id"]).kind_id == kind
    )
    gone, survivor = (Actor.objects.get(uuid=c["speaker_id"]) for c in (one, other))
    merged(get_user_model().objects.get(username=demo_manager(demo)), survivor, gone)
    lines = told(some)
    assert any(line.endswith(f"({gone.uuid}): it was merged into {survivor.name}") for line in lines)
    row = claims.index(one) + 2
    said = f"claims.csv row {row} ({one['claim_id']}): speaker was “{gone.name}” and is “{survivor.name}” now"
    assert said in lines
    assert any(line.startswith(f"claims.csv row {row} ") and ": chain was “" in line for line in lines)


def demo_manager(demo: Project) -> str:
    return str(demo.memberships.filter(role="manager").values_list("user__username", flat=True).first())


def test_other_projects_are_not_asked(demo, some):
    other = Project.objects.create(name="Other", slug="other")
    found = compare(some, other)
    assert found.contradicted
    assert all(line.endswith("its text is not in this database") for line in found.contradicted)
    assert all(": it is not there any more" in line for line in found.changed)


@pytest.mark.lengthy
def test_a_dataset_that_agrees_with_itself_alone_is_contradicted(demo, tmp_path):
    """The forger who changes every statement alike: only the store knows better."""
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    rows = table(top, "annotations")
    at = {name: place for place, name in enumerate(rows[0])}
    rows[1][at["quotes"]] = rows[1][at["quotes"]].replace("e", "a")
    write_table(top, "annotations", rows)
    seal(top)
    (line,) = compare(top).contradicted
    assert f"annotations.csv row 2 ({rows[1][0]}): the stored text has other words at" in line


@pytest.mark.lengthy
def test_the_number_of_queries_does_not_follow_the_number_of_rows(demo, tmp_path, monkeypatch):
    monkeypatch.setattr(comparison, "BATCH", 10**6)
    asked = []
    for statuses in (("disputed",), ("accepted", "submitted", "disputed")):
        path = write(demo, tmp_path / f"{len(asked)}.zip", statuses=statuses)
        with CaptureQueriesContext(connection) as captured:
            compare(path)
        asked.append(len([one for one in captured if one["sql"].startswith(("SELECT", "DECLARE"))]))
    assert asked[0] == asked[1]


def run(path: Path) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify_dataset", str(path), "--against-database", stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.lengthy
def test_the_command_ends_with_1_only_for_what_is_contradicted(demo, some, tmp_path, monkeypatch):
    Claim.objects.filter(project=demo, status="accepted").update(paraphrase="Said anew.")
    status, said = run(some)
    assert status == 0
    assert "changed since: claims.csv row " in said
    assert "against the database: 0 contradicted, " in said
    honest = dataset.Dataset.rows
    real = str(demo.snapshots.values_list("uuid", flat=True).first())

    def forged(self, name):
        for record in honest(self, name):
            yield {key: "f" * 8 + real[8:] if str(value) == real else value for key, value in record.items()}

    monkeypatch.setattr(dataset.Dataset, "rows", forged)
    forgery = write(demo, tmp_path / "forged.zip")
    monkeypatch.undo()
    status, said = run(forgery)
    assert "all of it holds" in said
    assert "its text is not in this database" in said
    assert status == 1
