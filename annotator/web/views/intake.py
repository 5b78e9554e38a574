"""Taking articles in. A pasted text is read, looked over and stored; files and addresses a worker takes."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotator.actions.article_records import store_text
from annotator.actions.intakes import begin_addresses
from annotator.intents.addresses import MOST, address_alone, parse_addresses
from annotator.intents.refusal import Refused as IntentRefused
from annotator.queries import intakes as query
from annotator.request_limits import MEGABYTE
from sources.actions import Standing, by_its_address, foresee
from sources.actions.disk_room import NoRoom, free_bytes, has_room
from sources.intake.article import ReadArticle
from sources.intake.items import ARCHIVES, TABLES
from sources.intake.refusal import Refused
from sources.intake.registry import APART, LARGEST, LARGEST_FILE, SUFFIXES
from sources.models import IntakeState, Role

from ..access import Here, Visit, project_page
from ..forms import intake
from ..forms.look_over import as_chosen, runs
from ..forms.record_fields import record_fields, taken, told_of_read
from ..forms.records import RecordForm
from ..pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def article_import(request: Visit, here: Here) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, here)
    step = request.POST.get("step", "")
    if step in ("files", "addresses"):
        return _handed_over(request, here, step)
    text = request.POST.get("text", "")
    if step == "read" and (alone := address_alone(text)):
        return _ask(request, here, addresses=alone, is_address="1")
    try:
        found = as_chosen(by_its_address(here.project, intake.read_pasted(text)), request.POST)
    except Refused as error:
        refusal = f"{error.refusal.why}{f' ({error.refusal.where})' if error.refusal.where else ''}"
        return _ask(request, here, 422, text=text, refusal=refusal)
    storing = step == "store" and "take" not in request.POST
    return _store(request, here, text, found) if storing else _look_over(request, here, text, found)


def _handed_over(request: Visit, here: Here, step: str) -> HttpResponse:
    if has_room():
        return _files(request, here) if step == "files" else _addresses(request, here)
    messages.error(request, f"Nothing can be taken in for now: {NoRoom(free_bytes())}. Try again later.")
    return _ask(request, here, 507, addresses=request.POST.get("addresses", ""))


def _ask(request: Visit, here: Here, status: int = 200, **more: str) -> HttpResponse:
    most = {
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "each": LARGEST_FILE,
        "text": LARGEST,
        "all": settings.LARGEST_INTAKE - MEGABYTE,  # what the form itself takes
        "addresses": MOST,
    }
    endings = {
        "endings": sorted([*SUFFIXES, *ARCHIVES, *TABLES]),
        "archives": [*ARCHIVES, *TABLES],
        "texts": sorted(ending for ending, reader in SUFFIXES.items() if reader not in APART),
    }
    told = {"most": most, "recent": query.recent(here.project), **endings, **more}
    return show(request, here, "articles/import.html", "articles", status, **told)


def _look_over(request: Visit, here: Here, text: str, found: ReadArticle) -> HttpResponse:
    form = RecordForm(initial=RecordForm.of_read(found))
    if "take" in request.POST:
        form = RecordForm.typed(request.POST, **taken(told_of_read(found), request.POST["take"]))
    read = replace(found, url=form.initial.get("url") or None)
    return _record(request, here, text, found, form, standing=foresee(here.project, read))


def _record(
    request: Visit,
    here: Here,
    text: str,
    found: ReadArticle,
    form: RecordForm,
    status: int = 200,
    standing: Standing | None = None,
) -> HttpResponse:
    return show(
        request,
        here,
        "articles/look_over.html",
        "articles",
        status,
        form=form,
        fields=record_fields(form, told_of_read(found)),
        took=status == 200 and "take" in request.POST,
        text=text,
        found=found,
        masked=[block for block in found.blocks if block.masked],
        runs=runs(found),
        chosen="lines" in request.POST,
        already=standing,
    )


def _store(request: Visit, here: Here, text: str, found: ReadArticle) -> HttpResponse:
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _record(request, here, text, found, form, 422)
    completed = form.completed(found)
    if "apart" in request.POST:
        completed = replace(completed, url=None)
    standing = foresee(here.project, completed)
    if not has_room():
        messages.error(request, f"This is not stored yet: {NoRoom(free_bytes())}. Try again later.")
        return _record(request, here, text, found, form, 507, standing)
    if standing and standing.outcome == "changed" and request.POST.get("seen") != standing.key:
        return _record(request, here, text, found, form, 409, standing)
    stored = store_text(by=request.user, project=here.project, text=text, completed=completed)
    said = {
        "new": (messages.SUCCESS, "Stored. Select words to mark the first claim."),
        "known": (
            messages.INFO,
            "This very text is already here, from the same outlet or address, and is not stored twice.",
        ),
        "reprint": (messages.SUCCESS, "Stored as a reprint: the same text is here from another outlet."),
        "changed": (messages.SUCCESS, "Stored as a new text of the article at this address."),
    }
    messages.add_message(request, *said[stored.outcome])
    address = reverse("article", args=[here.project.slug, stored.article.uuid])
    return redirect(f"{address}?text={stored.snapshot.number}" if stored.outcome == "changed" else address)


def _addresses(request: Visit, here: Here) -> HttpResponse:
    typed = request.POST.get("addresses", "")
    try:
        wanted = parse_addresses(typed)
    except IntentRefused as error:
        return _ask(request, here, 422, addresses=typed, no_addresses=f"The list {error.message}.")
    made = begin_addresses(by=request.user, project=here.project, addresses=wanted)
    return redirect("intake", here.project.slug, made.uuid)


def _files(request: Visit, here: Here) -> HttpResponse:
    uploads = request.FILES.getlist("files")
    if not uploads:
        return _ask(request, here, 422, no_files="Choose at least one file first.")
    made = intake.begin(by=request.user, project=here.project, uploads=uploads)
    asking = made.state == IntakeState.ASKING
    return redirect("intake_columns" if asking else "intake", here.project.slug, made.uuid)
