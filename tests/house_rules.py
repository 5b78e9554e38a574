"""The rules of the house as plain functions: text of a file in, complaints out.

`test_architecture.py` runs them over the whole tree, and each of them over a planted violation.
"""

import ast
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ("annotator", "sources", "templates", "static", "tests", "bench", "script", "deploy", "docs")
NOT_OURS = ("static/vendor/", "tests/browser/vendor/")
GENERATED = ("__pycache__", "/migrations/")
STANDALONE = {"templates/base.html", "templates/errors/500.html"}  # the latter when nothing else may work
JUNK_DRAWERS = re.compile(r"^(utils?|helpers?|common|misc|tools|stuff|shared|lib)$")

LONGEST_FILE = {"tests": 500, "": 300}  # lines, by top folder
LONGEST_FUNCTION = 60

_UNSAFE = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|\bmark_safe\b|\bSafeString\b|\bhtml_safe\b")
_HANDLER = re.compile(r"<[^>]*?\s(on[a-z]+|hx-on[\w:.-]*)\s*=", re.IGNORECASE | re.DOTALL)
_STYLE = re.compile(r"<style\b|<[^>]*?\sstyle\s*=", re.IGNORECASE | re.DOTALL)
_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.IGNORECASE | re.DOTALL)
_JS_ADDRESS = re.compile(r"""["']\s*javascript:""", re.IGNORECASE)
_SINKS = re.compile(
    r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\s*\(|new\s+Function\b"
    r"|setHTMLUnsafe|createContextualFragment|\.srcdoc\b"
)
_FROM = re.compile(r"^import\b[^;]*?[\"'](\.[^\"']+)[\"'];", re.MULTILINE)
NETWORK = {
    *(
        "socket",
        "ssl",
        "socketserver",
        "asyncio",
        "http.client",
        "http.server",
        "urllib.request",
        "urllib.error",
    ),
    *("urllib.robotparser", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "nntplib", "xmlrpc"),
    *("urllib3", "requests", "httpx", "httpcore", "h11", "h2", "aiohttp", "pycurl", "websockets"),
    *("trafilatura.downloads", "trafilatura.feeds", "trafilatura.sitemaps", "trafilatura.spider"),
    *("courlan.network", "trafilatura.fetch_url", "trafilatura.fetch_response", "htmldate.utils"),
}
"""What asks other machines, or opens sockets to do so."""
MAY_ASK = ("sources/intake/fetching/", "annotator/serving.py", "annotator/patient_worker.py")
"""The one fetcher, what waits for the web server of our own that it started, and what takes its requests."""
_ASKING = re.compile(r"^(fetch_url|fetch_response|urlopen|urlretrieve|create_connection|open_connection)$")

_MERGING = re.compile(r"^(?:<{7}|>{7}|\|{7}) .*$|^={7}$", re.MULTILINE)
_SIGNALS = re.compile(r"django\.dispatch|django\.db\.models\.signals|django\.core\.signals|@receiver\b")


def own_files(*suffixes: str, under: tuple[str, ...] = OWN) -> Iterator[Path]:
    """Files we wrote, of those suffixes; what is vendored or generated is left out."""
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(NOT_OURS) or any(part in name for part in GENERATED):
                continue
            if path.is_file() and (not suffixes or path.suffix in suffixes):
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def too_long_file(name: str, text: str) -> list[str]:
    most = LONGEST_FILE.get(name.split("/")[0], LONGEST_FILE[""])
    lines = len(text.splitlines())
    return [f"{name} has {lines} lines, at most {most}"] if lines > most else []


def too_long_functions(name: str, text: str) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name} has {length} lines, at most {LONGEST_FUNCTION}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def junk_drawer(name: str) -> list[str]:
    """A name that says nothing about what belongs there, of a file or of a folder."""
    parts = [part.split(".")[0].strip("_") for part in name.split("/")]
    return [f"{name}: name it after what it holds" for part in parts if JUNK_DRAWERS.match(part)]


def left_by_a_merge(name: str, text: str) -> list[str]:
    return [f"{name}: {found[0]}" for found in _MERGING.finditer(text)]


def unsafe_output(name: str, text: str) -> list[str]:
    """Text that would reach a page unescaped; in templates and in Python."""
    return [f"{name}: {found[0]}" for found in _UNSAFE.finditer(text)]


