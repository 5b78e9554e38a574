"""A dataset holds all that its rows point at: what stays behind is not named either."""

import pytest

from annotator.actions.relations import relate
from annotator.exchange.tables import TABLES
from annotator.exchange.verification import verify
from annotator.models import Claim
from sources.actions import mark_reprint
from sources.models import Article

from .releases import seal, table, unpack, write, write_table

# Ids that are not those of one table's rows: `of_id` is a row of one of four tables (verify.py looks there),
# `reference_id` the name of an entry in references.json; merged actors have no row of their own.
OTHER = {
    ("annotations", "of_id"),
    ("claims", "reference_id"),
    ("articles", "reference_id"),
    ("actors", "merged_ids"),
    ("events", "merged_ids"),
    ("actor_names", "merged_id"),
}
NOWHERE = "00000000-0000-0000-0000-000000000000"


def rows_of(top, name):
    header, *rows = table(top, name)
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def test_every_column_of_identifiers_says_whose_they_are():
    silent = {
        (made.name, column.name)
        for made in TABLES
        for column in made.columns
        if column.name.endswith(("_id", "_ids")) and not column.refers and made.key != (column.name,)
    }
    assert silent == OTHER


@pytest.mark.lengthy
def test_what_stays_behind_is_not_named(demo, tmp_path):
    said, denial, *_ = Claim.objects.filter(project=demo, status="accepted", withdrawn_at=None, inside=None)
    relate(by=None, claim=denial, other=said, kind="denies", basis="textual")
    inner = Claim.objects.filter(annotation__snapshot=said.annotation.snapshot_id).exclude(pk=said.pk).first()
    Claim.objects.filter(pk=inner.pk).update(inside=said, status="accepted")
    whole = {
        row["claim_id"]: row for row in rows_of(unpack(write(demo, tmp_path / "w"), tmp_path / "a"), "claims")
    }
    assert str(said.uuid) in whole[str(denial.uuid)]["refers_to_claim_ids"].split(";")
    assert whole[str(inner.uuid)]["inside_claim_id"] == str(said.uuid)

    Claim.objects.filter(pk=said.pk).update(status="draft")
    top = unpack(write(demo, tmp_path / "x", statuses=("accepted",)), tmp_path / "b")
    part = {row["claim_id"]: row for row in rows_of(top, "claims")}
    assert str(said.uuid) not in part
    assert str(said.uuid) not in part[str(denial.uuid)]["refers_to_claim_ids"]
    assert part[str(inner.uuid)]["inside_claim_id"] == ""
    assert verify(top).ok


@pytest.mark.lengthy
def test_a_reprint_of_an_article_that_stays_behind_keeps_its_outlet(demo, tmp_path):
    kept = Claim.objects.filter(project=demo, status="accepted", withdrawn_at=None).first()
    article = kept.annotation.snapshot.article
    original = Article.objects.filter(project=demo).exclude(pk=article.pk).exclude(reprint_of=article).first()
    mark_reprint(by=None, article=article, original=original)
    Claim.objects.filter(annotation__snapshot__article=original).update(status="draft")
    top = unpack(write(demo, tmp_path / "x", statuses=("accepted",)), tmp_path / "b")
    row = next(row for row in rows_of(top, "articles") if row["article_id"] == str(article.uuid))
    assert row["reprint_of_id"] == ""
    assert row["outlet_original"]
    assert verify(top).ok


@pytest.mark.lengthy
def test_a_name_of_nothing_is_found(top):
    for name, column in (
        ("claims", "inside_claim_id"),
        ("claims", "refers_to_claim_ids"),
        ("articles", "reprint_of_id"),
        ("actors", "only_in_article_id"),
    ):
        kept = table(top, name)
        at = kept[0].index(column)
        write_table(top, name, [kept[0], [*kept[1][:at], NOWHERE, *kept[1][at + 1 :]], *kept[2:]])
        seal(top)
        assert any(column in line for line in verify(top).lines), (name, column)
        write_table(top, name, kept)
    seal(top)
    assert verify(top).ok
