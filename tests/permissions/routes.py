"""Every address that the URL configuration answers, as the table names it: `/p/<slug>/claims/`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """`of_programs`: what the REST framework answers, with problem documents and no page to sign in at."""

    shown: str
    name: str
    of_programs: bool

    @property
    def arguments(self) -> list[str]:
        return _CONVERTED.findall(self.shown)

    def filled(self, values: dict[str, str]) -> str:
        """The address with those values in the places of its arguments."""
        return _CONVERTED.sub(lambda found: values[found[1]], self.shown)


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[Route]:
    """All routes under those patterns; of the whole site without."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        shown = before + _shown(pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, shown)
        else:
            programs = hasattr(pattern.callback, "cls") or shown.startswith("/api/v")
            yield Route(shown, str(pattern.name or ""), programs)


def _shown(pattern: URLPattern | URLResolver) -> str:
    """A route as it stands in the table, without its converters; of a regular expression its group names."""
    written = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        written = _named(written).replace("\\", "")
        return written.removeprefix("^").removesuffix("$").removesuffix("Z")
    return _CONVERTED.sub(r"<\1>", written)


def _named(regex: str) -> str:
    """`(?P<key>[-:\\w]+)` as `<key>`, whatever brackets stand in the group."""
    while found := re.search(r"\(\?P(<\w+>)", regex):
        depth, at = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(regex[at], 0)
            at += 2 if regex[at] == "\\" else 1
        regex = regex[: found.start()] + found[1] + regex[at:]
    return regex
