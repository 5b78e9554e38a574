"""What the headers of a claim's page tell programs: its one address, its other forms, what may be kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from annotator.exchange.claim_documents import FORMS
from annotator.queries.claim_cards import ClaimCard

from .access import Here


def address_of(claim: UUID, form: str) -> str:
    return reverse("claim_form", args=[claim, form])


def linked(request: HttpRequest, card: ClaimCard, answer: HttpResponse) -> HttpResponse:
    """Link (RFC 8288): the address to cite (RFC 8574), and each form, which describes the claim too."""
    page = request.build_absolute_uri(reverse("claim", args=[card.claim.uuid]))
    links = [f'<{page}>; rel="cite-as"', f'<{page}>; rel="canonical"; type="text/html"']
    for form in FORMS.values():
        address = request.build_absolute_uri(address_of(card.claim.uuid, form.key))
        links.append(f'<{address}>; rel="alternate describedby"; type="{form.bare_type}"')
    answer["Link"] = ", ".join(links)
    if card.claim.withdrawn_at:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def for_caches(request: HttpRequest, here: Here, answer: HttpResponse) -> HttpResponse:
    """What only members may see is kept nowhere; what anybody may is asked for anew each time, since a claim
    can be changed or withdrawn."""
    patch_vary_headers(answer, ("Accept", "Cookie"))
    answer["Cache-Control"] = (
        "no-cache" if here.project.is_public and here.role is None else "private, no-store"
    )
    return answer


def not_acceptable(request: HttpRequest, here: Here, card: ClaimCard) -> HttpResponse:
    """406 with what there is, each by its address."""
    forms = [("text/html", reverse("claim", args=[card.claim.uuid]))]
    forms += [(form.bare_type, address_of(card.claim.uuid, form.key)) for form in FORMS.values()]
    lines = [f"{kind} {request.build_absolute_uri(address)}\n" for kind, address in forms]
    answer = HttpResponse("".join(lines), status=406, content_type="text/plain; charset=utf-8")
    return for_caches(request, here, linked(request, card, answer))
