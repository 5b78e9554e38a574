"""The reading room: one article's text, and the room's data for the page's scripts."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from annotator.queries.articles import neighbours
from annotator.queries.carryings import waiting_in
from annotator.queries.reading import room_of
from annotator.queries.room_payload import page_json
from annotator.queries.taken_in import likely_pairs
from annotator.queries.texts import later_than, texts_with_claims

from ..access import Here, Visit, project_page
from ..pages import show


@require_safe
@ensure_csrf_cookie
@project_page()
def article(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    room = room_of(here.project, uuid, request.GET.get("text", ""))
    if room is None:
        raise Http404("No such article.")
    data = page_json(
        room, request.user, may_annotate=here.may_annotate, may_review=here.may_review, role=here.role
    )
    texts = texts_with_claims(room.article, here.role) if len(room.texts) > 1 else []
    pairs = likely_pairs(here.project, [room.article.pk]) if here.may_annotate else {}
    return show(
        request,
        here,
        "reading/room.html",
        "articles",
        room=room,
        article=room.article,
        neighbours=neighbours(room.article),
        waiting=waiting_in(room.article) if here.may_annotate and len(room.texts) > 1 else 0,
        texts=texts,
        later=later_than(room.snapshot.number, texts),
        pair=pairs.get(room.article.pk),
        data=data,
    )
