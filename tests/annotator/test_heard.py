"""What is kept of speakers and of work is what counting anew finds, after any act, for every visitor."""

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from annotator.actions import annotations, claim_revisions, claims, identities, outlets, relations, reviews
from annotator.actions.projects import open_project
from annotator.database_roles import as_owner
from annotator.intents.annotation import parse_annotation
from annotator.intents.outlet import MergeOutlets
from annotator.intents.refusal import Refused, Stale
from annotator.intents.relation import parse_relation
from annotator.intents.review import DecideClaim
from annotator.jobs.hearing import hear
from annotator.models import Actor, ActorMerge, Claim, ClaimRelation, Decision, HeardMark
from annotator.queries import heard
from annotator.queries.speaker_list import WantedSpeakers, plots_of
from sources.actions import edit_article
from sources.actions.articles import judge_block
from sources.actions.reprints import mark_reprint, unmark_reprint
from sources.actions.stories import StillOneStory
from sources.models import Article, Block, Publication, Role, Snapshot
from tests.factories import merged, new_actor, person, stored

from .heard_compared import MET, differing, differing_speaker, met

AT_ONCE = import_module("annotator.migrations.0039_heard_in_parcels").AT_ONCE
OUTLETS, DATES = ("Amber", "Birch", "Cedar"), ("", "2019", "2019-03", "2020-05-02", "2020-05-02/2020-06")
SENTENCES = (1, 1, 6, 3, 10, 10, 11)
"""Of a text, as they may be marked: a sentence, the same in another paragraph, and in a pull quote."""
REFUSALS = (Refused, Stale, ValueError, StillOneStory)


