"""event_mentions.csv: as what each mention tells its event; what is falsified is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.exchange.verification import verify
from annotator.models import EventMention
from annotator.queries.annotation_json import SURVIVOR
from sources.models import Project

from .releases import seal, table, unpack, write_table


def test_every_mention_goes_out_with_as_what_it_tells_the_event(
    demo: Project, demo_release: dict[str, Path], tmp_path: Path
) -> None:
    top = unpack(demo_release["texts"], tmp_path / "texts")
    header, *rows = table(top, "event_mentions")
    assert header == ["annotation_id", "event_id", "factuality", "factuality_words"]
    mentions = EventMention.objects.filter(project=demo).values_list(
        "annotation__uuid", SURVIVOR, "factuality", "factuality_words"
    )
    assert {tuple(map(str, row)) for row in mentions} >= {tuple(row) for row in rows}
    assert [row[2:] for row in rows if row[2] != "happened"] == [["planned", "may leave"]]
    assert len(rows) == len({row[0] for row in rows}) > 15


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("event_id", lambda cell, other: other),
        ("annotation_id", lambda cell, other: cell[:-1] + ("0" if cell[-1] != "0" else "1")),
        ("factuality", lambda cell, other: "rumoured"),
        ("factuality", lambda cell, other: ""),
    ],
)
def test_a_falsified_mention_is_named(top: Path, column: str, change: Callable[[str, str], str]) -> None:
    rows = table(top, "event_mentions")
    at = rows[0].index(column)
    rows[2][at] = change(rows[2][at], next(row[1] for row in rows[1:] if row[1] != rows[2][1]))
    write_table(top, "event_mentions", rows)
    seal(top)
    assert any(line.startswith("event_mentions.csv row 3 ") for line in verify(top).lines)


def test_a_mention_that_is_left_out_is_missed(top: Path) -> None:
    rows = table(top, "event_mentions")
    write_table(top, "event_mentions", [*rows[:2], *rows[3:]])
    seal(top)
    assert any("event_mentions.csv" in line for line in verify(top).lines)
