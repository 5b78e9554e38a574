"""Every regular expression of ours with how it is used, and texts on which it might run away.

The texts are drawn from the expression itself: for each part that repeats, what leads to it, that part very
often, and then something that fits nothing, so that every way of sharing the repetition out is tried.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import annotator
import sources

ROOT = Path(__file__).resolve().parents[2]
LOOKING = ("search", "finditer", "findall", "sub", "subn", "split")
"""Methods that try at every place of a text, and so take the square where each try goes far."""
ALPHABET = " a0A.,-/:;'\"()<>[]{}=&%#@|\\_\n\t\u00a0\u201c\u2019é\u05d0字"
LETTERS = "\0".join(ALPHABET)
ENOUGH = 20
"""A part that repeats at most that often counts as one that does not."""


@dataclass(frozen=True)
class Used:
    """An expression, where it stands, and whether somebody looks for it anywhere in a text."""

    where: str
    pattern: re.Pattern[Any]
    looked_for: bool


def modules() -> Iterator[ModuleType]:
    for package in (sources, annotator):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for package in ("sources", "annotator"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "/migrations/" not in str(path):
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


@cache
def _calls() -> tuple[tuple[str, ast.Call, str, str], ...]:
    """Every `name.search(…)` and the like of our code: the file, the call, the name and what is called."""
    return tuple(
        (path, node, node.func.value.id, node.func.attr)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.attr in (*LOOKING, "match", "fullmatch", "compile")
    )


@cache
def expressions() -> tuple[Used, ...]:
    """Those that modules hold under a name, and those that stand where they are used."""
    anywhere = {
        (name if name[0] != "_" else f"{path} {name}")
        for path, _, name, method in _calls()
        if method in LOOKING
    }
    found: dict[tuple[Any, int, bool], Used] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                plain = value is pattern
                here = name if name[0] != "_" else f"{_path(module)} {name}"
                used = Used(f"{module.__name__}.{name}", pattern, not plain or here in anywhere)
                found.setdefault((pattern.pattern, pattern.flags, used.looked_for), used)
    for used in _where_used():
        found.setdefault((used.pattern.pattern, used.pattern.flags, used.looked_for), used)
    return tuple(found.values())


def _path(module: ModuleType) -> str:
    return Path(str(module.__file__)).relative_to(ROOT).as_posix()


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _patterns(one)


def calls_of_re() -> Iterator[tuple[str, ast.Call, str]]:
    """Every `re.search(…)` and the like: where, the call and the name of what is called."""
    for path, call, name, method in _calls():
        if name == "re":
            yield f"{path}:{call.lineno}", call, method


def _where_used() -> Iterator[Used]:
    for where, call, method in calls_of_re():
        if method != "compile" and isinstance(call.args[0], ast.Constant):
            yield Used(where, re.compile(call.args[0].value), method in LOOKING)


def made_while_running() -> set[str]:
    """Files with an expression that is put together in a function, which no table of them can hold."""
    found = set()
    for name, tree in trees():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if (
                        isinstance(node, ast.Call)
                        and isinstance(node.func, ast.Attribute)
                        and ast.unparse(node.func).startswith("re.")
                        and node.args
                        and ast.unparse(node.func) not in ("re.escape", "re.error")
                        and not isinstance(node.args[0], ast.Constant)
                    ):
                        found.add(f"{name} {function.name}")
    return found


def holds_on_to_groups(pattern: re.Pattern[Any]) -> bool:
    """Whether a possessive quantifier stands after more than a character: `(?:ab?c)*+` and the like.

    Python before 3.11.5, and so Debian 12's, matches what such a group does not (gh-106052, gh-100061). It
    gets `(?>(?:ab?c)*)` right, which means the same.
    """
    return _possessive_of_groups(list(parser.parse(pattern.pattern, pattern.flags)))


def _possessive_of_groups(nodes: list[Any]) -> bool:
    for op, argument in nodes:
        if op is code.POSSESSIVE_REPEAT:
            repeated = list(argument[2])
            if len(repeated) > 1 or repeated[0][0] not in (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN):
                return True
        if any(_possessive_of_groups(inner) for inner in _inner(op, argument)):
            return True
    return False


# ── texts that lead an expression astray ──────────────────────────────────────────────────────────


def traps(pattern: re.Pattern[Any]) -> set[tuple[str, str]]:
    """(what leads there, what then repeats)."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = {("", one) for one in ALPHABET}
    for before, body in _repeated(list(tree), "", pattern.flags):
        for pump in _witnesses(body, pattern.flags):
            found |= {(before, pump), ("", pump)}
    return {(before, pump) for before, pump in found if pump}


