"""The house keeps its shape: who imports whom, how long, how named, what no page may hold."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from grimp import ImportGraph, build_graph
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.domain.contract import registry

from . import house_rules as rules
from .house_rules import ROOT, name_of, own_files
from .invariants.catalogue import inventory

configure()
OPTIONS = read_user_options(str(ROOT / "pyproject.toml"))

# ── who imports whom ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    from importlinter.contracts.forbidden import ForbiddenContract
    from importlinter.contracts.layers import LayersContract

    registry.register(ForbiddenContract, "forbidden")
    registry.register(LayersContract, "layers")
    return build_graph("sources", "annotator", include_external_packages=True, cache_dir=None)


def broken(graph: ImportGraph) -> list[str]:
    """The names of the contracts that the graph breaks."""
    names = []
    for options in OPTIONS.contracts_options:
        contract = registry.get_contract_class(options["type"])(
            name=options["name"], session_options=OPTIONS.session_options, contract_options=options
        )
        if not contract.check(deepcopy(graph), verbose=False).kept:
            names.append(options["name"])
    return names


def test_imports_go_one_way(graph: ImportGraph) -> None:
    assert broken(graph) == []
    assert len(OPTIONS.contracts_options) == 7


@pytest.mark.parametrize(
    ("importer", "imported", "contract"),
    [
        ("sources.text.offsets", "annotator.models", "What was published"),
        ("sources.actions.imports", "annotator.actions.claims", "What was published"),
        ("sources.models.article", "sources.actions.imports", "Rooms import downwards"),
        ("annotator.models.claim", "annotator.queries.claims", "Rooms import downwards"),
        ("annotator.queries.claims", "annotator.actions.claims", "Rooms import downwards"),
        ("annotator.actions.claims", "annotator.exchange.publish", "Rooms import downwards"),
        ("annotator.actions.claims", "annotator.jobs.releases", "Rooms import downwards"),
        ("annotator.web.urls", "annotator.api.urls", "Rooms import downwards"),
        ("annotator.api.access", "annotator.web.access", "Rooms import downwards"),
        ("annotator.management.progress", "annotator.web.access", "Rooms import downwards"),
        ("annotator.jobs.releases", "annotator.management.progress", "Rooms import downwards"),
        ("annotator.exchange.publish", "annotator.demo.load", "Rooms import downwards"),
        ("sources.text.offsets", "django", "Pure rooms"),
        ("sources.intake.plain", "sources.models", "Pure rooms"),
        ("annotator.intents.fields", "annotator.models.claim", "Pure rooms"),
        ("annotator.citations.build", "annotator.queries.claims", "Pure rooms"),
        ("annotator.detect.watching", "annotator.models.claim", "Pure rooms"),
        ("annotator.intents.fields", "annotator.citations.build", "Of our own rooms"),
        ("annotator.detect.watching", "annotator.intents.fields", "Of our own rooms"),
        ("sources.text.offsets", "annotator.detect.watching", "Of our own rooms"),
        ("annotator.citations.build", "sources.intake.dates", "Of our own rooms"),
        ("sources.text.offsets", "sources.intake.dates", "Of our own rooms"),
        ("annotator.exchange.exporters.zip", "annotator.models", "Formats see plain values"),
        ("annotator.exchange.exporters.zip", "annotator.queries.claims", "Formats see plain values"),
        ("annotator.exchange.importers.bundle", "annotator.models", "Formats see plain values"),
        ("annotator.queries.claims", "rest_framework", "The store and the server"),
        ("annotator.embedded_postgres.server", "django", "The embedded server"),
    ],
)
def test_each_contract_sees_what_breaks_it(
    graph: ImportGraph, importer: str, imported: str, contract: str
) -> None:
    assert {importer, imported.split(".")[0]} <= {*graph.modules, "sources", "annotator"}
    planted = deepcopy(graph)
    if imported not in planted.modules:
        planted.add_module(imported)
    planted.add_import(importer=importer, imported=imported)
    assert any(name.startswith(contract) for name in broken(planted))


def test_only_urls_joins_web_and_api() -> None:
    joining = [
        name_of(path)
        for path in own_files(".py", under=("annotator", "sources"))
        if rules.joins_both_doors(path.read_text())
    ]
    assert joining == ["annotator/urls.py"]


ROOMS = {"text", "models", "intake", "actions", "queries", "intents", "citations", "detect", "exchange"}
ROOMS |= {
    "demo",
    "keeping",
    "web",
    "api",
    "jobs",
    "management",
    "embedded_postgres",
    "templatetags",
    "migrations",
}


def test_every_room_is_on_the_map() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    for app in ("sources", "annotator"):
        rooms = {p.name for p in (ROOT / app).iterdir() if (p / "__init__.py").exists()}
        assert rooms <= ROOMS, f"{rooms - ROOMS}: say in docs/architecture.md who may import it, and here"
        unnamed = {room for room in rooms - {"migrations"} if f"{room}/" not in page}
        assert not unnamed, f"docs/architecture.md does not name {unnamed}"


# ── how long, how named, what no file may hold ────────────────────────────────────────────────────

Rule = Callable[[str, str], list[str]]
PYTHON, PAGES, SCRIPTS = (".py",), (".html",), (".js",)
CODE = ("annotator", "sources")
WRITTEN = (".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".yml")
ROOMS_OF_WORDS = (*CODE, "templates", "static", "tests", "docs", "bench", "deploy")
CHECKS: list[tuple[Rule, tuple[str, ...], tuple[str, ...], str, str]] = [
    # rule, suffixes, folders, and a planted violation: its name and its text
    (rules.too_long_file, (".py", ".js", ".css", ".html"), rules.OWN, "annotator/x.py", "x = 1\n" * 301),
    (rules.too_long_file, PYTHON, ("tests",), "tests/test_x.py", "x = 1\n" * 501),
    (rules.too_long_functions, PYTHON, rules.OWN, "annotator/x.py", "def f():\n" + "    x = 1\n" * 60),
    (rules.unsafe_output, PAGES, ("templates",), "templates/x.html", "{{ title | safe }}"),
    (rules.unsafe_output, PYTHON, CODE, "annotator/x.py", "return mark_safe(title)"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<p class='a' onclick='go()'>"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<p\n  hx-on:click='go()'>"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<p style='color: red'>"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<style>p {}</style>"),
    (rules.left_by_a_merge, WRITTEN, ROOMS_OF_WORDS, "docs/x.md", "one\n<<<<<<< HEAD\ntwo"),
    (rules.left_by_a_merge, WRITTEN, ROOMS_OF_WORDS, "docs/x.md", "two\n>>>>>>> 0123abc (other)\n"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<script>go()</script>"),
    (rules.inline_code, PAGES, ("templates",), "templates/x.html", "<a href='javascript:go()'>"),
    (rules.template_role, PAGES, ("templates",), "templates/claims/card.html", "<p>a fragment</p>"),
    (rules.template_role, PAGES, ("templates",), "templates/_x.html", "{% extends 'base.html' %}"),
    (rules.script_sinks, SCRIPTS, ("static",), "static/js/x.js", "node.innerHTML = title"),
    (
        rules.script_rooms,
        SCRIPTS,
        ("static",),
        "static/js/review/x.js",
        'import { h } from "../reading/h.js";',
    ),
    (rules.signals, PYTHON, CODE, "annotator/x.py", "from django.dispatch import receiver"),
    (rules.settings_by_name, PYTHON, rules.OWN, "sources/x.py", "from annotator import settings"),
    (rules.settings_by_name, PYTHON, rules.OWN, "annotator/web/x.py", "from ..settings import DEBUG"),
    (rules.settings_by_name, PYTHON, rules.OWN, "annotator/x.py", "import annotator.settings as s"),
    (rules.asks_the_network, PYTHON, CODE, "annotator/web/x.py", "import socket"),
    (rules.asks_the_network, PYTHON, CODE, "annotator/x.py", "from urllib.request import urlopen"),
    (rules.asks_the_network, PYTHON, CODE, "annotator/x.py", "from urllib import request"),
    (rules.asks_the_network, PYTHON, CODE, "sources/intake/x.py", "def f():\n    import httpcore._sync"),
    (rules.asks_the_network, PYTHON, CODE, "sources/intake/x.py", "from trafilatura import fetch_url as f"),
    (rules.asks_the_network, PYTHON, CODE, "sources/intake/x.py", "t.downloads.fetch_response(address)"),
    (rules.asks_the_network, PYTHON, CODE, "sources/x.py", "importlib.import_module('requests')"),
]


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("rule", "suffixes", "folders"), {(rule, suffixes, folders): 0 for rule, suffixes, folders, *_ in CHECKS}
)
def test_the_whole_tree_keeps_the_rule(
    rule: Rule, suffixes: tuple[str, ...], folders: tuple[str, ...]
) -> None:
    files = list(own_files(*suffixes, under=folders))
    assert len(files) > 5
    assert [found for path in files for found in rule(name_of(path), path.read_text())] == []


@pytest.mark.parametrize(("rule", "name", "text"), [(r, n, t) for r, _, _, n, t in CHECKS])
def test_each_rule_sees_what_breaks_it(rule: Rule, name: str, text: str) -> None:
    assert rule(name, text)


def test_rules_let_pass_what_is_allowed() -> None:
    page = "<p class='on' data-style='a' hx-on-nothing><script src='{% static 'js/x.js' %}' defer></script>"
    assert rules.inline_code("templates/x.html", page) == []
    assert rules.unsafe_output("templates/x.html", "{{ safe }} {{ a|safeseq_not }} unsafe") == []
    assert rules.settings_by_name("annotator/x.py", "from django.conf import settings") == []
    assert rules.asks_the_network("sources/x.py", "from urllib.parse import quote\nimport http") == []
    assert rules.asks_the_network("sources/intake/fetching/network.py", "import socket") == []
    assert rules.settings_by_name("annotator/web/x.py", "from .views import settings") == []
    assert rules.script_sinks("static/js/x.js", "// never innerHTML =\nnode.textContent = 'x'") == []


def test_no_junk_drawers() -> None:
    found = [complaint for path in own_files() for complaint in rules.junk_drawer(name_of(path))]
    assert found == []
    for planted in ("annotator/utils.py", "annotator/common/x.py", "static/js/helpers.js", "tests/_util.py"):
        assert rules.junk_drawer(planted)


def test_the_top_of_the_house() -> None:
    wanted = [
        *("manage.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
        *("README.md", "CHANGELOG.md", "LICENSE"),
        *("script/server", "script/test", "script/lint", "script/bench"),
        *("docs/architecture.md", "docs/data-model.md", "docs/adr", ".ci/run"),
        *("annotator", "sources", "templates", "static", "tests"),
    ]
    assert [name for name in wanted if not (ROOT / name).exists()] == []
    for script in ("script/server", "script/test", "script/lint", "script/bench"):
        assert (ROOT / script).stat().st_mode & 0o111, f"{script} cannot be run"


# ── importing settings does nothing ───────────────────────────────────────────────────────────────

WATCH = """
import json, sys
effects = []
WRITES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.system",
          "os.fork", "os.posix_spawn", "shutil.", "socket.", "subprocess.Popen", "tempfile.")
