"""Modules and stylesheets as one file each: what is understood is joined, everything else is refused."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage

from annotator.joined_files import CannotJoin, imports_something, join_modules, join_styles, slimmed
from annotator.static_files import HashedFiles

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = [
    page for page in sorted(TEMPLATES.rglob("*.html")) if '{% extends "base.html" %}' in page.read_text()
]


def read_ours(name: str) -> str:
    return (STATIC / name).read_text()


def joined(**files: str) -> str:
    """`main` with the other modules beside it."""
    named = {f"js/{name}.js": source for name, source in files.items()}

    def read(name: str) -> str:
        if name not in named:
            raise FileNotFoundError(name)
        return named[name]

    return join_modules("js/main.js", read)


def test_a_module_runs_once_and_after_what_it_needs() -> None:
    text = joined(
        main='import { b } from "./b.js";\nimport { a as first } from "./a.js";\nfirst(b);\n',
        b='import { a } from "./a.js";\nexport const b = a();\n',
        a="export function a() {\n  return 1;\n}\n",
    )
    places = [text.index(f"// js/{name}.js") for name in ("a", "b", "main")]
    assert places == sorted(places)
    assert text.count("function a()") == 1
    assert "const { a: first } = $module0;" in text
    assert re.search(r"^\s*(import|export)\b", text, re.MULTILINE) is None


def test_everything_the_room_imports_is_in_it_once() -> None:
    text = join_modules("js/reading/main.js", read_ours)
    parts = re.findall(r"^// (js/\S+\.js)$", text, re.MULTILINE)
    assert len(parts) == len(set(parts))
    assert {f"js/reading/{path.name}" for path in (STATIC / "js/reading").glob("*.js")} <= set(parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_page_has_what_every_page_does_once(page: Path) -> None:
    text = page.read_text()
    entries = [f"js/{name}" for name in re.findall(r"{% static 'js/([\w/.]+)' %}", text)]
    if not re.search(r"{% block (?:entry|scripts) %}", text):
        entries.append("js/page.js")  # the base's, for none is put in its place
    joined_up = "".join(join_modules(entry, read_ours) for entry in entries)
    parts = re.findall(r"^// (js/\S+\.js)$", joined_up, re.MULTILINE)
    assert len(parts) == len(set(parts)), "two of its entries share a module"
    assert {"js/page.js", "js/discussing/refused.js"} <= set(parts)


def test_an_export_that_is_a_class_a_constant_or_asynchronous() -> None:
    text = joined(
        main='import {\n  A,\n  b,\n  c,\n} from "./a.js";\nnew A(b, c);\n',
        a="export class A {}\nexport const b = 2;\nexport async function c() {\n  await null;\n}\n",
    )
    assert "return { A, b, c };" in text


@pytest.mark.parametrize(
    "source",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import { a } from "./a.js"',
        'import { a } from "./a.js"; a();',
        'import { a } from "./a.js" with { type: "json" };',
        'import { a } from "a";',
        'import { a } from "/js/a.js";',
        'import { a } from "https://elsewhere.example/a.js";',
        'import { missing } from "./a.js";',
        'import { a } from "./nowhere.js";',
        '  import { a } from "./a.js";',
        'const a = await import("./a.js");',
        'import("./a.js");',
        "console.log(import.meta.url);",
        "export default 1;",
        "export let a = 1;",
        "export var a = 1;",
        "export { a };",
        "export const { a } = b;",
        "export const [a] = b;",
        'export * from "./a.js";',
        'export { a } from "./a.js";',
        "export function* a() {}",
        "  export const a = 1;",
        "await fetch('/');",
        "const a = await fetch('/');",
        "for await (const a of b) c();",
        'const a = `\nimport { a } from "./a.js";\n`;',
        "const a = `\n// not a comment\n`;",
        "const a = 'one\\\n// not a comment';",
    ],
)
def test_what_is_not_understood_is_refused(source: str) -> None:
    with pytest.raises(CannotJoin, match=r"js/\w+\.js"):
        joined(main=f"{source}\n", a="export const a = 1;\n")


def test_a_circle_is_refused() -> None:
    with pytest.raises(CannotJoin, match="circle"):
        joined(main='import "./a.js";\n', a='import "./b.js";\n', b='import "./a.js";\n')


def test_words_in_comments_and_names_are_no_syntax() -> None:
    text = joined(
        main='// must not import\n/**\n * import { a } from "./a.js";\n */\nconst important = 1;\n', a=""
    )
    assert "js/a.js" not in text
    assert not imports_something('// import "./a.js";\n')


def sheets(**files: str) -> str:
    named = {f"css/{name}.css": source for name, source in files.items()}

    def read(name: str) -> str:
        if name not in named:
            raise FileNotFoundError(name)
        return named[name]

    return join_styles("css/main.css", read)


def test_stylesheets_stand_where_they_are_imported() -> None:
    text = sheets(
        main='/* all */\n@import "a.css";\n/* then */ @import "b.css";\n.main { color: red; }\n',
        a="/* kept */ .a { color: red; }",
        b=".b { background: url(x.svg); }",
    )
    assert [text.index(name) for name in (".a {", ".b {", ".main {")] == sorted(
        text.index(name) for name in (".a {", ".b {", ".main {")
    )
    assert "@import" not in text


@pytest.mark.parametrize(
    "source",
    [
        '@import "a.css" screen;',
        '@import url("a.css");',
        '@import "../a.css";',
        '@import "other/a.css";',
        '@import "nowhere.css";',
        '.b {}\n@import "a.css";',
        '@charset "utf-8";\n@import "a.css";',
        '@import "main.css";',
    ],
)
def test_a_sheet_that_is_not_understood_is_refused(source: str) -> None:
    with pytest.raises(CannotJoin):
        sheets(main=source, a=".a {}")


@pytest.mark.lengthy
def test_pages_ask_for_joined_files_by_their_digests(tmp_path: Path) -> None:
    """Collected as `collectstatic` does it, from our own folder and from packages."""
    found = {
        name: (storage, name)
        for finder in get_finders()
        for name, storage in finder.list([])
        if name.startswith(("js/", "css/", "icons/", "vendor/", "django_htmx/"))
    }
    target = HashedFiles(location=tmp_path, base_url="/static/")
    for name, (storage, path) in found.items():
        with storage.open(path) as file:
            FileSystemStorage(tmp_path).save(name, file)
    wrong = [done for *_, done in target.post_process(found) if isinstance(done, Exception)]
    assert wrong == []
    script = (tmp_path / target.stored_name("js/reading/main.js")).read_text()
    assert script.startswith("const $module0 = (() => {\nconst NAMES = { auto:"), "the theme comes first"
    assert "class CodePoints" in script
    written = "".join(page.read_text() for page in TEMPLATES.rglob("*.html"))
    entries = set(re.findall(r"js/[\w/.-]+\.js", written))
    assert "js/page.js" in entries
    left = [name for name in entries if imports_something((tmp_path / target.stored_name(name)).read_text())]
    assert left == [], "a page would begin with a module that fetches others one by one"
    sheet = (tmp_path / target.stored_name("css/room.css")).read_text()
    assert "@import" not in sheet
    assert re.search(r"url\([\"']?\.\./icons/chevron\.[0-9a-f]{12}\.svg", sheet)
    assert (tmp_path / f"{target.stored_name('js/reading/main.js')}.gz").exists()
    assert (tmp_path / f"{target.stored_name('js/reading/main.js')}.br").exists()


def test_a_slim_file_lacks_comments_empty_lines_and_indentation_alone() -> None:
    source = "  // why\nconst a = `x  // ${b}`;\n\n/**\n * what\n * more */\n"
    source += "  if (a) /re  x/.exec(`  y`); // here\n\n\n\t};\n"
    assert slimmed(source) == "const a = `x  // ${b}`;\nif (a) /re  x/.exec(`  y`); // here\n};\n"
    sheet = '/* why */\na {\n  content: "/* x */";\n}\n'
    assert slimmed(sheet) == 'a {\ncontent: "/* x */";\n}\n'
    over_lines = 'a {\n  content: "x\\\n  y";\n}\n'
    assert slimmed(over_lines) == over_lines


def test_our_room_is_slim_without_losing_a_statement() -> None:
    whole = join_modules("js/reading/main.js", read_ours)
    slim = slimmed(whole)
    code = [
        line.strip()
        for line in re.sub(r"^\s*/\*[\s\S]*?\*/\s*$|^\s*//.*$", "", whole, flags=re.M).splitlines()
    ]
    assert slim.splitlines() == [line for line in code if line]
    assert len(slim) < len(whole) * 0.95
