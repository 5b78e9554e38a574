"""Discussions: a project's list, those about one thing, and what is said in them. For members."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator.actions import discussions as actions
from annotator.intents.discussion import LONGEST_COMMENT, STATES, SUBJECTS, parse_change, parse_comment
from annotator.intents.refusal import Refused, Stale, Taken
from annotator.models import Comment, Discussion
from annotator.queries import discussions as query
from sources.models import Article, Project, Role

from ..access import Here, Visit, as_uuid, project_page
from ..pages import show
from ..paging import choice, keyset_page

ENTRIES = 30  # discussions on one page


def section_of(here: Here, thing: query.Thing, after: Any = None) -> dict[str, Any]:
    """What the section below a thing's page shows; for members, and nothing for anybody else."""
    if here.role is None:
        return {}
    kind = thing._meta.model_name
    section = query.discussed_about(thing, after)
    about = reverse("discussions_about", args=[here.project.slug, kind, thing.uuid])
    return {
        "threads": section.threads,
        "counts": (section.number, section.still),
        "further": f"{about}?after={section.after}" if section.after else "",
        "earlier": about if after else "",
        "kind": kind,
        "thing": thing.uuid,
        "may_say": not here.project.archived_at,
        "longest": LONGEST_COMMENT,
        "again": uuid4(),
        "begun": uuid4(),
        "where": f"{about}?after={after}" if after else about,
    }


@require_safe
@project_page(Role.VIEWER)
def discussions(request: Visit, here: Here) -> HttpResponse:
    return _list(request, here)


def _list(request: Visit, here: Here, status: int = 200, **more: Any) -> HttpResponse:
    shown = choice(request, "show", query.SHOWN, "open")
    found = query.discussions_shown(here.project, request.user, shown)
    page = keyset_page(request, found, query.LATEST, ENTRIES)
    return show(
        request,
        here,
        "discussions/list.html",
        "discussions",
        status,
        page=page,
        entries=query.entries(here.project, page.pks),
        shown=shown,
        ways=query.SHOWN.items(),
        **more,
    )


@require_safe
@project_page(Role.VIEWER)
def discussions_about(request: Visit, here: Here, kind: str, uuid: UUID) -> HttpResponse:
    """The threads about one thing; to htmx the section alone."""
    return _about(request, here, _thing_or_404(here, kind, uuid))


def _about(request: Visit, here: Here, thing: query.Thing, status: int = 200, **more: Any) -> HttpResponse:
    template = "discussions/_section.html" if request.htmx else "discussions/about.html"
    shown: dict[str, Any] = {
        "discussed": section_of(here, thing, as_uuid(request.GET.get("after", ""))) | more,
        "entry": query.name_of(here.project, thing),
    }
    if not request.htmx:
        shown["article"] = thing if isinstance(thing, Article) else None
    return show(request, here, template, "discussions", status, **shown)


@require_POST
@project_page(Role.VIEWER)
def discussion_settle(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Resolves one or opens it again, and leads back to where it stands."""
    found = query.discussion_called(here.project, uuid)
    if found is None:
        raise Http404("No such discussion.")
    _at_work(here.project)
    state = request.POST.get("state", "")
    if state not in STATES:
        return _list(request, here, 422, unsaid="A discussion is open or resolved.")
    try:
        actions.settle(by=request.user, discussion=found, state=state)
    except Refused as refusal:
        return _list(request, here, 422, unsaid=f"It stays as it is: {refusal.message}.")
    return redirect(f"{_page_of(here.project, query.subject_of(found))}#discussion-{found.uuid}")


@require_POST
@project_page(Role.VIEWER)
def discussion_say(request: Visit, here: Here) -> HttpResponse:
    """Answers with a redirect to what was said; where it was not, with the page and why not."""
    _at_work(here.project)
    asked = {name: request.POST.get(name, "") for name in ("uuid", "discussion", "kind", "about", "text")}
    if not asked["kind"]:
        return _list(request, here, 422, unsaid="This page did not say what it is about.")
    thing = _thing_or_404(here, asked["kind"], asked["about"])
    body = {"text": asked["text"], "about": {"kind": asked["kind"], "uuid": str(thing.uuid)}}
    try:
        intent = parse_comment(asked["uuid"], asked["discussion"], body)
        said, _ = actions.say(by=request.user, project=here.project, intent=intent)
    except Refused as refusal:
        return _about(request, here, thing, 422, unsaid=_in_words(refusal), asked=asked)
    except Taken:
        unsaid = "something else was said under the same identifier. Say it again"
        return _about(request, here, thing, 409, unsaid=unsaid, asked=asked | {"uuid": "", "discussion": ""})
    return redirect(f"{_page_of(here.project, thing)}#comment-{said.uuid}")


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def comment(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Changing or withdrawing one's own comment."""
    found = Comment.objects.filter(project=here.project, uuid=uuid).first()
    if found is None:
        raise Http404("No such comment.")
    if found.author_id != request.user.pk:
        raise PermissionDenied("Only who wrote a comment changes it.")
    held = Discussion.objects.get(pk=found.discussion_id)
    back = f"{_page_of(here.project, query.subject_of(held))}#comment-{found.uuid}"
    more: dict[str, Any] = {"text": found.text, "version": found.version}
    status = 200
    if request.method == "POST":
        _at_work(here.project)
        if request.POST.get("do") == "withdraw":
            actions.withdraw(by=request.user, comment=found)
            messages.success(request, "Your comment is withdrawn.")
            return redirect(back)
        more, status = _changed(request, found)
        if status == 200:
            return redirect(back)
    if found.withdrawn_at:
        return redirect(back)
    told = {"comment": found, "back": back, "longest": LONGEST_COMMENT, **more}
    return show(request, here, "discussions/comment.html", "discussions", status, **told)


def _changed(request: Visit, found: Comment) -> tuple[dict[str, Any], int]:
    """What the form has to say after it was sent, and as which status; 200 where it was saved."""
    text, based = request.POST.get("text", ""), request.POST.get("version", "")
    version = int(based) if based.isascii() and based.isdigit() and len(based) < 10 else 0
    try:
        actions.change(by=request.user, comment=found, intent=parse_change({"text": text}, version))
    except Refused as refusal:
        return {"text": text, "version": version, "unsaid": _in_words(refusal)}, 422
    except Stale as stale:
        now = stale.current
        return {"text": text, "version": now.version, "stale": now.text}, 409
    return {}, 200


def _in_words(refusal: Refused) -> str:
    said = {"text": "the text", "about": "this", "discussion": "the discussion"}
    return f"{said.get(refusal.field.split('.')[0], refusal.field)} {refusal.message}".strip()


def _at_work(project: Project) -> None:
    if project.archived_at:
        raise PermissionDenied("This project is archived.")


def _thing_or_404(here: Here, kind: str, uuid: Any) -> query.Thing:
    try:
        thing = query.thing_of(here.project, kind, UUID(str(uuid))) if kind in SUBJECTS else None
    except ValueError:
        thing = None
    if thing is None:
        raise Http404("Nothing to discuss is there.")
    return thing


def _page_of(project: Project, thing: query.Thing) -> str:
    return query.url_of(project, thing).removesuffix("#discussions")
