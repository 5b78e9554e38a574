"""What is too large is refused before a byte of it is read, and nobody fills the disk."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sources.models import Article, Project

from .conftest import Cast

IMPORT = "/p/here/articles/import/"
API = "/api/v1/projects/here/annotations/0198c1a2-0000-7000-8000-000000000000/"


class Untouched:
    """A body that nobody may read."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def announce(client: Client, url: str, length: Any, method: str = "POST", **more: Any) -> Any:
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    kind = "multipart/form-data; boundary=x"
    environ = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind, "wsgi.input": Untouched(), **more}
    return client.generic(method, url, b"", **environ)


@pytest.mark.parametrize("url", ["/sign-out/", IMPORT, "/sign-in/", "/nowhere/", API])
def test_somebody_who_is_not_signed_in_sends_little(db: None, url: str) -> None:
    for length in (settings.LARGEST_REQUEST + 1, 400 * 1024 * 1024, 10**30):
        answer = announce(Client(), url, length)
        assert answer.status_code == 413
        assert "At most 2 MB" in answer.content.decode()


def test_a_member_sends_more_to_the_import_alone(cast: Cast) -> None:
    too_much = announce(cast.annotator, IMPORT, settings.LARGEST_INTAKE + 1)
    assert too_much.status_code == 413
    assert "At most 201 MB" in too_much.content.decode() and "100 files" in too_much.content.decode()
    assert announce(cast.annotator, "/p/here/settings/", settings.LARGEST_REQUEST + 1).status_code == 413
    for url, most in (
        (IMPORT, settings.LARGEST_INTAKE),
        (f"{IMPORT}annotations/", settings.LARGEST_IMPORT),
    ):
        assert announce(cast.annotator, url, most + 1).status_code == 413
        with pytest.raises(AssertionError, match="the body was read"):
            announce(cast.annotator, url, most)


@pytest.mark.parametrize(
    "more", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "-1"}, {"CONTENT_LENGTH": "\u0663"}]
)
def test_a_body_of_unknown_length_is_not_read(db: None, more: dict[str, str]) -> None:
    assert announce(Client(), "/sign-out/", 0, **more).status_code == 411


def test_the_api_answers_with_a_problem(db: None) -> None:
    answer = announce(Client(), API, settings.LARGEST_REQUEST + 1, "PUT")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 413


def test_refusals_carry_the_policy(db: None) -> None:
    answer = announce(Client(), "/sign-out/", 10**9)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_more_files_than_are_taken_are_refused_in_words(cast: Cast, here: Project) -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    before = Article.objects.count()
    files = [SimpleUploadedFile(f"{n}.txt", f"Ferry {n}\n\nIt stayed.".encode()) for n in range(most + 1)]
    answer = cast.annotator.post(IMPORT, {"step": "files", "files": files})
    assert answer.status_code == 413
    assert f"at most {most} files" in answer.content.decode()
    assert Article.objects.count() == before


def test_the_page_says_what_the_server_holds_to(cast: Cast) -> None:
    html = cast.annotator.get(IMPORT).content.decode()
    assert "up to 100 at once, 200.0\xa0MB in all; an article has at most 10.0\xa0MB, with 2.0\xa0MB" in html
    assert f'data-most-all="{200 * 1024 * 1024}"' in html


def test_a_longer_text_than_a_form_takes_is_refused_in_words(cast: Cast, here: Project) -> None:
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = cast.annotator.post(IMPORT, {"step": "read", "text": text})
    assert answer.status_code == 413
    assert "At most 8 MB" in answer.content.decode() and "as a file" in answer.content.decode()
