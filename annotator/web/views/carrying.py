"""What became of the annotations of an article that was taken again, and what a person decides on each."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotator.actions import carrying_decisions as decisions
from annotator.actions.carrying_places import none_of_the_text, place_found, place_selected
from annotator.intents.refusal import Refused
from annotator.models import Annotation, Fate
from annotator.queries.articles import article_of
from annotator.queries.carrying_sides import places_of
from annotator.queries.carryings import Became, became
from sources.models import Article, Role
from sources.text.offsets import BadExtent, Extent

from ..access import Here, Visit, project_page
from ..pages import show
from ..paging import choice

ONLY = {"": "All", **{fate: Fate(fate).label for fate in ("moved", "changed", "orphaned")}, "left": "Left"}
LONGEST_TYPED = 5000


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def article_carry(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What waits, of one kind with `?only=`; posting `do` decides on one `unit` or on all that is shown."""
    article = article_of(here.project, uuid)
    if article is None:
        raise Http404("No such article in this project.")
    only = choice(request, "only", ONLY, "")
    found = became(article, only)
    if found is None:
        return show(request, here, "articles/one_text.html", "articles", article=article, carrying=True)
    status, problem, field = 200, "", ""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, article, found))
        except Refused as refusal:
            status, problem, field = 422, refusal.message, refusal.field
            _keep_what_was_asked(request, found)
        except decisions.LookAgain as stale:
            status, problem = 409, str(stale)
            found = became(article, only) or found
        except Annotation.DoesNotExist:
            raise Http404("No such annotation of this article.") from None
        else:
            address = reverse("article_carry", args=[here.project.slug, article.uuid])
            return redirect(f"{address}?only={only}" if only else address)
    return show(
        request,
        here,
        "articles/carry.html",
        "articles",
        status,
        article=article,
        found=found,
        only=only,
        kinds=ONLY,
        problem=problem,
        field=field,
        unit_asked=_unit_asked(request, found) if problem else None,
    )


def _decide(request: Visit, article: Article, found: Became) -> str:
    """Raises Refused, Annotation.DoesNotExist."""
    do, by = request.POST.get("do", ""), request.user
    if do == "look":
        decisions.look_again(by=by, article=article)
        return "Looked for what had not been looked for yet."
    if do == "all":
        shown = [_shown(one) for one in request.POST.getlist("shown")]
        done, refused = decisions.confirm_all(by=by, article=article, shown=shown)
        told = f"{len(done)} confirmed"
        back = sum(len(one.reopened) for one in done)
        told += f", {back} of them back with the reviewers" if back else ""
        return f"{told}; {len(refused)} not: {refused[0].message}." if refused else f"{told}."
    unit = _uuid(request.POST.get("unit", ""))
    if do == "leave":
        decisions.leave(by=by, article=article, uuid=unit)
        return "It stays on the old text, listed under “Left”."
    if do != "confirm":
        raise Refused("do", "known", "nothing was chosen to be done")
    chosen = _chosen(request, found)
    settled = decisions.confirm(
        by=by,
        article=article,
        uuid=unit,
        chosen=chosen,
        without={_uuid(one) for one in request.POST.getlist("without")},
        without_words=set(request.POST.getlist("without-words")),
        shown=request.POST.get("seen", ""),
    )
    told = f"Carried to text {settled.snapshot.number}."
    if settled.taken_off:
        told += f" Taken off: {', '.join(settled.taken_off)}."
    if settled.reopened:
        told += " What it says changed, so it waits for a review again."
    return told


def _chosen(request: Visit, found: Became) -> dict[UUID, Extent]:
    """The places that somebody typed words for or picked. Raises Refused."""
    chosen: dict[UUID, Extent] = {}
    for name in request.POST:
        kind, _, part = name.partition("-")
        words = request.POST.get(name, "").strip()
        if kind == "words" and words:
            chosen[_uuid(part)] = _place_of(request, found, part, words)
    return chosen


def _place_of(request: Visit, found: Became, part: str, words: str) -> Extent:
    if len(words) > LONGEST_TYPED:
        raise Refused(part, "too_long", "these are too many words")
    if selected := request.POST.get(f"extent-{part}", ""):
        try:
            extent = Extent.parse(selected[:LONGEST_TYPED])
        except BadExtent as error:
            raise none_of_the_text(part, error) from error
        return place_selected(found.newest, part, words, extent)
    return place_found(found.newest, part, words, request.POST.get(f"place-{part}", ""))


def _unit_asked(request: Visit, found: Became) -> UUID | None:
    """The unit that was decided on, where the page shows it: what is wrong is said there."""
    units = (unit.head.uuid for unit in found.units)
    return next((uuid for uuid in units if str(uuid) == request.POST.get("unit", "")), None)


def _keep_what_was_asked(request: Visit, found: Became) -> None:
    """Put what was typed, picked and ticked to the unit it was asked of."""
    post, asked = request.POST, _unit_asked(request, found)
    for unit in found.units:
        if unit.head.uuid != asked:
            continue
        unit.off = post.getlist("without-words")
        for part in unit.parts:
            key = str(part.annotation.uuid)
            part.typed = post.get(f"words-{key}", "").strip()[:LONGEST_TYPED]
            part.selected = post.get(f"extent-{key}", "")[:LONGEST_TYPED]
            part.picked, part.off = post.get(f"place-{key}", ""), key in post.getlist("without")
            places = places_of(found.newest, part.typed) if part.typed else []
            part.choices = places if len(places) > 1 else []


def _shown(value: str) -> tuple[UUID, str]:
    uuid, _, token = value.partition(" ")
    return _uuid(uuid), token


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Refused("unit", "uuid", "nothing was chosen") from None
