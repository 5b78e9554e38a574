"""Fetching an article anew: where its page has another text by now, that is a further text of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from annotator.actions.intakes import begin_addresses
from sources.models import Role

from ..access import Here, Visit, project_page
from .articles import article_or_404


@require_POST
@project_page(Role.ANNOTATOR)
def article_again(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    article = article_or_404(here, uuid)
    if not article.url:
        messages.error(request, "The record has no address to fetch it from.")
        return redirect("article_edit", here.project.slug, uuid)
    made = begin_addresses(
        by=request.user, project=here.project, addresses=[article.url], article=article.uuid
    )
    return redirect("intake", here.project.slug, made.uuid)
