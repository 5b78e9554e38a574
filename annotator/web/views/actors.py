"""An actor's record, merging actors, and telling who an anonymous speaker is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from annotator.actions import identities
from annotator.intents.actor_record import MOST_MERGED, parse_merge, parse_resolution
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor, Naming
from annotator.queries import actor_records, actor_sides
from annotator.queries.speakers import actor_of
from sources.models import Role

from ..access import Here, Visit, as_uuid, project_page
from ..forms.actors import ActorForms
from ..pages import show
from ..paging import words


def actor_or_404(here: Here, uuid: UUID) -> Actor:
    actor = actor_of(here.project, uuid)
    if actor is None:
        raise Http404("No such speaker in this project.")
    return actor


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def speaker_edit(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    actor = actor_or_404(here, uuid)
    if actor.merged_into:
        return redirect("speaker_edit", here.project.slug, actor.merged_into.uuid)
    forms = ActorForms(actor_records.known_of(actor), request.POST or None)
    stale, status = None, 200
    if request.method == "POST":
        status = 422
        try:
            if forms.is_valid() and forms.correct(by=request.user, actor=actor):
                messages.success(request, "The record is saved.")
                return redirect("speaker", here.project.slug, actor.uuid)
        except Stale as error:
            stale, status = error.current, 409
    return show(
        request,
        here,
        "actors/edit.html",
        "speakers",
        status,
        actor=actor,
        forms=forms,
        stale=stale,
        organisations=actor_records.organisations(here.project),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def speaker_merge(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Both sides, then the merge: `?with=` UUIDs of the others, `?q=` words to find one by."""
    actor = actor_or_404(here, uuid)
    if actor.naming == Naming.ANONYMOUS:
        return redirect("speaker_resolve", here.project.slug, actor.uuid)
    if actor.merged_into:
        return redirect("speaker", here.project.slug, actor.merged_into.uuid)
    refusal, status = "", 200
    if request.method == "POST":
        said = {
            "survivor": request.POST.get("survivor"),
            "merged": request.POST.getlist("merged"),
            "versions": request.POST.getlist("versions"),
            "reason": request.POST.get("reason"),
        }
        try:
            made = identities.merge(by=request.user, project=here.project, intent=parse_merge(said))
        except Refused as error:
            refusal, status = error.message, 422
        except Stale as error:
            refusal, status = f"{error.current} was changed since this page was shown: look again.", 409
        else:
            messages.success(request, "They are one now. It can be taken back on this page.")
            return redirect("speaker", here.project.slug, made[0].survivor.uuid)
    asked = request.GET.getlist("with")[:MOST_MERGED]
    others = [found for found in map(as_uuid, asked) if found and found != actor.uuid]
    sides = actor_sides.sides_of(here.project, [actor.uuid, *others], here.role)
    sought = words(request)
    return show(
        request,
        here,
        "actors/merge.html",
        "speakers",
        status,
        actor=actor,
        sides=sides if len(sides) > 1 else [],
        refusal=refusal,
        reason=request.POST.get("reason", ""),
        sought=sought,
        found=actor_sides.candidates(here.project, actor, sought) if sought else [],
    )


@require_POST
@project_page(Role.ANNOTATOR)
def merge_undo(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    merge = actor_sides.merge_of(here.project, uuid)
    if merge is None:
        raise Http404("No such merge in this project.")
    try:
        actor = identities.undo_merge(by=request.user, merge=merge)
    except Refused as error:
        messages.error(request, f"Not taken back: {error.message}.")
        return redirect("speaker", here.project.slug, merge.survivor.uuid)
    messages.success(request, _apart(actor, merge.survivor.survivor))
    return redirect("speaker", here.project.slug, actor.uuid)


def _apart(actor: Actor, survivor: Actor) -> str:
    """What came of taking a merge back, and whose is what was coded while it lasted."""
    stays = (
        f"What was coded since in the words that mean {actor} is theirs too; all else stays with {survivor}."
    )
    return f"{actor} stands alone again, with all that was theirs. {stays}"


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def speaker_resolve(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Who an anonymous speaker turned out to be, why, and on what evidence; `?q=` words to find them by."""
    actor = actor_or_404(here, uuid)
    if actor.naming != Naming.ANONYMOUS:
        return redirect("speaker_merge", here.project.slug, actor.uuid)
    refusal: dict[str, str] = {}
    if request.method == "POST":
        said = {name: request.POST.get(name) for name in ("named", "reason", "evidence")}
        try:
            identities.resolve(by=request.user, anonymous=actor, intent=parse_resolution(said))
        except Refused as error:
            refusal = {error.field: error.message}
        else:
            messages.success(request, "Recorded. The article’s own attribution stays as it is.")
            return redirect("speaker", here.project.slug, actor.uuid)
    sought = _sought(request)
    return show(
        request,
        here,
        "actors/resolve.html",
        "speakers",
        422 if refusal else 200,
        actor=actor,
        label=actor_sides.label_of(actor),
        sought=sought,
        found=actor_sides.candidates(here.project, actor, sought) if sought else [],
        chosen=as_uuid(request.POST.get("named", "")),
        said=request.POST,
        refusal=refusal,
        refusals=[message for field, message in refusal.items() if field not in ("reason", "evidence")],
    )


def _sought(request: HttpRequest) -> str:
    """The words sought; a form that is sent back brings them along."""
    return words(request) or request.POST.get("q", "").replace("\x00", "").strip()[:200]


@require_POST
@project_page(Role.ANNOTATOR)
def resolution_undo(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    resolution = actor_sides.resolution_of(here.project, uuid)
    if resolution is None:
        raise Http404("No such resolution in this project.")
    identities.undo_resolution(by=request.user, resolution=resolution)
    messages.success(request, "Taken back. Both stay as they were.")
    return redirect("speaker", here.project.slug, resolution.anonymous.uuid)
