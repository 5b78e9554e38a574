"""Reprints: which are likely, what differs between two texts, and what somebody says of them."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions import reprints as actions
from annotator.intents.refusal import Refused
from annotator.intents.reprint import parse_judgement
from annotator.queries import reprints as query
from annotator.queries.articles import article_of
from annotator.queries.compared_texts import numbers_of, texts_side_by_side
from sources.models import Article, LikelyReprint, LikelyState, Role
from sources.text.wording import LEAST_ALIKE

from ..access import Here, Visit, as_uuid, demand, project_page
from ..pages import show
from ..paging import PAGE_SIZE, choice, page_of

STATES = {"open": "Open", "confirmed": "Confirmed", "refused": "Not reprints"}


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def likely_reprints(request: Visit, here: Here) -> HttpResponse:
    """Pairs of articles whose texts are alike; those on which nobody has spoken, or `?state=`, and of one
    outlet, `?outlet=`. Posting refuses the open ones whose keys are sent as `pair`."""
    state = choice(request, "state", STATES, LikelyState.OPEN)
    outlet = as_uuid(request.GET.get("outlet", ""))
    if request.method == "POST":
        demand(here, Role.ANNOTATOR)
        shown = [key for key in request.POST.getlist("pair")[:PAGE_SIZE] if key.isascii() and key.isdigit()]
        rows = query.likely_reprints(here.project).filter(pk__in=[int(key[:18]) for key in shown])
        refused = actions.refuse_all(by=request.user, rows=rows)
        messages.success(
            request, f"Recorded of {refused}: no reprints of each other, and not proposed again."
        )
        return redirect("likely_reprints", here.project.slug)
    page = page_of(request, query.likely_reprints(here.project, state, outlet))
    return show(
        request,
        here,
        "articles/reprints.html",
        "articles",
        page=page,
        state=state,
        states=STATES,
        outlets=query.outlets_of_pairs(here.project, state),
        outlet=outlet,
        least=round(100 * LEAST_ALIKE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def article_compare(request: Visit, here: Here, uuid: UUID, other: UUID) -> HttpResponse:
    """What a text of the article (`?with=`) has otherwise than one of the other (`?text=`): those that were
    found alike, else; where there is a choice, it leads on to the address that names them. Posting `do` says
    what it is of it."""
    article, original = _article(here, uuid), _article(here, other)
    if article.pk == original.pk:
        raise Http404("An article is not compared with itself.")
    status, problem = 200, ""
    asked = request.GET.get("text", ""), request.GET.get("with", "")
    if request.method == "POST":
        demand(here, Role.ANNOTATOR)
        try:
            row = actions.judge(
                by=request.user,
                article=article,
                original=original,
                intent=parse_judgement(request.POST.get("do", "")),
            )
        except Refused as refusal:
            status, problem = 422, f"Not recorded: {refusal}."
        else:
            messages.success(request, _told(row))
            texts = asked if row.article_id == article.pk else asked[::-1]
            return redirect(_address_of(here, row.article, row.original, texts))
    said = query.said_of(article, original)
    if said is not None and said.article_id != article.pk and not problem:
        return redirect(_address_of(here, original, article, asked[::-1]))
    first, second = texts_side_by_side(original, article, said, asked)
    if first is None or second is None:
        raise Http404("One of the articles has no such text.")
    numbers, chosen = (numbers_of(original), numbers_of(article)), (str(first.number), str(second.number))
    if request.method != "POST" and asked != chosen and any(len(one) > 1 for one in numbers):
        return redirect(_address_of(here, article, original, chosen))
    return show(
        request,
        here,
        "articles/compare.html",
        "articles",
        status,
        article=article,
        original=original,
        said=said,
        problem=problem,
        linked=article.reprint_of_id is not None
        and article.reprint_of_id == (original.reprint_of_id or original.pk),
        found=query.comparison(first, second),
        texts=numbers,
        least=round(100 * LEAST_ALIKE),
    )


@require_safe
@project_page()
def texts_compare(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What one text of the article (`?with=`) has otherwise than another (`?text=`): the last two, else."""
    article = _article(here, uuid)
    texts = list(article.snapshots.order_by("number").values_list("number", flat=True))
    if len(texts) < 2:
        return show(request, here, "articles/one_text.html", "articles", article=article)
    asked = (request.GET.get("text", str(texts[-2])), request.GET.get("with", str(texts[-1])))
    first, second = (query.text_of(article, number) for number in asked)
    if first is None or second is None or first.pk == second.pk:
        raise Http404("No such texts of this article.")
    return show(
        request,
        here,
        "articles/compare.html",
        "articles",
        article=article,
        texts=texts,
        found=query.comparison(first, second),
        least=round(100 * LEAST_ALIKE),
    )


def _address_of(here: Here, article: Article, original: Article, texts: tuple[str, str]) -> str:
    """Of the comparison of these very texts, the original's first; an empty one is chosen there."""
    address = reverse("article_compare", args=[here.project.slug, article.uuid, original.uuid])
    said = {name: text for name, text in zip(("text", "with"), texts, strict=True) if text}
    return f"{address}?{urlencode(said)}" if said else address


def _article(here: Here, uuid: UUID) -> Article:
    found = article_of(here.project, uuid)
    if found is None:
        raise Http404("No such article in this project.")
    return found


def _told(row: LikelyReprint) -> str:
    if row.state == LikelyState.OPEN:
        return "Taken back. The two are open again."
    if row.state == LikelyState.REFUSED:
        return "Recorded: they are no reprints of each other, and are not proposed again."
    return "Recorded. The two count as one source."
