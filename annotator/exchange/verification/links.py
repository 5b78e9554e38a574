"""Links that open a page at words: whether each has the form, and asks for words of its own row."""

import re
from urllib.parse import unquote_to_bytes

TERM = re.compile(r"(?:[\w.~]|%[0-9A-F]{2})+", re.ASCII)
WEB = ("http://", "https://")
JOINT = re.compile(r"[.,:;'’·‧]")
STATES = ("unique", "ambiguous", "not_found", "no_url")


def fragment_problems(row, page, around):
    """Of `fragment_url` and `fragment_state` to a page; `around` are texts that hold what it asks for."""
    url, state = row["fragment_url"], row["fragment_state"]
    linked, is_web = state in ("unique", "ambiguous"), page.lower().startswith(WEB)
    if state not in STATES or bool(url) != linked or (state == "no_url") == is_web:
        yield f"url, fragment_url and the state {state} contradict each other"
    if not url:
        return
    opened = bare(page) + ":~:text="
    if not url.startswith(opened):
        yield "fragment_url is not the url with a text directive"
        return
    terms = url[len(opened) :].split(",")
    context = [terms.pop(0)[:-1]] if terms[0].endswith("-") else []
    context += [terms.pop()[1:]] if terms and terms[-1].startswith("-") else []
    if len(terms) not in (1, 2) or not all(map(TERM.fullmatch, terms + context)):
        yield "fragment_url does not have the form text=prefix-,start,end,-suffix"
        return
    around = [" ".join(text.split()) for text in around]
    for term in terms:
        words = unquote_to_bytes(term).decode("utf-8", "replace")
        if not any(held(words, text) for text in around):
            yield f"fragment_url asks for {words!r}, which is not in its sentence"


def bare(page):
    """The address up to where a directive follows: an ordinary fragment stays, a directive gives way."""
    address, _, fragment = page.partition("#")
    return address + "#" + fragment.partition(":~:")[0]


def held(words, text):
    """Whether the text has the words, or ends in a word that a link takes whole ("end.Beginning")."""
    if words in text:
        return True
    cuts = [joint.end() for joint in JOINT.finditer(words) if joint.end() < len(words)]
    return any(text.startswith(words[a:]) or text.endswith(words[:a]) for a in cuts) or any(
        text == words[a:b] for a in cuts for b in cuts
    )
