"""What a release is narrowed to: period, speakers and topics; whole, told to its readers, refused clearly."""

import json
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from annotator.actions.identities import merge
from annotator.actions.releases import chosen_scope
from annotator.exchange.verification import verify
from annotator.intents.actor_record import MergeActors
from annotator.intents.refusal import Refused
from annotator.intents.release import AskedScope, Scope, scope_from
from annotator.models import Actor, AttributionSource, Claim, ClaimRelation, ClaimTopic, Code, Facet
from annotator.queries.scope import claims_in, taken
from sources.models import Article

from .releases import EVERY, table, unpack, write


def asked(demo, **what) -> Scope:
    return chosen_scope(demo, AskedScope(**{"statuses": EVERY} | what))


def taken_rows(demo, scope, tmp_path):
    """The claims of the export by identifier, once the export has been verified."""
    path = write(demo, tmp_path / "a.zip", scope=scope)
    assert verify(path).ok, "tables that refer to what is left out"
    top = unpack(path, tmp_path / "a")
    header, *rows = table(top, "claims")
    return top, {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def busiest(demo) -> Actor:
    said = AttributionSource.objects.filter(project=demo, attribution__claim__withdrawn_at=None)
    ((key, _),) = Counter(said.values_list("actor__survivor", flat=True)).most_common(1)
    return Actor.objects.get(pk=key)


@pytest.mark.lengthy
def test_a_period_takes_what_may_have_been_published_in_it(demo, tmp_path):
    articles = list(Article.objects.filter(project=demo).order_by("pk"))
    for article, (edtf, first, last) in zip(
        articles,
        [
            ("2025-03", date(2025, 3, 1), date(2025, 3, 31)),  # only roughly known: may lie within
            ("2025-03-11", date(2025, 3, 11), date(2025, 3, 11)),
            ("2025-03-09", date(2025, 3, 9), date(2025, 3, 9)),
            ("", None, None),
        ],
        strict=False,
    ):
        Article.objects.filter(pk=article.pk).update(
            published=edtf, published_min=first, published_max=last, version=F("version") + 1
        )
    Article.objects.filter(project=demo).exclude(pk__in=[one.pk for one in articles[:4]]).update(
        published="2024",
        published_min=date(2024, 1, 1),
        published_max=date(2024, 12, 31),
        version=F("version") + 1,
    )
    scope = asked(demo, published_from="10 March 2025", published_to="2025-03")
    assert (scope.published_from, scope.first_day, scope.last_day) == (
        "2025-03-10",
        date(2025, 3, 10),
        date(2025, 3, 31),
    )
    _, rows = taken_rows(demo, scope, tmp_path)
    within = {str(article.uuid) for article in articles[:2]}
    assert {row["article_id"] for row in rows.values()} <= within
    expected = Claim.objects.filter(
        project=demo, withdrawn_at=None, annotation__snapshot__article__uuid__in=within
    )
    assert set(rows) == {str(claim.uuid) for claim in expected} != set()
    ends = claims_in(demo, asked(demo, published_to="2024-06"))
    starts = claims_in(demo, asked(demo, published_from="2025-03-10"))
    dated = Claim.objects.filter(project=demo, withdrawn_at=None).exclude(
        annotation__snapshot__article__published_min=None
    )
    assert not ends.intersection(starts)
    assert ends.exists()
    assert ends.count() + starts.count() < dated.count()


@pytest.mark.lengthy
def test_a_speaker_is_asked_for_with_all_who_were_merged_into_them(demo, tmp_path):
    speaker = busiest(demo)
    other = Actor.objects.filter(project=demo, merged_into=None, article=None).exclude(pk=speaker.pk)
    before = taken(demo, asked(demo, speakers=(speaker.uuid,)))[0]
    merged = next(one for one in other if claims_in(demo, asked(demo, speakers=(one.uuid,))).exists())
    beside = claims_in(demo, asked(demo, speakers=(merged.uuid,))).difference(
        claims_in(demo, asked(demo, speakers=(speaker.uuid,)))
    )
    more = beside.count()
    versions = {one.uuid: one.version for one in (speaker, merged)}
    merge(by=None, project=demo, intent=MergeActors(speaker.uuid, (merged.uuid,), "one person", versions))
    scope = asked(demo, speakers=(merged.uuid, speaker.uuid))
    assert [one.key for one in scope.speakers] == [str(speaker.uuid)], "named once, by who stands for both"
    top, rows = taken_rows(demo, scope, tmp_path)
    assert len(rows) == before + more
    header, *links = table(top, "claim_speakers")
    named = {row[0] for row in links if row[header.index("actor_id")] == str(speaker.uuid)}
    assert named == set(rows)


@pytest.mark.lengthy
def test_a_topic_is_asked_for_with_those_below_it(demo, tmp_path):
    above, below = Code.objects.filter(project=demo, facet=Facet.TOPIC, parent=None)[:2]
    claims = list(Claim.objects.filter(project=demo, withdrawn_at=None)[:2])
    ClaimTopic.objects.filter(project=demo).delete()
    for claim, topic in zip(claims, (above, below), strict=True):
        ClaimTopic.objects.create(project=demo, claim=claim, topic=topic)
    assert taken(demo, asked(demo, topics=(above.key,)))[0] == 1
    Code.objects.filter(pk=below.pk).update(parent=above, version=F("version") + 1)
    _, rows = taken_rows(demo, asked(demo, topics=(above.key,)), tmp_path)
    assert set(rows) == {str(claim.uuid) for claim in claims}
    scope = asked(demo, topics=(above.key,))
    assert scope.topics[0].words == f"{above.name} (with {below.name})"


@pytest.mark.lengthy
def test_relations_and_outer_claims_that_are_left_out_are_not_referred_to(demo, tmp_path):
    inner = Claim.objects.filter(project=demo, withdrawn_at=None).exclude(inside=None).first()
    scope = Scope(statuses=EVERY)
    Claim.objects.filter(pk=inner.inside.pk).update(status="disputed")
    Claim.objects.filter(pk=inner.pk).update(status="accepted")
    related = ClaimRelation.objects.filter(project=demo).first()
    Claim.objects.filter(pk=related.other_id).update(status="disputed")
    everything, _ = taken_rows(demo, scope, tmp_path / "..")
    assert str(related.uuid) in {row[0] for row in table(everything, "relations")}
    top, rows = taken_rows(demo, Scope(statuses=("accepted", "submitted")), tmp_path)
    assert rows[str(inner.uuid)]["inside_claim_id"] == ""
    assert str(related.uuid) not in {row[0] for row in table(top, "relations")}


@pytest.mark.lengthy
def test_all_conditions_together_and_the_same_bytes(demo, tmp_path):
    speaker = busiest(demo)
    claim = Claim.objects.filter(
        attributions__sources__actor=speaker, withdrawn_at=None, project=demo
    ).first()
    topic = Code.objects.filter(project=demo, facet=Facet.TOPIC).first()
    ClaimTopic.objects.get_or_create(project=demo, claim=claim, topic=topic)
    scope = asked(demo, published_from="1900", speakers=(speaker.uuid,), topics=(topic.key,))
    top, rows = taken_rows(demo, scope, tmp_path)
    assert 0 < len(rows) < taken(demo, asked(demo, speakers=(speaker.uuid,)))[0]
    assert taken(demo, scope) == (len(rows), len({row["article_id"] for row in rows.values()}))
    again = write(demo, tmp_path / "b.zip", scope=scope)
    assert again.read_bytes() == (tmp_path / "a.zip").read_bytes()
    told = json.loads((top / "data" / "datapackage.json").read_text())["selection"]
    assert scope_from(told) == scope
    readme = (top / "data" / "README.md").read_text()
    for sentence in ("Published: from 1900-01-01", f"Said or passed on by: {speaker.name}", topic.name):
        assert sentence in readme
    for sentence in told["left_out"]:
        assert sentence in readme.replace("\\", "")
    assert "said or passed on by" in (top / "data" / "CITATION.cff").read_text()


@pytest.mark.lengthy
@pytest.mark.parametrize("statuses", [("accepted",), ("submitted", "draft")])
def test_what_was_not_reviewed_is_said_of_the_whole_and_of_each_row(demo, tmp_path, statuses):
    top, rows = taken_rows(demo, Scope(statuses=statuses), tmp_path)
    assert {row["review_status"] for row in rows.values()} <= set(statuses)
    assert ("were not reviewed" in (top / "data" / "README.md").read_text()) == (statuses != ("accepted",))


def test_what_is_not_there_is_refused_by_name(demo):
    stranger = "01990000-0000-7000-8000-00000000dead"
    for field, what in (
        ("speakers", {"speakers": (stranger,)}),
        ("topics", {"topics": ("no-such-topic",)}),
        ("topics", {"topics": (Code.objects.filter(project=demo).exclude(facet=Facet.TOPIC).first().key,)}),
        ("published_from", {"published_from": "03/04/2025"}),
        ("published_from", {"published_from": "../2025"}),
        ("published_to", {"published_to": "since 2025"}),
        ("published_to", {"published_from": "2025", "published_to": "2024"}),
    ):
        with pytest.raises(Refused) as refused:
            asked(demo, **what)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--speaker", "nobody"), "--speaker: “nobody” is not the identifier"),
        (("--speaker", "01990000-0000-7000-8000-00000000dead"), "is none of this project’s speakers"),
        (("--topic", "nothing"), "--topic: “nothing” is none of this project’s topics"),
        (("--from", "soon"), "--from: “soon” cannot be read"),
        (("--from", "2025", "--to", "2024"), "--to: the period ends before it begins"),
        (("--to", "1850"), "No claim that is accepted meets the other conditions"),
    ],
)
def test_the_command_refuses_what_it_cannot_take(demo, tmp_path, options, said):
    with pytest.raises(CommandError, match=said.split(":")[0]) as refused:
        call_command("export_dataset", demo.slug, str(tmp_path / "x.zip"), *options)
    assert said in str(refused.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.lengthy
def test_the_command_narrows_as_the_page_does(demo, tmp_path):
    speaker = busiest(demo)
    out = tmp_path / "x.zip"
    call_command(
        "export_dataset",
        *(demo.slug, str(out), "--status", "all", "--speaker", str(speaker.uuid), "--from", "1900"),
    )
    rows = table(unpack(out, tmp_path / "x"), "claims")
    assert len(rows) - 1 == taken(demo, asked(demo, speakers=(speaker.uuid,)))[0]


@pytest.mark.lengthy
def test_without_texts_only_what_the_claims_were_read_from_is_handed_out(demo, tmp_path):
    """Of one speaker: no stretch and no sentence that no claim, link or event of the release points to."""
    scope = asked(demo, speakers=(busiest(demo).uuid,))
    top, _ = taken_rows(demo, scope, tmp_path)
    path = write(demo, tmp_path / "b.zip", scope=scope, with_texts=True)
    assert verify(path).ok
    whole = unpack(path, tmp_path / "b")
    pointing = {
        "claim_speakers": ("mention_id",),
        "addressees": ("mention_id",),
        "targets": ("mention_id",),
        "event_participants": ("mention_id",),
    }
    used = set()
    for name, columns in pointing.items():
        header, *rows = table(top, name)
        used |= {row[header.index(column)] for row in rows for column in columns} - {""}
    header, *rows = table(top, "annotations")
    mentions = {row[0] for row in rows if row[header.index("kind")] == "actor"}
    assert mentions == used & mentions != set()
    header, *claims = table(top, "claims")
    numbers, *quantities = table(top, "quantities")
    told = {one for row in claims for one in row[header.index("event_ids")].split(";")}
    told |= {row[numbers.index("event_id")] for row in quantities}
    assert {row[0] for row in table(top, "events")[1:]} <= told
    for name in ("annotations", "sentences", "actors", "events"):
        assert len(table(top, name)) < len(table(whole, name)), name
    for name in ("claims", "claim_speakers", "attributions", "relations", "articles"):
        assert len(table(top, name)) == len(table(whole, name)), name
    header, *rows = table(top, "annotations")
    cited = {one for row in rows for one in row[header.index("sentence_ids")].split(";")}
    assert {row[0] for row in table(top, "sentences")[1:]} == cited
    readme = (top / "data" / "README.md").read_text()
    assert "people and events that they name elsewhere" in readme
