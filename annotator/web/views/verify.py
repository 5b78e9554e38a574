"""Anyone who is signed in drops a dataset here and reads what its own verify.py finds."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from annotator.exchange.checked import Busy, check, received
from annotator.exchange.comparison import compare
from annotator.queries.known_releases import known_release

BUSY = "Another dataset is being checked at the moment. Try again in a minute."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verify(request: HttpRequest) -> HttpResponse:
    """Nothing of what is sent is kept: the file is gone before the answer is."""
    if request.method != "POST":
        return _ask(request)
    sent = request.FILES.get("dataset")
    if not isinstance(sent, UploadedFile):
        return _ask(request, 422, "Choose the ZIP of a dataset first.")
    try:
        found = _looked_at(request, sent)
    except Busy:
        return _ask(request, 503, BUSY)
    status = 422 if found["checked"].stopped else 200
    return render(request, "verify/report.html", {"name": sent.name, **found}, status=status)


def _looked_at(request: HttpRequest, sent: UploadedFile) -> dict[str, Any]:
    with received(sent.chunks()) as path:
        checked = check(path)
        name = checked.of.get("name", "")
        known = known_release(request.user, sha256=checked.sha256, name=name)  # type: ignore[arg-type]
        found: dict[str, Any] = {"checked": checked, "known": known}
        # What has become of a claim since is told to members alone: a draft is not for every reader.
        if known and known.member and checked.ok:
            found["compared"] = compare(path, known.release.project)
        return found


def _ask(request: HttpRequest, status: int = 200, refusal: str = "") -> HttpResponse:
    context = {"most": settings.LARGEST_DATASET, "refusal": refusal}
    answer = render(request, "verify/ask.html", context, status=status)
    if status == 503:
        answer["Retry-After"] = "60"
    return answer
