"""One article's record: corrected, completed, the next that lacks something, and what its texts came from."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator.attachments import raw_to_save
from annotator.queries import articles as query
from annotator.queries.captures import capture_of
from annotator.queries.histories import history_of
from annotator.queries.reprints import likely_of
from sources.actions import AddressTaken, StaleArticle
from sources.models import INCOMPLETE, Role

from ..access import Here, Visit, project_page
from ..forms.record_fields import record_fields, taken, told_of_article
from ..forms.records import RecordForm
from ..pages import show
from .articles import article_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def article_edit(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    article = article_or_404(here, uuid)
    told = told_of_article(article)
    form = RecordForm(request.POST or None, initial=RecordForm.of(article))
    stale, took = None, taken(told, request.POST.get("take", ""))
    if "take" in request.POST:
        form = RecordForm.typed(request.POST, **took)
    elif request.method == "POST" and form.is_valid():
        try:
            form.correct(by=request.user, article=article)
        except StaleArticle as error:
            stale = error.current
        except AddressTaken as error:
            form.add_error("url", f"“{error.article.title}” is at this address already.")
        else:
            messages.success(request, "The record is corrected. The text stays as it was captured.")
            return _onwards(request, here, uuid)
    elif "missing" in request.GET and (lacks := query.lacking(article)):
        form.focus(lacks[0][0])
    before, after = query.neighbours(article, INCOMPLETE)
    return show(
        request,
        here,
        "articles/edit.html",
        "articles",
        409 if stale else 422 if form.errors else 200,
        article=article,
        form=form,
        fields=record_fields(form, told),
        took=bool(took),
        stale=stale,
        texts=query.texts_of(article),
        likely=likely_of(article),
        before=before,
        after=after,
        incomplete=query.incomplete_records(here.project),
        history=history_of(article),
    )


def _onwards(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """To the article, or on to the next record that lacks something, round to the first one at the end."""
    if request.POST.get("then") == "next":
        article = article_or_404(here, uuid)
        following = query.neighbours(article, INCOMPLETE)[1] or query.first_incomplete(article)
        if following:
            address = reverse("article_edit", args=[here.project.slug, following.uuid])
            return redirect(f"{address}?missing")
        messages.success(request, "Every record can be cited in full.")
    return redirect("article", here.project.slug, uuid)


@require_safe
@project_page(Role.VIEWER)
def text_raw(request: Visit, here: Here, uuid: UUID) -> HttpResponseBase:
    """What a text was read from, byte for byte: others' pages and documents, for members alone."""
    found = capture_of(here.project, uuid)
    if found is None:
        raise Http404("No such text.")
    return raw_to_save(request, found.sha256, found.file_name, lambda: bytes(found.raw))


@require_POST
@project_page(Role.ANNOTATOR)
def record_preview(request: Visit, here: Here) -> HttpResponse:
    """What a record amounts to as it is typed; 422 where there is nothing to cite. Nothing is stored."""
    standing = RecordForm(request.POST).standing
    status = 200 if standing.citation else 422
    return render(request, "articles/_standing.html", {"standing": standing, "swapped": True}, status=status)
