"""What no template may hold: anything that the content policy would have to be loosened for."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.factories import World
from tests.permissions.pages import pages_of_projects

from .conftest import Cast

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = sorted((ROOT / "static" / "js").rglob("*.js"))
FORBIDDEN = {
    "a handler in an attribute": r"<[^>]*\son[a-z]+\s*=",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an inline style": r"<style\b",
    "an inline script": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "unescaped text": r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b",
    "htmx code": r"\bhx-on\b|\bhx-vars\b|hx-vals=['\"]js:",
    "a javascript: address": r"javascript:",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_no_template_needs_a_looser_policy(path: Path) -> None:
    text = path.read_text()
    assert {what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)} == set()


def test_the_patterns_find_what_they_are_for() -> None:
    for bad in (
        '<a onclick="x">',
        '<p style="x">',
        "<style>",
        "<script>x</script>",
        "{{ x|safe }}",
        "<p hx-on:click>",
    ):
        assert any(re.search(pattern, bad) for pattern in FORBIDDEN.values()), bad


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.name)
def test_no_module_writes_markup(path: Path) -> None:
    assert (
        re.findall(
            r"\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML\(|document\.write|\beval\(", path.read_text()
        )
        == []
    )


def test_htmx_runs_no_code_and_asks_nobody_else() -> None:
    """Of all pages, since all of them have its settings where they have it: in `base.html`."""
    base = (ROOT / "templates" / "base.html").read_text()
    told = json.loads(re.search(r"<meta name=\"htmx-config\" content='(.*?)'>", base)[1])
    off = ("allowEval", "allowScriptTags", "includeIndicatorStyles")
    assert [told[one] for one in off] == [False] * len(off)
    assert (told["selfRequestsOnly"], told["historyCacheSize"]) == (True, 0)
    fenced = {one.strip() for one in told["disableSelector"].split(",")}
    assert {"[hx-disable]", "bdi", "q", "blockquote", "mark", "p:not([hx-boost])"} <= fenced
    others = [path for path in TEMPLATES if path.name != "base.html"]
    for path in others:
        assert not re.search(r"htmx-config|/htmx|htmx-2", path.read_text()), path


class Outline(HTMLParser):
    """Collects what a page must have for those who do not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.in_label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "label":
            self.in_label += 1
            if found.get("for"):
                self.labelled.add(str(found["for"]))
        if tag in ("input", "select", "textarea") and found.get("type") not in ("hidden", "submit"):
            self.fields.append(found | {"_inside": str(self.in_label)})

    def handle_endtag(self, tag: str) -> None:
        self.in_label -= tag == "label"


@pytest.mark.lengthy
def test_every_page_has_its_landmarks_titles_and_labels(complete_world: World, cast: Cast) -> None:
    titles: dict[str, str] = {}
    for name, address in pages_of_projects(complete_world):
        answer = cast.manager.get(address, follow=True)
        assert answer.status_code == 200, name
        html = answer.content.decode()
        page = Outline()
        page.feed(html)
        assert page.tags.count("h1") == 1 or name == "article", name
        assert page.tags.count("main") == 1, name
        assert {"header", "nav"} <= set(page.tags), name
        assert sorted(set(page.ids)) == sorted(page.ids), (name, "an id twice")
        bare = [
            field
            for field in page.fields
            if field.get("id") not in page.labelled
            and not {"aria-label", "aria-hidden"} & set(field)
            and field["_inside"] == "0"
        ]
        assert bare == [], name
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        assert titles.setdefault(title, name) == name
