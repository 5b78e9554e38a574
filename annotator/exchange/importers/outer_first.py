"""The order in which claims are given: none before the one it lies inside."""

from collections.abc import Iterator, Mapping


def outer_first(around: Mapping[str, str]) -> Iterator[str]:
    """Each name once; `around` says inside which one each lies, empty or unknown where in none. Of those that
    lie inside each other in a circle one comes before the one around it."""
    seen: set[str] = set()
    for begin in around:
        path: list[str] = []
        name = begin
        while name in around and name not in seen:
            seen.add(name)
            path.append(name)
            name = around[name]
        yield from reversed(path)
