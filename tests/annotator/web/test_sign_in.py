import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import person

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def link(db: None) -> str:
    from sesame.utils import get_query_string  # reads the secret key as it is imported

    return "/sign-in/link/" + get_query_string(person("ada"))


def test_a_link_signs_in_once_under_a_new_session_key(link: str) -> None:
    browser = Client()
    browser.session["before"] = 1
    first = browser.session.session_key
    answer = browser.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.session.session_key != first
    assert browser.get("/").status_code == 200

    again = Client().get(link)
    assert again.status_code == 403
    assert "no longer opens anything" in again.content.decode()


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"])
def test_a_look_at_the_link_does_not_use_it_up(link: str, header: str) -> None:
    looked = Client()
    assert looked.head(link).status_code == 405
    assert looked.get(link, headers={header: "prefetch;prerender"}).status_code == 503
    assert looked.options(link).status_code == 405
    assert "sourceline" not in looked.cookies
    assert Client().get(link).status_code == 302


def test_an_invented_link_says_how_to_get_a_true_one(db: None) -> None:
    for query in ("", "?sesame=invented", "?sesame=%00"):
        answer = Client().get(f"/sign-in/link/{query}")
        assert answer.status_code == 403
        assert "manage.py sign_in_link" in answer.content.decode()


@pytest.mark.parametrize(
    "target",
    ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", ""],
)
def test_nobody_is_sent_elsewhere(link: str, target: str) -> None:
    assert Client().get(f"{link}&next={target}")["Location"] == "/"


def test_one_comes_back_to_where_one_wanted_to_go(link: str) -> None:
    assert Client().get(f"{link}&next=/p/here/claims/%3Fq=a")["Location"] == "/p/here/claims/?q=a"


@pytest.mark.parametrize(
    ("folder", "said"),
    [(Path("/srv/our data"), "sign_in_link --data DIR<"), (ROOT / "var", "sign_in_link<")],
)
def test_where_the_servers_data_lies_is_told_to_nobody_who_is_not_signed_in(
    db: None, settings: Any, folder: Path, said: str
) -> None:
    settings.DATA_DIR = folder
    for address in ("/sign-in/", "/sign-in/link/?sesame=used"):
        html = Client().get(address, HTTP_HOST="127.0.0.1:8010").content.decode()
        assert f".venv/bin/python manage.py {said}" in html
        assert str(folder) not in html


def test_signing_out_takes_a_post(link: str) -> None:
    browser = Client()
    assert browser.get("/sign-out/")["Location"] == "/sign-in/"
    browser.get(link)
    asked = browser.get("/sign-out/")
    assert asked.status_code == 200
    assert '<form method="post" action="/sign-out/">' in asked.content.decode()
    assert browser.get("/").status_code == 200
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert browser.get("/")["Location"] == "/sign-in/"


def test_signing_out_needs_the_forms_token(link: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(link)
    refused = browser.post("/sign-out/")
    assert refused.status_code == 403
    assert "grown too old" in refused.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/").content.decode())[1]
    assert browser.post("/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 302
