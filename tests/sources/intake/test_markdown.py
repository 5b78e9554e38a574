"""Markdown: the words without the marks, no raw HTML as text, front matter as keys and never as YAML."""

import pytest

from sources.intake.article import ReadArticle
from sources.intake.markdown import read_markdown
from sources.intake.refusal import Refused
from sources.intake.registry import read
from tests.growth import growth

STORY = "The ferry to Marrow Island stayed in port on Monday, the harbour master said."


def told(article: ReadArticle) -> list[tuple[str, str, bool]]:
    return [(b.role, article.text[b.start : b.end], b.masked) for b in article.blocks]


@pytest.mark.lengthy
def test_roles_and_words_without_marks() -> None:
    text = f"""# Ferry *stays* in port

By Ilse Varga

{STORY} See [the log](https://log.example) and `code`,
which goes on ![a picture](a.png)here\\
and there.

## Wages &amp; bread

> The sea can wait.

- bread
- mail
  1. letters

| Pier | Ships |
|------|-------|
| 1    | **4** |

Nobody had paid the pilot since the winter, she said, and nobody would.
"""
    article = read(text.encode(), "a.md")
    assert told(article) == [
        ("headline", "Ferry stays in port", False),
        ("byline", "By Ilse Varga", True),
        ("paragraph", f"{STORY} See the log and code, which goes on here\nand there.", False),
        ("heading", "Wages & bread", False),
        ("paragraph", "The sea can wait.", False),
        ("paragraph", "bread", False),
        ("paragraph", "mail", False),
        ("paragraph", "letters", False),
        ("paragraph", "Pier\tShips", False),
        ("paragraph", "1\t4", False),
        ("paragraph", "Nobody had paid the pilot since the winter, she said, and nobody would.", False),
    ]
    assert (article.title, article.authors) == ("Ferry stays in port", ("Ilse Varga",))
    assert article.media_type == "text/markdown"


def test_html_in_it_is_what_a_page_would_show() -> None:
    text = (
        f"{STORY} <b onclick='x()'>Bold</b><script>zebra()</script>\n\n"
        "<script>\nzebra()\n</script>\n\n<!-- zebra -->\n\n<p hidden>zebra</p>\n\n<div><p>Boxed</p></div>\n"
    )
    article = read_markdown(text, "a.md")
    assert [text for _, text, _ in told(article)] == [f"{STORY} Boldzebra()", "Boxed"]


def test_front_matter() -> None:
    text = f"""---
title: "Ferry stays: in port"
authors:
  - Ilse Varga
  - Bo Ek
date: 2025-03-14
url: https://kai.example/ferry
outlet: Kai Radio
tags: [sea, bread]
# a comment
layout: post
nested:
  title: zebra
---
{STORY}
"""
    article = read_markdown(text, "a.md")
    assert (article.text, article.title) == (STORY, "Ferry stays: in port")
    assert (article.authors, article.published_edtf) == (("Ilse Varga", "Bo Ek"), "2025-03-14")
    assert (article.outlet, article.url) == ("Kai Radio", "https://kai.example/ferry")
    assert article.read_off["title"] == "the header"
    assert article.notes == ("of the front matter these keys were not taken: tags, layout",)


@pytest.mark.parametrize(
    "opening",
    [
        "---\nThe wind rose, and no boat went out.\n---\n\n",
        "---\ntitle: a\nThe wind rose and no boat went out.\n---\n\n",
        "---\ntitle: never closed\n\n",
    ],
)
def test_rules_across_the_page_are_no_front_matter(opening: str) -> None:
    article = read_markdown(opening + STORY, "a.md")
    assert STORY in article.text and article.read_off.get("title") != "the header"
    assert "wind" in article.text or "closed" in article.text


def test_yaml_that_runs_code_is_a_word() -> None:
    article = read_markdown(f"---\ntitle: !!python/object/apply:os.system [ls]\n---\n{STORY}", "a.md")
    assert article.title == "!!python/object/apply:os.system [ls]"


def test_what_cannot_be_read() -> None:
    for text, why in (
        (">" * 200 + " deep", "100 deep"),
        ("---\ntitle: a\n---\n", "no text"),
        ("<!-- nothing -->", "no text"),
        ("  \n", "blank"),
    ):
        with pytest.raises(Refused, match=why):
            read_markdown(text, "a.md")
    assert read_markdown(">" * 90 + " deep enough to be read", "a.md").text == "deep enough to be read"


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "part", ["[", "*a ", "`", "> ", "<a ", "- a\n", "![](", "|a", "&", "a\n\n", "<!--", "\\"]
)
def test_a_document_of_one_thing(part: str) -> None:
    assert growth(lambda n: _read(f"{STORY}\n\n{part * (n // 16)}\n\n{STORY}")) < 8


def _read(text: str) -> None:
    try:
        read_markdown(text, "a.md")
    except Refused as error:
        assert "100 deep" in error.refusal.why
