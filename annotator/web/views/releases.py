"""Releases: the list, one of them, and its file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from annotator.models import Release, ReleaseState
from annotator.queries import releases as query

from ..access import Here, project_page
from ..pages import show


def release_or_404(here: Here, number: int) -> Release:
    found = query.release_numbered(here.project, number) if number < 2**31 else None
    if found is None:
        raise Http404("No such release.")
    return found


@require_safe
@project_page()
def releases(request: HttpRequest, here: Here) -> HttpResponse:
    return show(
        request, here, "releases/list.html", "releases", releases=list(query.releases_of(here.project))
    )


@require_safe
@project_page()
def release(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """One release; htmx asks for its state alone until it is ready."""
    found = release_or_404(here, number)
    template = "releases/_state.html" if request.htmx else "releases/release.html"
    return show(request, here, template, "releases", release=found)


@require_safe
@project_page()
def release_download(request: HttpRequest, here: Here, number: int) -> HttpResponse | FileResponse:
    """The ZIP, never shown in the browser: it holds words that strangers wrote."""
    found = release_or_404(here, number)
    if found.state != ReleaseState.READY:
        raise Http404("This release has no file yet.")
    try:
        opened = query.release_file(found).open("rb")
    except FileNotFoundError as error:
        raise Http404("The file of this release is not in the data folder.") from error
    answer = FileResponse(opened, as_attachment=True, filename=found.file_name, content_type="application/zip")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
