"""Every page against every standing. A stranger cannot tell a closed project from one that is not there."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from annotator.models import ActorMerge, ActorResolution
from sources.actions import edit_project
from sources.models import ColumnMapping, Intake
from tests.factories import Side, World

from .conftest import SECOND, Cast

READ, WRITE, REVIEW, MANAGE = "read", "write", "review", "manage"

# name → what it takes to open it
PAGES = {
    "project": READ,
    "articles": READ,
    "outlets": READ,
    "outlet": READ,
    "outlet_edit": WRITE,
    "outlet_merge": WRITE,
    "article_import": WRITE,
    "intake": WRITE,
    "intake_csv": WRITE,
    "intake_columns": WRITE,
    "column_mapping": WRITE,
    "annotation_import": WRITE,
    "annotation_report": WRITE,
    "article": READ,
    "article_edit": WRITE,
    "article_compare": READ,
    "texts_compare": READ,
    "article_carry": WRITE,
    "likely_reprints": READ,
    "claims": READ,
    "speakers": READ,
    "speaker": READ,
    "speakers_alike": READ,
    "speaker_plot": READ,
    "speaker_edit": WRITE,
    "speaker_merge": WRITE,
    "speaker_resolve": WRITE,
    "events": READ,
    "event": READ,
    "event_edit": WRITE,
    "event_same": WRITE,
    "overview": READ,
    "overview_plot": READ,
    "discussions": READ,
    "discussions_about": READ,
    "comment": MANAGE,  # the manager's own
    "review": READ,
    "releases": READ,
    "release": READ,
    "release_download": READ,
    "release_workbook": READ,
    "release_count": REVIEW,
    "release_changes": READ,
    "release_changes_file": READ,
    "project_settings": READ,
    "members": READ,
    "history": READ,
    "history_file": READ,
    "segmentations": READ,
    "codebook": READ,
    "codebook_file": READ,
    "codebook_import": MANAGE,
    "code": READ,
    "code_merge": MANAGE,
    "batches": READ,
    "batch": READ,
    "saved_searches": READ,
    "saved_search": MANAGE,  # the manager's own
    "watch_terms": READ,
    "watch_term": MANAGE,  # of whom the manager added it
    "claim": READ,
    "claim_form": READ,
    "claim_card": READ,
    "claims_beside": READ,
    "claim_relations": READ,
}
POSTED = {
    "article_again": WRITE,
    "member_remove": READ,
    "project_archive": MANAGE,
    "project_purge": MANAGE,
    "invitation_new": MANAGE,
    "invitation_revoke": MANAGE,
    "outlet_add": WRITE,
    "outlet_unmerge": WRITE,
    "outlet_delete": MANAGE,
    "record_preview": WRITE,
    "discussion_settle": READ,
    "discussion_say": READ,
    "claim_review": REVIEW,
    "claim_submit": WRITE,
    "batch_new": WRITE,
    "batch_undo": WRITE,
    "claim_relate": WRITE,
    "claims_apart": WRITE,
    "claim_unrelate": WRITE,
    "merge_undo": WRITE,
    "event_unmerge": WRITE,
    "code_merge_undo": MANAGE,
    "resolution_undo": WRITE,
}  # only ever posted to
# done by being asked; here long since, but for the relation, which is there once
NOTHING_TO_SAY = {"merge_undo", "event_unmerge", "resolution_undo", "claim_unrelate", "batch_undo"}
NOTHING_TO_SAY |= {"article_again", "member_remove", "invitation_revoke"}
NOTHING_TO_SAY |= {"project_archive", "project_purge"}
NOTHING_TO_SAY |= {"outlet_add", "outlet_unmerge", "outlet_delete"}
OUTLET_ACTS = ("edit", "merge", "add", "unmerge", "delete")
ACTORS = ("speaker_edit", "speaker_merge", "speaker_resolve")
# those of accounts: accounts/test_routes.py
OPEN = {"home", "health", "project_new", "verify", "invitation", "tokens", "token_revoke"}
MAY = {
    "manager": {READ, WRITE, REVIEW, MANAGE},
    "reviewer": {READ, WRITE, REVIEW},
    "annotator": {READ, WRITE},
    "viewer": {READ},
}


def address(world: World, name: str, slug: str = "here") -> str:
    side = world.here if slug == "here" else world.there
    within = {
        **{f"article_{act}": f"articles/{side.article.uuid}/{act}/" for act in ("edit", "again", "carry")},
        "article": f"articles/{side.article.uuid}/",
        "article_import": "articles/import/",
        **of_records(side),
        "article_compare": f"articles/{side.article.uuid}/compare/{side.second_article.uuid}/",
        "texts_compare": f"articles/{side.article.uuid}/compare/",
        "likely_reprints": "articles/reprints/",
        "intake": f"articles/import/{side.intake.uuid}/",
        "intake_csv": f"articles/import/{side.intake.uuid}/report.csv",
        "annotation_import": "articles/import/annotations/",
        "speaker": f"speakers/{side.actor.uuid}/",
        "speakers_alike": "speakers/alike/",
        "speaker_plot": f"speakers/{side.actor.uuid}/plot/svg/",
        "speaker_edit": f"speakers/{side.actor.uuid}/edit/",
        "speaker_merge": f"speakers/{side.actor.uuid}/merge/",
        "speaker_resolve": f"speakers/{side.anonymous.uuid}/resolve/",
        "event": f"events/{side.event.uuid}/",
        "event_edit": f"events/{side.event.uuid}/edit/",
        "event_same": f"events/{side.event.uuid}/same/?with={SECOND[slug]}",
        "release": "releases/1/",
        "release_download": "releases/1/download/",
        "release_workbook": "releases/1/workbook/",
        "release_count": "releases/count/",
        "release_changes": "releases/1/changes/",
        "release_changes_file": "releases/2/changes/csv/",
        "project_settings": "settings/",
        "segmentations": "settings/sentences/",
        "overview_plot": "overview/time/svg/",
        "codebook_file": "codebook/file/",
        "codebook_import": "codebook/import/",
        "code": f"codebook/{side.topic.uuid}/",
        "code_merge": f"codebook/{side.topic.uuid}/merge/",
        "batches": "claims/acts/",
        "batch": f"claims/acts/{side.batch.uuid}/",
        "batch_undo": f"claims/acts/{side.batch.uuid}/undo/",
        "batch_new": "claims/many/",
        "saved_searches": "searches/",
        "saved_search": f"searches/{side.saved_search.uuid}/",
        "discussions_about": f"discussions/about/article/{side.article.uuid}/",
        "discussion_settle": f"discussions/{side.comment.discussion.uuid}/",
        "discussion_say": "discussions/say/",
        "comment": f"discussions/comments/{side.comment.uuid}/",
        "watch_terms": "watch-terms/",
        "watch_term": f"watch-terms/{side.watch_term.uuid}/",
        "project": "",
    }
    claim = {"claim": f"/c/{side.claim.uuid}/", "claim_review": f"/c/{side.claim.uuid}/review/"}
    claim["event_unmerge"] = f"/p/{slug}/events/merges/{side.event_merge.uuid}/undo/"
    claim["claim_form"] = f"/c/{side.claim.uuid}.jsonld"
    claim["claim_card"] = f"/c/{side.claim.uuid}/card/"
    claim["claims_apart"] = f"/c/{side.claim.uuid}/apart/{side.claim.uuid}/"
    claim["claims_beside"] = f"/c/{side.claim.uuid}/beside/{side.second_claim.uuid}/"
    claim["claim_relations"] = f"/p/{slug}/claims/relations/"
    claim["claim_submit"] = f"/c/{side.claim.uuid}/submit/"
    claim["claim_relate"] = f"/c/{side.claim.uuid}/relations/"
    claim["claim_unrelate"] = f"/c/{side.claim.uuid}/relations/{side.relation.uuid}/take-back/"
    return claim.get(name) or f"/p/{slug}/{within.get(name, undoing(side, name) or name + '/')}"


def of_teams(side: Side) -> dict[str, str]:
    return {
        "history_file": "history/all.jsonl",
        "member_remove": "members/remove/",
        "project_archive": "settings/archive/",
        "project_purge": "settings/purge/",
        "invitation_new": "members/invite/",
        "invitation_revoke": f"members/invitations/{side.invitation.uuid}/revoke/",
    }


def of_records(side: Side) -> dict[str, str]:
    at = f"outlets/{side.article.publication.uuid}/"
    named = {"outlet": at, "record_preview": "articles/record/"}
    return of_teams(side) | named | {f"outlet_{act}": f"{at}{act}/" for act in OUTLET_ACTS}


def undoing(side: Side, name: str) -> str | None:
    """Of what the world does not name, and the store is asked for."""
    if name == "annotation_report":
        (upload,) = (settings.DATA_DIR / "imports" / str(side.project.uuid)).iterdir()
        return f"articles/import/annotations/{upload.name}/"
    if name == "intake_columns":
        asking = Intake.objects.get(project=side.project, state="asking")
        return f"articles/import/{asking.uuid}/columns/"
    if name == "column_mapping":
        return f"articles/columns/{ColumnMapping.objects.get(project=side.project).uuid}/"
    if name == "merge_undo":
        return f"merges/{ActorMerge.objects.get(project=side.project).uuid}/undo/"
    if name == "resolution_undo":
        return f"resolutions/{ActorResolution.objects.get(project=side.project).uuid}/undo/"
    if name == "code_merge_undo":
        return f"codebook/merges/{side.gone_topic.merges.get().uuid}/undo/"
    return None


def nowhere(world: World, name: str) -> str:
    """The page's address in a project, or of a claim, that is not there."""
    there = address(world, name)
    return there.replace("/p/here/", "/p/nowhere/").replace(str(world.here.claim.uuid), str(uuid4()))