def watch(event, args):
    written = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if written or event.startswith(WRITES):
        effects.append([event, repr(args[:2])[:200]])
sys.addaudithook(watch)
import {module}
print(json.dumps(effects))
"""


def effects_of_importing(module: str, folder: Path) -> tuple[list[Any], str]:
    """What a fresh process does to the world while it imports `module`, and what it prints meanwhile."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "SOURCELINE_DATA": str(folder / "data"),
        "PYTHONPATH": f"{ROOT}:{folder}",
    }
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCH.replace("{module}", module)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    *printed, effects = done.stdout.splitlines()
    return json.loads(effects), "\n".join([*printed, done.stderr])


def test_importing_settings_has_no_effect_on_the_world(tmp_path: Path) -> None:
    effects, printed = effects_of_importing("annotator.settings", tmp_path)
    assert effects == []
    assert printed == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.mkdir('made')",
        "open('made', 'w').close()",
        "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import tempfile; tempfile.mkdtemp()",
    ],
)
def test_an_effect_would_be_seen(tmp_path: Path, code: str) -> None:
    (tmp_path / "planted.py").write_text(code)
    assert effects_of_importing("planted", tmp_path)[0]


# ── jobs and migrations ───────────────────────────────────────────────────────────────────────────


def deferred() -> set[str]:
    """The job names that our code enqueues, constants looked up where they are used."""
    names = set()
    for path in own_files(".py", under=CODE):
        for written in rules.deferred_names(path.read_text()):
            module = importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
            names.add(str(eval(written, vars(module))))  # a literal or a constant of our own
    return names