def inline_code(name: str, text: str) -> list[str]:
    """What the content security policy would block, or would have to be loosened for."""
    found = [f"{name}: {m[1]}= handler" for m in _HANDLER.finditer(text)]
    found += [f"{name}: {m[0][-20:]} inline style" for m in _STYLE.finditer(text)]
    found += [f"{name}: javascript: address" for _ in _JS_ADDRESS.finditer(text)]
    for script in _SCRIPT.finditer(text):
        if "src=" not in script["attributes"] or script["body"].strip():
            found.append(f"{name}: inline script")
    return found


def template_role(name: str, text: str) -> list[str]:
    """A page extends a page; what is included by one is named `_x.html` or lies in `_components`."""
    parts = name.split("/")
    fragment = parts[-1].startswith("_") or "_components" in parts
    extends = bool(re.match(r"\s*\{%\s*extends\b", text))
    if fragment and extends:
        return [f"{name} is named as a fragment but extends a page"]
    if not fragment and not extends and name not in STANDALONE:
        return [f"{name} neither extends a page nor is named as a fragment"]
    return []


def script_sinks(name: str, text: str) -> list[str]:
    """Ways for a script to turn text into markup or code."""
    code = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.DOTALL)
    return [f"{name}: {found[0]}" for found in _SINKS.finditer(code)]


SCRIPT_ROOMS = {
    "static/js/forms/": ("forms/",),
    "static/js/saving/": ("saving/",),
    "static/js/reading/": ("reading/", "forms/", "saving/"),
    "static/js/review/": ("review/", "forms/", "saving/"),
    "static/js/discussing/": ("discussing/", "forms/", "saving/"),
}
"""What each room of scripts may import from, beside what every page does and says."""


def script_rooms(name: str, text: str) -> list[str]:
    rooms = next((rooms for folder, rooms in SCRIPT_ROOMS.items() if name.startswith(folder)), None)
    if rooms is None:
        return []
    here = posixpath.dirname(name)
    whole = [posixpath.normpath(posixpath.join(here, path)) for path in _FROM.findall(text)]
    inside = [path.removeprefix("static/js/") for path in whole]
    return [f"{name} imports {path}" for path in inside if "/" in path and not path.startswith(rooms)]


def signals(name: str, text: str) -> list[str]:
    return [f"{name}: {found[0]}" for found in _SIGNALS.finditer(text)]


def asks_the_network(name: str, text: str) -> list[str]:
    """Any module but the fetcher that could ask another machine for something."""
    if name.startswith(MAY_ASK):
        return []
    found = []
    for node in ast.walk(ast.parse(text)):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            modules = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        for module in modules:
            if any(f"{module}.".startswith(f"{one}.") for one in NETWORK):
                found.append(f"{name}:{node.lineno} imports {module}")
        if isinstance(node, ast.Attribute) and _ASKING.match(node.attr):
            found.append(f"{name}:{node.lineno} asks by {node.attr}")
    return found


def settings_by_name(name: str, text: str) -> list[str]:
    """Imports of the settings module itself; `django.conf.settings` is the way."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            modules = [base, *(f"{base}.{alias.name}" for alias in node.names)]
            inside_annotator = name.startswith("annotator/") and name.count("/") == node.level
            if node.level and inside_annotator and "settings" in [base, *(a.name for a in node.names)]:
                modules.append("annotator.settings")
        else:
            continue
        if "annotator.settings" in modules:
            found.append(f"{name}:{node.lineno} imports the settings by name")
    return found


def deferred_names(text: str) -> list[str]:
    """What stands as the first argument of each `configure_task`: a literal, or the name of a constant."""
    return [
        ast.unparse(node.args[0])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "configure_task"
        and node.args
    ]


def joins_both_doors(text: str) -> bool:
    """Whether a module names the web door and the API door, as an import or inside a string."""
    return "annotator.web" in text and "annotator.api" in text


def links(markdown: str) -> list[str]:
    """The relative targets of links and images, without their anchors."""
    targets = re.findall(r"\]\(([^)#\s]+)", markdown)
    return [target for target in targets if "://" not in target]


def names(markdown: str) -> list[str]:
    """Names in code type that look like those of rules: small letters and underscores."""
    return re.findall(r"`([a-z_]+_[a-z_]+)`", markdown)