@pytest.fixture
def world(complete_world: World) -> World:
    return complete_world


def test_no_page_is_left_out() -> None:
    from annotator.web.urls import urlpatterns

    ours = [one for one in urlpatterns if isinstance(one, URLPattern)]
    names, routes = ([getattr(p, part) for p in ours] for part in ("name", "pattern"))
    assert sorted(names) == sorted([*PAGES, *POSTED, *OPEN])
    assert len({str(route) for route in routes}) == len(routes)


@pytest.mark.slow
def test_members_get_what_their_role_allows(world: World, cast: Cast) -> None:
    answers = {
        name: {who: getattr(cast, who).get(address(world, name)).status_code for who in MAY} for name in PAGES
    }
    assert answers == {
        name: {who: 200 if need in may else 403 for who, may in MAY.items()} for name, need in PAGES.items()
    }


@pytest.mark.lengthy
def test_members_do_what_their_role_allows(world: World, cast: Cast) -> None:
    """What is sent is empty: 422 tells that somebody came as far as that."""
    for name, need in POSTED.items():
        for who, may in MAY.items():
            answer = getattr(cast, who).post(address(world, name), {}, headers={"HX-Request": "true"})
            came_in = 302 if name in NOTHING_TO_SAY else 422
            if name == "claim_unrelate" and who != "manager":
                came_in = 404  # the manager has taken it back
            assert answer.status_code == (came_in if need in may else 403), (name, who)
            assert getattr(cast, who).get(address(world, name)).status_code == 405, (name, who)


