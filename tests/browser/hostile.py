"""A world in which every text that a user or a file can fill is a script that wants to run.

What the actions take is brought in by them. Then every free column of every row is overwritten behind their
backs: pages have to show as text also what is refused today, or was taken in before it was.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from annotator.actions import intakes
from annotator.models import Heard, HeardIn, WorkIn
from sources.actions import invite
from sources.actions.tokens import make_token
from sources.models import Change, Scope
from tests.annotator.jobs.test_stalled import run_worker
from tests.behind_every_address import complete
from tests.factories import World, annotate, claim, new_actor, stored
from tests.permissions.pages import pages_of_projects

from .account_pages import ADDRESSES

SCRIPTS = (
    '"><script>window.__xss=1</script>',
    "<img src=x onerror=window.__xss=1>",
    "</script><script>window.__xss=1</script>",
    "'><svg onload=window.__xss=1>",
    "javascript:window.__xss=1//",
    '" autofocus onfocus=window.__xss=1 x="',
    "{{constructor.constructor('window.__xss=1')()}}",
    "--></textarea></title><iframe srcdoc='<script>parent.__xss=1</script>'>",
)
ASKED = quote("".join(SCRIPTS))

COUNTED = (Heard, HeardIn, WorkIn)
"""Made of the others by the database, and of these columns only dates and keys of statuses have words."""
KEPT = {
    **dict.fromkeys(("password", "username", "slug", "key", "request", "request_id", "table"), "a key"),
    **dict.fromkeys(("published", "modified", "said_on", "period", "date", "since", "until"), "a date"),
    **dict.fromkeys(("sha256", "token_prefix", "prefix", "suffix", "quotes", "text"), "of the text itself"),
    **dict.fromkeys(("method", "recipe", "operation", "deed", "act", "review", "found_by"), "our own word"),
    **dict.fromkeys(("encoding", "media_type", "bands", "site", "file_name"), "what the reader found out"),
}
"""Columns that no user's own words stand in, and what stands there; but a comment's text is theirs."""
FORMED = {
    *("annotator_actor.wikidata", "annotator_code.colour", "annotator_code.shortcut"),
    *("annotator_event.place_wikidata", "annotator_event.place_geonames"),
    *("sources_publication.country", "sources_publication.domains", "sources_publication.issn"),
    *("sources_publication.issn_l", "sources_publication.language", "sources_publication.wikidata"),
    *("sources_host.name", "sources_invitation.mailed_sha256", "sources_apitoken.digest"),
    *("sources_apitoken.prefix", "sources_invitation.token_sha256"),
}
"""Columns in which the database itself takes no such words."""

TEXT = f"""{SCRIPTS[1]} closes the bridge

By {SCRIPTS[3]}

