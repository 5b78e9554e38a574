"""What is no page is saved and never shown: it holds words that strangers wrote."""

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Ask
from .places import Walls
from .routes import Route, routes
from .table import rows

pytestmark = pytest.mark.lengthy
POLICY = {
    *("default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"),
    *("script-src 'self'", "style-src 'self'", "font-src 'self'", "connect-src 'self'", "form-action 'self'"),
    *("img-src 'self' data:", "require-trusted-types-for 'script'", "trusted-types default"),
}
SAVED = {
    "text/csv",
    "image/svg+xml",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/jsonl",
    "application/x-ndjson",
}
"""Kinds that are files wherever they come from."""
READ_BY_PROGRAMS = {
    "health": "text/plain",
    "claim_form": "application/ld+json",
    "api_tutorial": "text/plain",
}
"""Addresses that answer programs, or who writes them, with neither a file nor JSON of the API: with what."""
FILES = {
    "codebook_file",
    "history_file",
    "intake_csv",
    "overview_plot",
    "release_changes_file",
    "release_download",
    "release_workbook",
    "speaker_plot",
    "text_raw",
}
"""The addresses of files outside of the API, by their names."""
OF_THE_API = {
    "/api/v1/projects/<slug>/claims/<uuid>/documents/<form>/",
    "/api/v1/projects/<slug>/codebook/file/",
    "/api/v1/projects/<slug>/history/download/",
    "/api/v1/projects/<slug>/releases/<number>/download/",
    "/api/v1/projects/<slug>/releases/<number>/workbook/",
    "/api/v1/projects/<slug>/releases/<number>/changes/download/",
    "/api/v1/projects/<slug>/texts/<uuid>/raw/",
}


def _answered(walls: Walls, ask: Ask) -> Iterator[tuple[Route, Any]]:
    table = {row.route: row for row in rows()}
    for route in routes():
        row = table.get(route.shown)
        if row and "GET" in row.may and "nobody" not in row.may.values():
            addresses = {walls.address(route, row)}
            if "kind" in route.arguments:
                addresses |= {walls.address(route, row, kind=one) for one in ("csv", "svg", "json")}
            if "form" in route.arguments:
                addresses |= {walls.address(route, row, form=one) for one in ("csv", "jsonl")}
            for one in sorted(addresses):
                yield route, ask("manager", "GET", one)


def kind_of(answer: Any) -> str:
    return str(answer.headers.get("Content-Type", "")).split(";")[0]


def test_files_are_attachments_that_may_do_nothing_and_all_else_is_shown_under_a_policy(
    walls: Walls, ask: Ask
) -> None:
    files = []
    for route, one in _answered(walls, ask):
        kind, policy = kind_of(one), one.headers.get("Content-Security-Policy", "")
        assert one.headers["X-Content-Type-Options"] == "nosniff", route.shown
        if "Content-Disposition" in one.headers:
            files.append(route)
            assert one.headers["Content-Disposition"].startswith("attachment; filename="), route.shown
            assert policy == "sandbox; default-src 'none'", route.shown
        elif kind == "text/html":
            assert set(policy.split("; ")) == POLICY, route.shown
        elif one.status_code == 200:
            assert route.of_programs or kind == READ_BY_PROGRAMS.get(route.name), (route.shown, kind)
            assert kind not in SAVED, route.shown
    assert {route.name for route in files if not route.of_programs} == FILES
    assert {route.shown for route in files if route.of_programs} == OF_THE_API
