"""Two events side by side: to be made one, to be said not to be one, and to be taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from annotator.actions import event_merges as actions
from annotator.intents.event_merge import parse_comparison, parse_merge
from annotator.intents.refusal import Refused, Stale
from annotator.models import Event, EventMerge
from annotator.queries import event_page
from annotator.queries import events as query
from sources.models import Role

from ..access import Here, Visit, as_uuid, project_page
from ..pages import show
from .events import found_or_404

SAID = {
    "merge": "They are one event now. What each of them had stays its own, so this can be undone.",
    "different": "It is kept that they are not the same, and they are not proposed any more.",
    "perhaps": "It is kept that they are perhaps the same.",
    "": "What was said of the two is taken back.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def event_same(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """`with` names the other event. GET shows both with all that belongs to them; POST says what they are."""
    survivor = found_or_404(here, uuid)
    sent = request.POST if request.method == "POST" else request.GET
    asked = as_uuid(sent.get("with", ""))
    other = found_or_404(here, asked) if asked else None
    if other is None or other.pk == survivor.pk:
        raise Http404("Which other event?")
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _said(request, here, survivor, other)
        except Refused as error:
            problem, status = f"Nothing was changed: {error.message}.", 422
        except Stale:
            problem, status = "Nothing was changed: somebody changed one of them meanwhile. Look again.", 409
    sides = [_side(one) for one in (survivor, other)]
    return show(
        request,
        here,
        "events/same.html",
        "events",
        status,
        sides=sides,
        event=survivor,
        other=other,
        problem=problem,
    )


def _side(event: Event) -> dict[str, object]:
    slots, parts = event_page.slots_and_parts(event)
    return {
        "event": event,
        "slots": slots,
        "parts": parts,
        "mentions": query.mentions_of(event),
        "figures": event_page.told_of(event, Role.ANNOTATOR)[0],
    }


def _said(request: Visit, here: Here, survivor: Event, other: Event) -> HttpResponse:
    """Raises Refused, Stale."""
    does = request.POST.get("does", "")
    if does == "merge":
        intent = parse_merge(
            {
                "survivor": survivor.uuid,
                "other": other.uuid,
                "reason": request.POST.get("reason", ""),
                "survivor_version": request.POST.get("survivor_version", ""),
                "other_version": request.POST.get("other_version", ""),
            }
        )
        actions.merge(by=request.user, project=here.project, intent=intent)
    else:
        said = {
            "one": survivor.uuid,
            "other": other.uuid,
            "sameness": does,
            "note": request.POST.get("reason", ""),
        }
        actions.compare(by=request.user, project=here.project, intent=parse_comparison(said))
    messages.success(request, SAID[does])
    return redirect("event", here.project.slug, survivor.uuid)


@require_POST
@project_page(Role.ANNOTATOR)
def event_unmerge(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    try:
        undone = actions.undo(by=request.user, project=here.project, uuid=uuid)
    except EventMerge.DoesNotExist:
        raise Http404("No such merge in this project.") from None
    messages.success(request, "They are two events again, each with what it had.")
    return redirect("event", here.project.slug, undone.merged.uuid)
