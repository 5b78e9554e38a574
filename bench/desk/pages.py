"""Whole pages of a project with many claims, as a manager opens them, in this process."""

from collections.abc import Iterator

from django.test import Client

from sources.models import Project, User

from .questions import Question


def of_pages(project: Project, by: User) -> Iterator[Question]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(by)
    root = f"/p/{project.slug}/"
    heard = project.actors.filter(attributions__isnull=False).order_by("pk").first()
    claim = project.claims.order_by("-pk").first()
    pages = {
        "its front": "",
        "articles": "articles/",
        "claims": "claims/",
        "claims, two words": "claims/?q=said+again",
        "claims, disputed": "claims/?status=disputed",
        "queue": "review/",
        "queue, edited since": "review/?status=returned",
        "speakers": "speakers/",
        "speakers by name": "speakers/?sort=name",
        "a speaker": f"speakers/{heard.uuid}/" if heard else "",
        "events": "events/",
        "overview": "overview/",
        "a claim": f"/c/{claim.uuid}/" if claim else "",
    }
    for name, path in pages.items():
        address = path if path.startswith("/") else root + path
        yield f"page: {name}", None, lambda address=address: _opened(client, address)


def _opened(client: Client, address: str) -> None:
    answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
