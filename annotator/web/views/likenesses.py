"""Speakers who may be one, and what is said of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.actions import identities
from annotator.intents.actor_record import parse_comparison
from annotator.intents.refusal import Refused
from annotator.queries.likenesses import likenesses
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def speakers_alike(request: Visit, here: Here) -> HttpResponse:
    status = 200
    if request.method == "POST":
        demand(here, Role.ANNOTATOR)
        said = {name: request.POST.get(name) for name in ("first", "second", "sameness")}
        # beside a merge that is not made, the note stands in the field of its reason
        said["note"] = request.POST.get("note", request.POST.get("reason"))
        try:
            identities.compare(by=request.user, project=here.project, intent=parse_comparison(said))
        except Refused as error:
            messages.error(request, f"Not recorded: {error}.")
            status = 422
        else:
            return redirect("speakers_alike", here.project.slug)
    found = likenesses(here.project, here.role)
    return show(request, here, "actors/alike.html", "speakers", status, found=found)
