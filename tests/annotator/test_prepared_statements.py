"""Long questions are planned once a connection; a pooler that cannot have that is told so in the address."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from annotator.database_urls import parse
from annotator.models import Claim
from annotator.queries import prepared
from sources.models import Project
from tests.factories import World

STATEMENT = "SELECT name FROM sources_project WHERE id = ANY(%(keys)s::bigint[]) ORDER BY id"


def planned() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.django_db
def test_what_is_asked_again_is_planned_once(small_world_here: World) -> None:
    keys = {"keys": [small_world_here.here.project.pk]}
    with CaptureQueriesContext(connection) as asked:
        for _ in range(4):
            assert prepared.rows(STATEMENT, keys) == [(small_world_here.here.project.name,)]
    before, after = STATEMENT.split("%(keys)s")
    for one in asked:
        assert one["sql"].startswith(before) and one["sql"].endswith(after), "each is told as any other is"
        assert str(keys["keys"][0]) in one["sql"], "with its values, so that it can be asked again"
    assert len(asked) == 4
    assert sum("ANY($1::bigint[])" in statement for statement in planned()) == 1
    assert prepared.rows(STATEMENT, {"keys": []}) == []


@pytest.mark.django_db
def test_values_are_values(small_world_here: World) -> None:
    hostile = "'; DROP TABLE sources_project; --"
    asked = "SELECT %(words)s::text || name FROM sources_project WHERE id = %(key)s"
    assert prepared.rows(asked, {"words": hostile, "key": small_world_here.here.project.pk}) == [
        (hostile + small_world_here.here.project.name,)
    ]


@pytest.mark.django_db
def test_the_keys_of_a_scope_of_thousands(small_world_here: World) -> None:
    scope = Project.objects.filter(
        pk__in=prepared.listed([*range(-40_000, 0), small_world_here.here.project.pk])
    )
    assert prepared.keys_of(scope.order_by("name")) == [small_world_here.here.project.pk]
    assert (
        prepared.keys_of(Project.objects.filter(uuid=small_world_here.here.project.uuid, name="no such"))
        == []
    )


@pytest.mark.parametrize(
    ("address", "threshold"),
    [
        ("postgres:///x", 0),
        ("postgres:///x?prepare_threshold=5", 5),
        ("postgres:///x?prepare_threshold=never", None),
    ],
)
def test_the_address_says_after_how_many_times(address: str, threshold: int | None) -> None:
    assert parse(address)["OPTIONS"]["prepare_threshold"] == threshold


@pytest.mark.django_db
def test_what_is_made_once_is_asked_with_the_values_of_each_time(small_world_here: World) -> None:
    made = []

    def question(key: int, name: str) -> QuerySet[Project, tuple[str]]:
        made.append((key, name))
        return Project.objects.filter(Q(pk=key) | Q(name=name)).order_by("pk").values_list("name")

    here, there = small_world_here.here.project, small_world_here.there.project
    named = prepared.MadeOnce(question, -1, "a name")
    assert named.ask(here.pk, "no such") == [(here.name,)]
    assert named.ask(here.pk, there.name) == [(here.name,), (there.name,)]
    assert named.ask(-1, "'; --") == []
    assert made == [(-1, "a name")]


@pytest.mark.django_db
def test_a_value_that_nothing_is_asked_of_is_an_error() -> None:
    forgetful = prepared.MadeOnce(lambda key, _: Project.objects.filter(pk=key).values_list("pk"), -1, -2)
    with pytest.raises(ValueError, match="-2"):
        forgetful.ask(1, 2)


@pytest.mark.django_db
def test_records_made_once_are_those_that_django_makes(small_world_here: World) -> None:
    def question(claims: list[int]) -> QuerySet[Claim, Claim]:
        whole = Claim.objects.select_related("annotation__snapshot", "type", "inside__annotation")
        kept = whole.defer("annotation__snapshot__text", "paraphrase").annotate(marked=F("annotation__kind"))
        return kept.filter(pk__in=prepared.listed(claims)).order_by("pk")

    def told(claim: Claim) -> list[Any]:
        inner = claim.inside
        brought = [claim.annotation, claim.annotation.snapshot, claim.type, inner, inner and inner.annotation]
        kept = [vars(one) for one in (claim, *brought) if one]
        return [{name: one for name, one in each.items() if name != "_state"} for each in kept]

    made = prepared.RecordsMadeOnce(question, [-1])
    keys = list(Claim.objects.values_list("pk", flat=True))
    for asked in (keys, keys[:1], []):
        assert list(map(told, made.all(asked))) == list(map(told, question(asked)))
    one = made.all(keys)[0]
    assert not one._state.adding and one.annotation.extent == Claim.objects.get(pk=one.pk).annotation.extent
    with CaptureQueriesContext(connection) as later:
        assert one.paraphrase == Claim.objects.get(pk=one.pk).paraphrase
    assert len(later) == 2, "what was left out is asked when it is wanted"
    with pytest.raises(ValueError, match="1 values are asked for, and 2 given"):
        made.all(keys, keys)
