"""A release from before an article was taken again, and one after: both sound, and their difference tells."""

from dataclasses import replace

import pytest

from annotator.actions import carrying
from annotator.exchange.verification import verify
from annotator.models import Annotation
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Snapshot

from .releases import table, unpack, write
from .test_differences import found


def rows_of(top, name: str) -> dict[str, dict[str, str]]:
    header, *rows = table(top, name)
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


@pytest.mark.slow
def test_each_row_names_its_text_before_and_after(demo, demo_release, tmp_path):
    before = demo_release["texts"]
    busiest = Annotation.objects.filter(kind="claim", snapshot__article__publication__isnull=False)
    first = busiest.exclude(snapshot__article__url="").order_by("pk")[0].snapshot
    waits = busiest.filter(snapshot=first).order_by("-pk")[0]
    text = "Corrected at noon.\n\n" + first.text.replace(waits.quotes[0], waits.quotes[0].upper())
    read = read_plain(f"URL: {first.article.url}\n\n{text}".encode())
    read = replace(read, outlet=first.article.publication.name)
    imported = import_article(by=None, project=demo, read=read, raw=RawFile(text.encode()))
    assert imported.outcome == "changed"
    done = carrying.carry(by=None, snapshot=imported.snapshot)
    assert done.exact > 20 and done.waiting
    after = write(demo, tmp_path / "after.zip", with_texts=True)
    for path in (before, after):
        assert verify(path).ok
    was, now = (unpack(path, tmp_path / name) for path, name in ((before, "a"), (after, "b")))
    snapshots = rows_of(now, "snapshots")
    assert {str(first.uuid), str(imported.snapshot.uuid)} <= snapshots.keys()
    assert snapshots[str(imported.snapshot.uuid)]["number"] == "2"
    old, new = rows_of(was, "annotations"), rows_of(now, "annotations")
    assert old.keys() == new.keys(), "every annotation keeps its identifier"
    moved = {key for key in old if old[key]["snapshot_id"] != new[key]["snapshot_id"]}
    assert len(moved) == done.exact
    assert {new[key]["snapshot_sha256"] for key in moved} == {imported.snapshot.sha256}
    assert new[str(waits.uuid)]["snapshot_sha256"] == first.sha256, "what waits is exported as it was"
    claims = rows_of(now, "claims")
    assert {row["snapshot_sha256"] for row in claims.values()} <= set(
        Snapshot.objects.filter(project=demo).values_list("sha256", flat=True)
    )
    _, told = found(was, now, tmp_path)
    changed = {one.key for one in told if one.table == "annotations" and one.what == "changed"}
    assert moved <= changed
