"""A CSL style without what it has for anything but newspaper articles.

Styles tell dozens of kinds of works apart, and the formatter walks through all of it for every reference.
What a condition says of an article in a newspaper is known beforehand wherever it asks for the kind of work,
or for something that no such article has: branches that are never taken and macros that nothing calls are
left out. References stay the same: `tests/annotator/citations/test_pruning.py` compares them.
"""

from collections.abc import Collection, Iterator
from typing import Any

CSL = "{http://purl.org/net/xbiblio/csl}"
KIND = "article-newspaper"
HAS = frozenset(
    ("title", "author", "issued", "accessed", "container-title", "ISSN", "URL", "section", "language")
)
"""All that an item may have, as `csl.item` makes it."""
_SEEN_BY_READER = frozenset(("locator", "position", "disambiguate"))
_NEVER_THERE = "annote"


def prune(root: Any) -> None:
    """Take out of the style, an ElementTree, what it has for others. It is changed in place."""
    macros = {macro.get("name"): macro for macro in root.iter(f"{CSL}macro")}
    for choose in list(root.iter(f"{CSL}choose")):
        _prune_choice(choose, macros)
    used: set[str] = set()
    for part in (*root.iter(f"{CSL}citation"), *root.iter(f"{CSL}bibliography")):
        used |= _called(part, macros, used)
    for name, macro in macros.items():
        if name not in used:
            root.remove(macro)


def _prune_choice(choose: Any, macros: dict[str, Any]) -> None:
    """A group prints nothing where none of the variables it calls is there, and these are counted in
    branches that are not taken, too: so one that is never there stays in their place, at the end."""
    taken = calls = False
    for branch in list(choose):
        holds = False if taken else _holds(branch)
        if holds is False:
            calls = calls or any(_calls_variable(child, macros) for child in branch)
            choose.remove(branch)
        elif holds:
            taken, branch.tag = True, f"{CSL}else"
            branch.attrib.clear()
    if calls:
        never = choose.makeelement(f"{CSL}else-if", {"type": "bill"})
        never.append(never.makeelement(f"{CSL}text", {"variable": _NEVER_THERE}))
        choose.append(never)


def _holds(branch: Any) -> bool | None:
    """Whether a branch is taken if those before it are not; None where that depends on the article."""
    if branch.tag == f"{CSL}else":
        return True
    known = list(_results(branch))
    match = branch.get("match", "all")
    if match == "all":
        return False if False in known else None if None in known or not known else True
    if True in known:
        return match == "any"
    return None if None in known or not known else match == "none"


def _results(branch: Any) -> Iterator[bool | None]:
    """Of each test that a branch makes, as the formatter counts them."""
    for kind in branch.get("type", "").split():
        yield kind == KIND
    for test in ("variable", "is-numeric", "is-uncertain-date"):
        for variable in branch.get(test, "").split():
            yield None if variable in HAS or variable == "locator" else False
    if _SEEN_BY_READER & set(branch.attrib):
        yield None


def _calls_variable(element: Any, macros: dict[str, Any]) -> bool:
    name = str(element.tag).removeprefix(CSL)
    if name in ("group", "names", "date", "number"):
        return True
    if name == "label":
        return bool(element.get("variable") == "locator")
    if name == "text":
        if "variable" in element.attrib:
            return bool(element.get("variable") != "year-suffix")
        called = element.get("macro")
        return any(_calls_variable(child, macros) for child in macros[called]) if called else False
    return any(_calls_variable(child, macros) for child in element)


def _called(element: Any, macros: dict[str, Any], seen: Collection[str]) -> set[str]:
    """Names of the macros that it calls, and that these call."""
    found = set(seen)
    for part in element.iter():
        name = part.get("macro")
        if name and name not in found:
            found |= {name} | _called(macros[name], macros, found | {name})
    return found
