"""The codebook as a file: saved, and read with a look at what it would change."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions import codebook_import as importing
from annotator.attachments import to_save
from annotator.intents.codebook_file import LARGEST, CodebookFile, parse_file, written
from annotator.intents.codebook_plan import plan
from annotator.intents.refusal import Refused, Stale
from annotator.intents.review import parse_version
from annotator.queries.codebook import content_of, newest_version
from sources.models import Role

from ..access import Here, Visit, project_page
from ..pages import show
from .codebook import SINGULAR


@require_safe
@project_page()
def codebook_file(request: Visit, here: Here) -> HttpResponse:
    """Never shown in the browser: it holds words that anybody may have written."""
    project = here.project
    number = newest_version(project)
    answer = HttpResponse(written(content_of(project), project.name, number), content_type="application/json")
    return to_save(answer, f"{project.slug}-codebook-{number}.json")


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.MANAGER)
def codebook_import(request: Visit, here: Here) -> HttpResponse:
    """A file is sent; what it would change is shown; then the very same text is sent again to be done."""
    problem, text, made = "", "", None
    missing = request.POST.get("missing") == "retire"
    if request.method == "POST":
        try:
            text = _sent(request)
            file = parse_file(text)
            if request.POST.get("act") == "apply":
                if _applied(request, here, file, missing):
                    return redirect("codebook", here.project.slug)
                problem = "Somebody changed the codebook meanwhile. This is what the file would change now."
            content = content_of(here.project)
            made = plan(file, content, newest_version(here.project), retire_missing=missing)
        except Refused as refusal:
            problem = f"{refusal.field}: {refusal.message}." if refusal.field else f"{refusal.message}."
            problem = problem[:1].upper() + problem[1:] if not refusal.field else problem
    status = 422 if problem else 200
    return show(
        request,
        here,
        "codebook/import.html",
        "project_settings",
        status,
        plan=made,
        nouns=SINGULAR,
        text=text,
        missing=missing,
        problem=problem,
    )


def _sent(request: Visit) -> str:
    """The text of the file, or of the page that showed what it would change. Raises Refused."""
    if "text" in request.POST:
        return request.POST["text"]
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise Refused("", "required", "choose a file")
    if (sent.size or 0) > LARGEST:
        raise Refused("", "max_length", f"the file has more than {LARGEST // 1024} kB")
    raw = sent.read()
    parse_file(raw)  # says which line is no UTF-8
    return raw.decode("utf-8-sig")


def _applied(request: Visit, here: Here, file: CodebookFile, missing: bool) -> bool:
    """False when the codebook is another than the one the plan was shown for. Raises Refused."""
    version = parse_version(request.POST.get("version"), on_sight=True)
    try:
        done = importing.apply(
            by=request.user, project=here.project, file=file, retire_missing=missing, version=version
        )
    except Stale:
        return False
    messages.success(request, f"The codebook is changed: {done.told or 'nothing'}.")
    return True