“We saw {SCRIPTS[0]} at dawn,” said {SCRIPTS[2]}, who looked. {SCRIPTS[4]} was shut {SCRIPTS[5]} for days.
"""


def payload(turn: int, longest: int | None) -> str:
    """As many of the scripts as have room, another one first each time."""
    found = ""
    for one in (SCRIPTS[(turn + i) % len(SCRIPTS)] for i in range(len(SCRIPTS))):
        if longest is None or len(found) + len(one) <= longest - 8:
            found += one
    return found and f"{found} {turn}"


def address(turn: int) -> str:
    return (SCRIPTS[4], "http://x.example/" + SCRIPTS[0], "https://x.example/" + SCRIPTS[5])[turn % 3]


LISTS = ("articles", "claims", "speakers", "events", "outlets", "review", "discussions", "history")


def hostile_places(world: World, owner: psycopg.Cursor) -> dict[str, list[str]]:
    """The pages of such a world by the names of their addresses; `brought in` are those of what the actions
    took. It is committed, and what lies in the data folder of the settings goes with it."""
    complete(world)
    found = {name: list(row) for name, row in ADDRESSES.items()} | {"home": ["/"], "verify": ["/verify/"]}
    found["asked for"] = [f"/p/here/{name}/?q={ASKED}" for name in LISTS]
    for name, page in pages_of_projects(world):
        found.setdefault(name, []).append(page)
    found["brought in"] = bring_in(world)
    link = invite(by=world.manager, project=world.here.project, role="viewer", uses_most=9).token
    found["invitation"] = [reverse("invitation", args=[link])]
    until = timezone.now() + timedelta(days=9)
    make_token(by=world.manager, name="A token", scope=Scope.READ, expires_at=until)
    assert poison(owner) <= FORMED
    return found


def bring_in(world: World) -> list[str]:
    """What the actions take: an article with its marks, and files. Where it is shown."""
    by, project = world.manager, world.here.project
    text = stored(by, project, TEXT, SCRIPTS[1])
    annotate(by, text, "actor", SCRIPTS[2], **new_actor(SCRIPTS[2], aliases=[SCRIPTS[3]]))
    said = {"role": "said", "sources": [new_actor(SCRIPTS[0])]}
    made = claim(
        by, text, SCRIPTS[0], voice="attributed", chains=[[said]], paraphrase=SCRIPTS[2] + SCRIPTS[1]
    )
    table = ",".join('"' + one.replace('"', '""') + '"' for one in SCRIPTS).encode()
    files = {"table.csv": table + b"\n" + table + b"\n", "empty.txt": b" ", "full.txt": TEXT.encode()}
    taken = [
        intakes.begin(by=by, project=project, uploads=[intakes.Upload(f"{SCRIPTS[1]}{name}", [raw])])
        for name, raw in files.items()
    ]
    run_worker()
    report = f"/p/here/articles/import/{taken[0].uuid}/columns/"
    room = f"/p/here/articles/{text.article.uuid}/"
    return [room, f"/c/{made.uuid}/", report, *(f"/p/here/articles/import/{one.uuid}/" for one in taken)]


def free_columns() -> Iterator[tuple["models.Field[Any, Any]", int | None]]:
    """Every column for words of whoever fills it, and how many characters it takes at most."""
    for app in ("sources", "annotator"):
        for model in apps.get_app_config(app).get_models():
            if model in COUNTED:
                continue
            for field in model._meta.concrete_fields:
                inner = field.base_field if isinstance(field, ArrayField) else field
                words = isinstance(inner, models.CharField | models.TextField) and not inner.choices
                theirs = field.column not in KEPT or model._meta.db_table == "annotator_comment"
                if words and theirs and not isinstance(field, models.GeneratedField):
                    yield field, inner.max_length


def poison(owner: psycopg.Cursor) -> set[str]:
    """Overwrite them all, with the guards off. The columns in which the database refused such words."""
    formed, columns = set(), list(free_columns())
    tables = {field.model._meta.db_table for field, _ in columns} | {"sources_change", "annotator_batch"}
    for table in tables:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute("UPDATE sources_invitation SET uses_most = 1")
    owner.execute("UPDATE annotator_claim SET assessment = 'doubtful', assessment_reason = 'a reason'")
    for field, longest in columns:
        table = field.model._meta.db_table
        rows = [key for (key,) in owner.execute(f"SELECT {field.model._meta.pk.column} FROM {table}")]
        try:
            for key in rows:
                owner.execute(
                    f'UPDATE {table} SET "{field.column}" = %s WHERE {field.model._meta.pk.column} = %s',
                    (_words(field, key, longest), key),
                )
        except psycopg.errors.CheckViolation:
            formed.add(f"{table}.{field.column}")
    _poison_histories(owner, {(field.model._meta.db_table, field.column) for field, _ in columns})
    owner.execute(
        "UPDATE annotator_batch SET said = %s", (json.dumps([[payload(1, None), payload(2, None)]]),)
    )
    owner.execute("UPDATE sources_project SET is_public = true")
    for table in tables:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return formed


def _words(field: "models.Field[Any, Any]", key: int, longest: int | None) -> str | list[str]:
    words = address(key) if field.column in ("url", "archive_url", "address") else payload(key, longest)
    return [words] if isinstance(field, ArrayField) else words


def _poison_histories(owner: psycopg.Cursor, columns: set[tuple[str, str]]) -> None:
    for change in Change.objects.all():
        both = [_told(change.table, told, columns, change.pk) for told in (change.before, change.after)]
        owner.execute(
            "UPDATE sources_change SET before = %s, after = %s WHERE id = %s",
            (*(json.dumps(told) if told is not None else None for told in both), change.pk),
        )


def _told(table: str, told: Mapping[str, Any] | None, columns: set[tuple[str, str]], turn: int) -> Any:
    if told is None:
        return None
    return {
        key: payload(turn, None) if (table, key) in columns and isinstance(value, str) and value else value
        for key, value in told.items()
    }