@pytest.mark.lengthy
def test_every_job_that_is_enqueued_is_registered() -> None:
    from procrastinate.contrib.django import app

    app.perform_import_paths()
    assert deferred()
    assert deferred() - set(app.tasks) == set()


def test_names_of_jobs_are_found_however_they_are_written() -> None:
    written = "app.configure_task('a.b', lock=x).defer()\nqueue.configure_task(NAME).defer(id=1)"
    assert rules.deferred_names(written) == ["'a.b'", "NAME"]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# ── documents ─────────────────────────────────────────────────────────────────────────────────────


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *own_files(".md", under=("docs",))]
    links = [(page, link) for page in pages for link in rules.links(page.read_text())]
    assert len(links) > 15
    assert [f"{name_of(page)}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_rules_of_the_data_model_are_rules_of_the_database(
    django_db_blocker: Any, django_db_setup: None
) -> None:
    """Each name that the page gives as held by PostgreSQL is a constraint, a trigger, or raised by one."""
    page = (ROOT / "docs/data-model.md").read_text()
    table = page[page.index("## Rules that PostgreSQL holds") : page.index("## Keys and offsets")]
    named = {name for name in rules.names(table) if "/" not in name}
    assert len(named) > 40
    with django_db_blocker.unblock():
        found = "\n".join(line for lines in inventory().values() for line in lines)
    assert [name for name in sorted(named) if name not in found] == []
