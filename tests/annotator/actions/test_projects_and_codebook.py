"""Opening a project, and the vocabulary that judgements are made under."""

import pytest
from django.db import ProgrammingError, transaction

from annotator.actions import codebook, projects
from annotator.intents.refusal import Refused
from annotator.models import CodebookVersion, Facet
from sources.models import Change, Membership, Project, Role
from tests.factories import person

from .conftest import Desk

pytestmark = pytest.mark.django_db


def test_a_new_project_has_a_manager_and_a_codebook() -> None:
    by = person("ana")
    project = projects.open_project(by=by, name="Velm", slug="velm", description="A bridge", is_public=True)
    assert Membership.objects.get(project=project).role == Role.MANAGER
    assert (project.description, project.is_public, project.created_by) == ("A bridge", True, by)
    frozen = CodebookVersion.objects.get(project=project)
    assert frozen.number == 1
    assert {c["key"] for c in frozen.content["claim_type"]} == set(
        project.codes.filter(facet="claim_type").values_list("key", flat=True)
    )
    assert {"fact", "figure", "blame"} <= {c["key"] for c in frozen.content["claim_type"]}
    assert frozen.content["topic"] == []
    assert set(Change.objects.values_list("user_id", flat=True)) == {by.pk}


@pytest.mark.parametrize(("slug", "rule"), [("velm", "unique"), ("new", "reserved")])
def test_slugs_that_cannot_be_had(slug: str, rule: str) -> None:
    by = person("ana")
    projects.open_project(by=by, name="Velm", slug="velm")
    with pytest.raises(Refused) as caught:
        projects.open_project(by=by, name="Again", slug=slug)
    assert (caught.value.field, caught.value.rule) == ("slug", rule)
    assert Project.objects.count() == 1


def test_each_further_code_freezes_a_version(desk: Desk) -> None:
    code = codebook.add_code(
        by=desk.by, project=desk.project, facet="topic", key="bridge", name="Bridge", definition="Over water."
    )
    again = codebook.add_code(by=desk.by, project=desk.project, facet="topic", key="ferry", name="Ferry")
    assert (code.position, again.position) == (0, 1)
    assert codebook.current_version(desk.project) == 3
    first, second, third = CodebookVersion.objects.filter(project=desk.project).order_by("number")
    assert [len(v.content["topic"]) for v in (first, second, third)] == [0, 1, 2]
    assert second.content["topic"] == [
        {"key": "bridge", "name": "Bridge", "definition": "Over water.", "retired": False}
    ]


@pytest.mark.parametrize(
    ("facet", "key", "field", "rule"),
    [
        ("topic", "a b", "key", "key"),
        ("topic", "", "key", "key"),
        ("topic", "x" * 61, "key", "key"),
        ("topic", "bridge\n", "key", "key"),
        ("mood", "glad", "facet", "choice"),
        ("claim_type", "fact", "key", "unique"),
    ],
)
def test_codes_that_are_refused(desk: Desk, facet: str, key: str, field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        codebook.add_code(by=desk.by, project=desk.project, facet=facet, key=key, name="X")
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert codebook.current_version(desk.project) == 1


def test_a_claim_keeps_the_version_it_was_judged_under(desk: Desk) -> None:
    claim = desk.claim("We found a crack")
    codebook.add_code(by=desk.by, project=desk.project, facet=Facet.TOPIC, key="bridge", name="Bridge")
    claim.refresh_from_db()
    assert claim.codebook_version == 1
    desk.put(desk.claim_body("We found a crack", paraphrase="Now"), claim.uuid, version=1)
    claim.refresh_from_db()
    assert claim.codebook_version == 2


def test_the_app_may_not_touch_a_frozen_version(desk: Desk) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CodebookVersion.objects.filter(project=desk.project).update(content={})


def test_a_project_without_a_codebook_says_so(desk: Desk) -> None:
    bare = Project.objects.create(slug="bare", name="Bare")
    with pytest.raises(Refused) as caught:
        codebook.current_version(bare)
    assert caught.value.rule == "codebook_missing"
