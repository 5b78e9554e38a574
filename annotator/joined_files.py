"""ES modules joined into one script, and stylesheets into one sheet, with nothing but the files themselves.

It understands what our own sources are written in and refuses everything else, so that a joined file never
means anything different from its parts (ECMA-262, sections 16.2.2 and 16.2.3; CSS Cascading 4, section 2):

    import { one, two as three } from "./other.js";       import "./other.js";
    export const one = …        export function …        export async function …        export class …
    @import "other.css";        before every rule of a stylesheet, of the same folder

Each module becomes a function that runs once, in the order in which a browser would run the modules, and
returns its exports; so names of different modules never meet. Exports are constants here: what is imported
never changes afterwards. Cycles, default exports, namespaces, re-exports, `export { … }`, `export let`,
dynamic imports, `import.meta` and a top-level `await` are refused; so is a literal over several lines, in
which a line could look like a statement.
"""

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache, partial

Read = Callable[[str], str]
"""The text of a file by its name below the static folder. Raises OSError."""

_IMPORT = re.compile(
    r"^import[ \t]*(?:\{(?P<names>[\w$\s,]*)\}\s*from\s*)?"
    r"(?P<quote>[\"'])(?P<path>[^\"'\n]+)(?P=quote);[ \t]*$",
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export[ \t]+(?=(?:const|class|async[ \t]+function|function)[ \t]+(?P<name>[A-Za-z_$][\w$]*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)$", re.MULTILINE)
_MODULE_WORD = re.compile(r"\b(?:import|export)\b")
_SPANNING = re.compile(r"^(?:[^`\n]*`[^`\n]*`)*[^`\n]*`[^`\n]*$|\\$", re.MULTILINE)
_AWAIT = re.compile(r"^(?!\s)(?!(?:export\s+)?async\b).*\bawait\b", re.MULTILINE)
_REFUSED = (
    (_MODULE_WORD, "module syntax"),
    (_AWAIT, "an await outside of functions"),
    (_SPANNING, "a literal over several lines"),
)
_GOES_ON = re.compile(r"\\$", re.MULTILINE)
_LINE_START = re.compile(r"(?<=\n)\s+|(?<=\n)\n+|^[ \t]+")
_SHEET = re.compile(r"@import \"(?P<path>[\w.-]+\.css)\";\s*")
_SHEET_COMMENT = re.compile(r"\s*/\*.*?\*/\s*", re.DOTALL)


class CannotJoin(Exception):
    """Says which file has what that is not understood here."""


def imports_something(source: str) -> bool:
    """Whether a module imports another."""
    return _IMPORT.search(_COMMENT.sub("", source)) is not None


def join_modules(entry: str, read: Read) -> str:
    """The module of that name with everything it imports. Raises CannotJoin."""
    joined: dict[str, tuple[str, frozenset[str]]] = {}
    _take(entry, read, joined, ())
    numbers = {name: f"$module{number}" for number, name in enumerate(joined)}
    parts = []
    for name, (source, exported) in joined.items():
        body = _IMPORT.sub(partial(_taken, name, numbers=numbers, joined=joined), source)
        body = _EXPORT.sub("", body)
        made = f"return {{ {', '.join(sorted(exported))} }};\n" if exported else ""
        parts.append(f"// {name}\nconst {numbers[name]} = (() => {{\n{body.rstrip()}\n{made}}})();\n")
    return "\n".join(parts)


def _take(
    name: str, read: Read, joined: dict[str, tuple[str, frozenset[str]]], path: tuple[str, ...]
) -> None:
    """Put the module and what it imports into `joined`, each after all that it needs."""
    if name in joined:
        return
    if name in path:
        raise CannotJoin(f"{' imports '.join([*path[path.index(name) :], name])}: a circle cannot be joined.")
    try:
        source = read(name)
    except OSError:
        raise CannotJoin(f"{path[-1] if path else name} imports {name}, which is not there.") from None
    bare, imported, exported = _understood(name, source)
    for other in imported:
        _take(other, read, joined, (*path, name))
    joined[name] = (bare, exported)


@lru_cache(maxsize=1000)  # each of a hundred entries takes the same fifty modules in
def _understood(name: str, source: str) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """A module without comments, the names of those it imports, and what it exports. Raises CannotJoin."""
    _refuse_unknown(name, source)
    bare = _COMMENT.sub("", source)
    imported = tuple(_place(name, found["path"]) for found in _IMPORT.finditer(bare))
    return bare, imported, frozenset(found["name"] for found in _EXPORT.finditer(bare))


def _refuse_unknown(name: str, source: str) -> None:
    bare = _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)))
    for rule, what in _REFUSED:
        if found := rule.search(bare):
            line = bare[bare.rfind("\n", 0, found.start()) + 1 :].split("\n", 1)[0].strip()
            raise CannotJoin(f"{name} has {what} that cannot be joined: {line}")


def _place(name: str, path: str) -> str:
    if not path.startswith(("./", "../")) or not path.endswith(".js"):
        raise CannotJoin(f"{name} imports {path!r}: only files beside it (./ or ../, .js) can be joined.")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _taken(
    name: str,
    found: re.Match[str],
    numbers: dict[str, str],
    joined: dict[str, tuple[str, frozenset[str]]],
) -> str:
    """What stands in the joined file for an import statement."""
    if found["names"] is None:
        return ""
    place = _place(name, found["path"])
    taken = []
    for one in filter(None, (part.strip() for part in found["names"].split(","))):
        exported, _, own = (word.strip() for word in one.partition(" as "))
        if exported not in joined[place][1]:
            raise CannotJoin(f"{name} imports {exported} from {place}, which does not export it.")
        taken.append(f"{exported}: {own}" if own else exported)
    return f"const {{ {', '.join(taken)} }} = {numbers[place]};"


def slimmed(joined: str) -> str:
    """A joined file without comments on lines of their own, empty lines and indentation, none of which means
    anything: no literal in it spans lines. A stylesheet in which one does stays as it is."""
    if _GOES_ON.search(joined):
        return joined
    return _LINE_START.sub("", _COMMENT.sub("", joined)).lstrip("\n")


def join_styles(entry: str, read: Read) -> str:
    """The stylesheet of that name with the sheets it imports in their places. Raises CannotJoin."""
    return _sheet(entry, read, ())


def _sheet(name: str, read: Read, path: tuple[str, ...]) -> str:
    if name in path:
        raise CannotJoin(f"{' imports '.join([*path, name])}: a circle cannot be joined.")
    try:
        source = read(name)
    except OSError:
        raise CannotJoin(f"{path[-1] if path else name} imports {name}, which is not there.") from None
    parts, at = [], 0
    while True:
        if comment := _SHEET_COMMENT.match(source, at):
            at = comment.end()
        elif found := _SHEET.match(source, at):
            inner = posixpath.join(posixpath.dirname(name), found["path"])
            parts.append(_sheet(inner, read, (*path, name)))
            at = found.end()
        else:
            break
    rest = source[at:] if parts else source
    if "@import" in rest or "@charset" in rest:
        raise CannotJoin(f"{name} has an @import or @charset that cannot be joined.")
    return "\n".join([*parts, rest]) if rest.strip() else "\n".join(parts)