class Desk:
    """Four short articles, each with a paragraph that says words of another again, and who may speak."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.by = chance, person("manager")
        self.project = open_project(by=self.by, name="Heard", slug="heard")
        self.texts: list[Snapshot] = []
        for n, outlet in enumerate((*OUTLETS, "Amber")):
            told = " ".join(f"Number {i} of {n} was told at length." for i in range(5))
            text = f"News {n}\n\n{told}\n\n{told}\n\nNumber 1 of {n}\n\nQuite another thing.\n"
            self.texts.append(stored(self.by, self.project, text, outlet))
            quote = Block.objects.get(snapshot=self.texts[-1], start=text.index(f"Number 1 of {n}\n"))
            judge_block(by=self.by, block=quote, role="pull_quote", masked=False)
        made = [new_actor(name) for name in ("Ada", "Bela", "Cilla", "Dora")]
        for number, actor in enumerate(made):
            self.save(self.texts[number], 0, [[{"sources": [actor]}]])
        self.speakers = [{"actor": one["new_actor"]["uuid"]} for one in made]

    def save(self, text: Snapshot, sentence: int, chains: list[Any], status: str = "submitted") -> None:
        spans = list(text.current_segmentation.sentences.order_by("number"))
        one = spans[(sentence + 1) % len(spans)]
        body = {
            "snapshot": str(text.uuid),
            "kind": "claim",
            "extent": [[one.start, one.end - 1]],
            "quotes": [text.text[one.start : one.end - 1]],
            "claim": {
                **{"type": "fact", "quotation_type": "indirect", "chains": chains, "status": status},
                "voice": "attributed" if chains else "unknown",
            },
        }
        intent = parse_annotation(uuid4(), body)
        annotations.save(by=self.by, project=self.project, intent=intent)

    def one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused("", "exists", "there is none")
        return self.chance.choice(found)

    def two(self, rows: Any) -> list[Any]:
        found = list(rows.order_by("pk"))
        if len(found) < 2:
            raise Refused("", "exists", "there are no two")
        return self.chance.sample(found, 2)

    def claim(self) -> Claim:
        found: Claim = self.one(Claim.objects.filter(project=self.project))
        return found

    def article(self) -> Article:
        found: Article = self.one(Article.objects.filter(project=self.project))
        return found

    def chains(self) -> list[Any]:
        def link() -> dict[str, Any]:
            return {"sources": self.chance.sample(self.speakers, self.chance.choice((1, 1, 2)))}

        return [
            [link() for _ in range(self.chance.choice((1, 1, 2)))] for _ in range(self.chance.randint(0, 2))
        ]


def new_claim(desk: Desk) -> None:
    text, status = desk.chance.choice(desk.texts), desk.chance.choice(("draft", "submitted"))
    desk.save(text, desk.chance.choice(SENTENCES), desk.chains(), status)


def other_chains(desk: Desk) -> None:
    chains = desk.chains()
    voice = "attributed" if chains else "unknown"
    claim = desk.claim()
    claim_revisions.revise(
        by=desk.by,
        claim=claim,
        revised=lambda body: body | {"chains": chains, "voice": voice},
        version=claim.annotation.version,
    )


def judged(desk: Desk) -> None:
    decision = desk.chance.choice(Decision.values)
    reviews.decide(by=desk.by, claim=desk.claim(), intent=DecideClaim(decision, "so it is"))


def related(desk: Desk) -> None:
    body = {"claim": str(desk.claim().uuid), "other": str(desk.claim().uuid), "kind": "repeats"}
    relations.state(by=desk.by, project=desk.project, intent=parse_relation(uuid4(), body))


def unrelated(desk: Desk) -> None:
    relations.unrelate(by=desk.by, relation=desk.one(ClaimRelation.objects.filter(project=desk.project)))


def merging(desk: Desk) -> None:
    standing = Actor.objects.filter(project=desk.project, merged_into=None)
    merged(desk.by, *desk.two(standing))


def parting(desk: Desk) -> None:
    standing = ActorMerge.objects.filter(project=desk.project, undone_at=None)
    identities.undo_merge(by=desk.by, merge=desk.one(standing))


def recorded(desk: Desk) -> None:
    article = desk.article()
    edit_article(
        by=desk.by,
        article=article,
        version=article.version,
        values={},
        outlet=desk.chance.choice((*OUTLETS, None)),
        original_outlet=desk.chance.choice((*OUTLETS, None, None, None)),
        published=desk.chance.choice(DATES),
    )


def outlets_merged(desk: Desk) -> None:
    standing = Publication.objects.filter(project=desk.project, merged_into=None)
    gone, kept = desk.two(standing)
    intent = MergeOutlets(gone.uuid, kept.uuid, (gone.version, kept.version), "the same")
    outlets.merge(by=desk.by, project=desk.project, intent=intent)


def outlets_parted(desk: Desk) -> None:
    gone = desk.one(Publication.objects.filter(project=desk.project, merged_into__isnull=False))
    outlets.undo_merge(by=desk.by, outlet=gone)


def block_judged(desk: Desk) -> None:
    block = desk.one(Block.objects.filter(project=desk.project))
    role = desk.chance.choice(("paragraph", "pull_quote"))
    judge_block(by=desk.by, block=block, role=role, masked=block.masked)


ACTS: dict[str, Callable[[Desk], object]] = {
    "claim": new_claim,
    "another claim": new_claim,
    "chains": other_chains,
    "submit": lambda desk: claims.submit(by=desk.by, claim=desk.claim()),
    "judge": judged,
    "withdraw": lambda desk: claims.withdraw(by=desk.by, claim=desk.claim()),
    "restore": lambda desk: claims.restore(by=desk.by, claim=desk.claim()),
    "relate": related,
    "unrelate": unrelated,
    "merge": merging,
    "part": parting,
    "record": recorded,
    "reprint": lambda desk: mark_reprint(by=desk.by, article=desk.article(), original=desk.article()),
    "no reprint": lambda desk: unmark_reprint(by=desk.by, article=desk.article(), original=desk.article()),
    "outlets": outlets_merged,
    "outlets apart": outlets_parted,
    "block": block_judged,
}


@pytest.mark.lengthy
@pytest.mark.parametrize("seed", [3])
def test_what_is_kept_is_what_is_counted_after_any_act(db: None, seed: int) -> None:
    desk, done = Desk(Random(seed)), Counter[str]()
    names = [name for _ in range(5) for name in desk.chance.sample(list(ACTS), len(ACTS))]
    for step, name in enumerate(names):
        try:
            with transaction.atomic():
                ACTS[name](desk)
            done[name] += 1
        except REFUSALS:
            continue
        for role in (Role.MANAGER, None):
            assert differing(desk.project, role) == "", (seed, step, name, role)
        standing = Actor.objects.filter(project=desk.project, merged_into=None).order_by("pk")
        actor, role = standing[step % standing.count()], (Role.MANAGER, None)[step % 2]
        assert differing_speaker(actor, role) == "", (seed, step, name, role, actor.name)
        done.update(met(desk.project))
    assert done.keys() == ACTS.keys() | MET.keys(), (ACTS.keys() | MET.keys()) - done.keys()


@pytest.mark.django_db
def test_nothing_is_marked_and_nothing_counted_where_nothing_has_changed(db: None) -> None:
    desk = Desk(Random(7))
    assert _marked(desk)
    heard.bring_up_to_date(desk.project.pk)
    assert not _marked(desk)
    article = desk.texts[0].article
    edit_article(
        by=desk.by,
        article=article,
        version=article.version,
        values={"title": "Other news"},
        outlet="Amber",
    )
    assert not _marked(desk), "a title counts for nothing"
    claims.withdraw(by=desk.by, claim=desk.claim())
    assert _marked(desk)
    hear(timestamp=0)
    assert not _marked(desk)


def _marked(desk: Desk) -> int:
    return HeardMark.objects.filter(project=desk.project).count()


def test_a_call_counts_a_parcel_and_reading_calls_until_all_is_counted(committed_db: str) -> None:
    desk = Desk(Random(7))
    heard.bring_up_to_date(desk.project.pk)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO annotator_heardmark (project_id, article_id)"
            " SELECT %s, %s FROM generate_series(1, %s)",
            [desk.project.pk, desk.texts[0].article_id, 2 * AT_ONCE + 1],
        )
    desk.save(desk.texts[1], 2, [[{"sources": [desk.speakers[0]]}]])
    left = _marked(desk)
    with connection.cursor() as cursor:
        more = cursor.execute("SELECT sourceline_hear(%s)", [desk.project.pk]).fetchone()[0]
    assert (more, _marked(desk)) == (True, left - AT_ONCE)
    assert differing(desk.project, None) == "", "who reads brings up the rest"
    assert not _marked(desk)


@pytest.mark.django_db
def test_the_app_cannot_write_what_is_kept(db: None) -> None:
    desk = Desk(Random(7))
    heard.bring_up_to_date(desk.project.pk)
    for statement in (
        "UPDATE annotator_heard SET n_claims = 9",
        "DELETE FROM annotator_heardin",
        "DELETE FROM annotator_heardmark",
        "INSERT INTO annotator_workin SELECT * FROM annotator_workin",
        "SELECT * FROM sourceline_heard_of('{1}')",
        "SELECT sourceline_mark_heard()",
    ):
        with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege), statement
    # Whatever it may write is followed, without any action of ours.
    Claim.objects.filter(project=desk.project).update(status="disputed")
    Article.objects.filter(pk=desk.texts[1].article.pk).update(publication=None, version=F("version") + 1)
    assert differing(desk.project, None) == ""
    assert plots_of([1], None, None, None, WantedSpeakers()) == {}