def test_an_address_that_only_takes_forms_says_so_and_where_to_go(world: World, cast: Cast) -> None:
    """A refusal or a preview leaves it in the address bar; signing in again leads there too."""
    lone = world.here.lone
    for path, instead in (
        (f"/c/{lone.uuid}/review/", f"/c/{lone.uuid}/"),
        ("/p/here/claims/many/", "/p/here/claims/"),
        ("/p/here/discussions/say/", "/p/here/"),
    ):
        answer = cast.viewer.get(path)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert f'class="button button-primary" href="{instead}"' in answer.content.decode()
    assert cast.viewer.delete("/p/here/claims/many/").content == b""
    shut = cast.stranger.get(f"/c/{lone.uuid}/review/").content.decode()
    assert lone.annotation.quotes[0] not in shut and "Here" not in shut


@pytest.mark.lengthy
def test_a_stranger_sees_the_same_as_where_nothing_is(world: World, cast: Cast) -> None:
    for name in (*PAGES, *POSTED):
        ask = cast.stranger.post if name in POSTED else cast.stranger.get
        shut, gone = ask(address(world, name)), ask(nowhere(world, name))
        assert (shut.status_code, gone.status_code) == (404, 404), name
        assert _without_token(shut) == _without_token(gone), name


def _without_token(answer: HttpResponse) -> str:
    """The page without the tokens that differ from one answer to the next."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


@pytest.mark.lengthy
def test_who_is_not_signed_in_is_asked_to(world: World, cast: Cast) -> None:
    for name in {*PAGES, *POSTED} - {"claim_form"}:  # for programs, which cannot
        for url in (address(world, name), nowhere(world, name)):
            answer = cast.nobody.post(url) if name in POSTED else cast.nobody.get(url)
            assert answer.status_code == 302, url
            assert answer["Location"].startswith("/sign-in/?next=/"), url


@pytest.mark.parametrize(
    "name",
    [
        "article",
        "article_edit",
        "outlet",
        "outlet_edit",
        "intake",
        "intake_csv",
        "speaker",
        "event",
        "code",
        "code_merge",
        "watch_term",
        "saved_search",
        *ACTORS,
    ],
)
def test_another_projects_objects_are_not_found_under_this_one(world: World, cast: Cast, name: str) -> None:
    foreign = address(world, name, "there")
    assert cast.manager.get(foreign).status_code == 200
    assert cast.manager.get(foreign.replace("/p/there/", "/p/here/")).status_code == 404


@pytest.mark.lengthy
def test_a_public_project_is_read_without_an_account_and_changed_by_nobody(world: World, cast: Cast) -> None:
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    for visitor in (cast.nobody, cast.stranger):
        assert visitor.get("/p/here/claims/").status_code == 200
        assert visitor.get(address(world, "claim")).status_code == 200
        assert visitor.post(f"/c/{world.here.lone.uuid}/review/", {"decision": "accepted"}).status_code == 403
    assert cast.stranger.get("/p/here/articles/import/").status_code == 403
    assert cast.nobody.get("/p/here/articles/import/").status_code == 302
    assert cast.stranger.get("/p/here/settings/").status_code == 403


def test_other_methods_are_refused(world: World, cast: Cast) -> None:
    for name in (*PAGES, *POSTED):
        for method in ("put", "patch", "delete"):
            assert getattr(cast.manager, method)(address(world, name)).status_code == 405, (name, method)


def test_a_removed_member_is_a_stranger_at_once(world: World, cast: Cast) -> None:
    assert cast.viewer.get("/p/here/").status_code == 200
    world.here.project.memberships.filter(user__username="viewer").delete()
    assert cast.viewer.get("/p/here/").status_code == 404


@pytest.mark.lengthy
def test_odd_questions_are_answered(cast: Cast) -> None:
    odd = (
        "q=%00",
        "q=" + "x" * 5000,
        "page=99999999999",
        "page=-1",
        "page=٣",
        "sort=user__password",
        "speaker=nobody",
        "type=%00",
        "status=%00",
        "made=%00",
        "code=%00",
        "stand=%00",
        "after=%00",
    )
    for page in ("articles", "claims", "speakers", "events", "review"):
        for query in odd:
            assert cast.viewer.get(f"/p/here/{page}/?{query}").status_code == 200, (page, query)


def test_pages_carry_the_policy(world: World) -> None:
    policy = Client().get("/sign-in/")["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