def _repeated(nodes: list[Any], before: str, flags: int) -> Iterator[tuple[str, list[Any]]]:
    for op, argument in nodes:
        for inner in _inner(op, argument):
            if op in (code.MAX_REPEAT, code.MIN_REPEAT) and argument[1] > ENOUGH:
                yield before, inner
            yield from _repeated(inner, before, flags)
        before += next(iter(_witnesses([(op, argument)], flags)), "")


def _inner(op: Any, argument: Any) -> list[list[Any]]:
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [list(argument[2])]
    if op is code.SUBPATTERN:
        return [list(argument[3])]
    if op is code.ATOMIC_GROUP:
        return [list(argument)]
    if op is code.BRANCH:
        return [list(one) for one in argument[1]]
    if op in (code.ASSERT, code.ASSERT_NOT):
        return [list(argument[1])]
    return []


def _witnesses(nodes: list[Any], flags: int) -> list[str]:
    """A few texts that the nodes fit, or nearly."""
    texts = [""]
    for op, argument in nodes:
        texts = [text + more for text in texts for more in _of_one(op, argument, flags)][:6]
    return texts


def _of_one(op: Any, argument: Any, flags: int) -> list[str]:
    if op is code.LITERAL:
        return [chr(argument)]
    if op in (code.NOT_LITERAL, code.ANY, code.IN):
        return _members(op, argument, flags)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        times = max(1, min(argument[0], 3))
        return [one * times for one in _witnesses(list(argument[2]), flags)]
    if op in (code.SUBPATTERN, code.ATOMIC_GROUP, code.BRANCH):
        return [text for inner in _inner(op, argument) for text in _witnesses(inner, flags)[:2]][:6] or [""]
    return [""]


def _members(op: Any, argument: Any, flags: int) -> list[str]:
    return [one for one in ALPHABET if _fits(op, argument, one, flags)][:4] or _rare(op, argument)


def _rare(op: Any, argument: Any) -> list[str]:
    """Of a class that none of the alphabet is in, the first that is written in it."""
    named = [value for kind, value in argument if kind in (code.LITERAL, code.RANGE)] if op is code.IN else []
    return [chr(one if isinstance(one, int) else one[0]) for one in named[:2]] or ["x"]


def _fits(op: Any, argument: Any, one: str, flags: int) -> bool:
    if op is code.ANY:
        return one != "\n" or bool(flags & re.DOTALL)
    if op is code.NOT_LITERAL:
        return ord(one) != argument
    negated = bool(argument) and argument[0][0] is code.NEGATE
    return negated != any(_in(kind, value, one) for kind, value in argument)


_CATEGORIES: dict[Any, Any] = {
    code.CATEGORY_DIGIT: str.isdecimal,
    code.CATEGORY_NOT_DIGIT: lambda one: not one.isdecimal(),
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
    code.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    code.CATEGORY_NOT_WORD: lambda one: not one.isalnum() and one != "_",
}


def _in(kind: Any, value: Any, one: str) -> bool:
    if kind is code.LITERAL:
        return ord(one) == value
    if kind is code.RANGE:
        return value[0] <= ord(one) <= value[1]
    return kind is code.CATEGORY and bool(_CATEGORIES[value](one))


def texts(pattern: re.Pattern[Any], length: int) -> Iterable[str]:
    for before, pump in sorted(traps(pattern)):
        yield before + pump * (length // len(pump)) + "\0"
