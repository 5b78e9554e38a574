"""What no module does, since it was the hole in a tool like this one; each check is shown one that does."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house_rules import name_of, own_files

Found = Iterator[str]
DOORS = ("annotator/web/", "annotator/api/", "annotator/templatetags/")
OF_QUERIES = {
    "filter",
    "exclude",
    "get",
    "alias",
    "annotate",
    "order_by",
    "values",
    "values_list",
    "aggregate",
}
QUESTIONS = {"GET", "POST", "query_params", "data", "headers", "COOKIES"}
READS_OUR_OWN = {"annotator/citations/styled.py": "the styles that lie beside it"}
"""Who reads XML without a guard, and which."""


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {
        name_of(path): ast.parse(path.read_text())
        for path in own_files(".py", under=("annotator", "sources"))
    }


def names_of_strangers(name: str, tree: ast.Module) -> Found:
    """In what answers requests: lookups and orders whose names are not written where they stand."""
    for node in ast.walk(tree) if name.startswith(DOORS) else ():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in OF_QUERIES:
            if any(keyword.arg is None for keyword in node.keywords):
                yield f"{name}:{node.lineno} {ast.unparse(node)[:80]}"
            asked = {
                one.attr for part in node.args for one in ast.walk(part) if isinstance(one, ast.Attribute)
            }
            if node.func.attr == "order_by" and asked & QUESTIONS:
                yield f"{name}:{node.lineno} {ast.unparse(node)[:80]}"


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{one.name}") for one in node.names)


def importing(*modules: str) -> Callable[[str, ast.Module], Found]:
    def found(name: str, tree: ast.Module) -> Found:
        for line, one in imported(tree):
            if any(f"{one}.".startswith(f"{module}.") for module in modules):
                yield f"{name}:{line} imports {one}"

    return found


RUNS_WHAT_IT_READS = importing(
    "pickle", "marshal", "shelve", "dill", "joblib", "yaml.load", "yaml.unsafe_load"
)
EXEMPT = importing(
    "django.views.decorators.csrf.csrf_exempt", "django.views.decorators.csrf.requires_csrf_token"
)
SLOW = importing("html.parser", "HTMLParser", "html5lib", "bs4")
XML = importing("xml.etree", "xml.dom", "xml.sax.parse", "xml.sax.parseString", "lxml.etree.fromstring")


def kept(rule: Callable[[str, ast.Module], Found], trees: dict[str, ast.Module]) -> list[str]:
    return [found for name, tree in trees.items() for found in rule(name, tree)]


def sees(rule: Callable[[str, ast.Module], Found], text: str, name: str = "annotator/web/x.py") -> bool:
    return bool(list(rule(name, ast.parse(text))))


@pytest.mark.lengthy
def test_no_request_names_what_is_filtered_or_ordered_by(trees: dict[str, ast.Module]) -> None:
    assert kept(names_of_strangers, trees) == []
    for planted in (
        "rows.filter(**request.GET.dict())",
        "User.objects.get(**asked)",
        "rows.order_by(request.GET['order'])",
        "rows.order_by(*request.query_params.getlist('order'))",
    ):
        assert sees(names_of_strangers, planted), planted


@pytest.mark.lengthy
def test_nothing_is_exempt_from_the_forms_token(trees: dict[str, ast.Module]) -> None:
    assert kept(EXEMPT, trees) == []
    assert sees(EXEMPT, "from django.views.decorators.csrf import csrf_exempt")


@pytest.mark.lengthy
def test_nothing_is_read_that_runs_as_it_is_read(trees: dict[str, ast.Module]) -> None:
    assert kept(RUNS_WHAT_IT_READS, trees) == []
    assert sees(RUNS_WHAT_IT_READS, "import pickle") and sees(RUNS_WHAT_IT_READS, "from yaml import load")


@pytest.mark.lengthy
def test_no_markup_is_read_by_what_takes_the_square_of_its_length(trees: dict[str, ast.Module]) -> None:
    assert kept(SLOW, trees) == []
    assert sees(SLOW, "from html.parser import HTMLParser")


@pytest.mark.lengthy
def test_no_strangers_xml_is_read_without_a_guard(trees: dict[str, ast.Module]) -> None:
    assert {one.partition(":")[0] for one in kept(XML, trees)} == set(READS_OUR_OWN)
    assert sees(XML, "from xml.etree import ElementTree") and sees(XML, "import xml.dom.minidom")
