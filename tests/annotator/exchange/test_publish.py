import json
import zipfile

import pytest
from django.db import connection

from annotator.exchange import references_kept
from annotator.exchange.publish import Untrue, Wanted, publish
from annotator.exchange.tables import TABLES
from annotator.intents.release import Scope
from annotator.models import Claim
from annotator.queries import dataset
from sources.actions import confirm_reprint, reopen_reprint
from sources.models import Article, User

from .releases import table, unpack, write


@pytest.mark.lengthy
def test_the_same_content_gives_the_same_bytes(demo, tmp_path):
    one, two = write(demo, tmp_path / "one.zip"), write(demo, tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.lengthy
def test_only_what_was_asked_for_goes_out(demo, tmp_path):
    accepted = Claim.objects.filter(project=demo, status="accepted", withdrawn_at=None)
    top = unpack(write(demo, tmp_path / "a.zip", statuses=("accepted",)), tmp_path / "a")
    header, *rows = table(top, "claims")
    assert {row[0] for row in rows} == {str(claim.uuid) for claim in accepted}
    assert {row[header.index("review_status")] for row in rows} == {"accepted"}
    assert 0 < len(rows) < Claim.objects.filter(project=demo).count()


@pytest.mark.lengthy
def test_a_withdrawn_claim_does_not_go_out(demo, tmp_path):
    gone = Claim.objects.filter(project=demo, status="accepted").first()
    Claim.objects.filter(pk=gone.pk).update(withdrawn_at="2031-03-04T00:00Z")
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    assert str(gone.uuid) not in {row[0] for row in table(top, "claims")}


def test_texts_go_out_only_when_asked_for(demo_release):
    def texts(which):
        return [name for name in zipfile.ZipFile(demo_release[which]).namelist() if "/texts/" in name]

    assert texts("plain") == []
    assert len(texts("texts")) == 8


@pytest.mark.lengthy
def test_a_row_is_what_the_store_says(demo, tmp_path):
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    header, *rows = table(top, "claims")
    claims = Claim.objects.filter(project=demo).select_related("annotation__snapshot__article__publication")
    by_id = {str(claim.uuid): claim for claim in claims}
    assert len(rows) == len(by_id)
    for cells in rows:
        row = dict(zip(header, cells, strict=True))
        claim = by_id[row["claim_id"]]
        text = claim.annotation.snapshot.text
        pieces = [text[a:b] for a, b in claim.annotation.extent.stretches]
        assert row["quote"].removeprefix("'") == " […] ".join(pieces).removeprefix("'")
        assert row["outlet_seen"] == claim.annotation.snapshot.article.publication.name
        assert row["permalink"] == f"https://desk.example/c/{claim.uuid}/"
    speakers = {dict(zip(header, cells, strict=True))["n_speakers"] for cells in rows}
    assert {"0", "1"} <= speakers


@pytest.mark.lengthy
def test_reprints_are_one_independent_source(demo, tmp_path):
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    header, *rows = table(top, "articles")
    articles = [dict(zip(header, cells, strict=True)) for cells in rows]
    reprint = next(article for article in articles if article["reprint_of_id"])
    original = next(a for a in articles if a["article_id"] == reprint["reprint_of_id"])
    assert reprint["independent_source_group"] == original["independent_source_group"]
    assert len({a["independent_source_group"] for a in articles}) == len(articles) - 1
    assert reprint["outlet_original"]


@pytest.mark.lengthy
def test_a_reprint_counts_as_one_source_as_long_as_it_is_confirmed(demo, tmp_path):
    by, found = User.objects.first(), Article.objects.filter(project=demo, reprint_of=None)
    one, other = found.filter(original_publication=None).order_by("pk")[:2]

    def groups(name):
        header, *rows = table(unpack(write(demo, tmp_path / f"{name}.zip"), tmp_path / name), "articles")
        told = [dict(zip(header, cells, strict=True)) for cells in rows]
        return {
            row["independent_source_group"]
            for row in told
            if row["article_id"] in (str(one.uuid), str(other.uuid))
        }

    assert len(groups("before")) == 2
    confirm_reprint(by=by, article=other, original=one)
    assert len(groups("confirmed")) == 1
    reopen_reprint(by=by, article=other, original=one)
    assert len(groups("taken-back")) == 2


def test_every_article_has_its_reference(demo_release, tmp_path):
    top = unpack(demo_release["plain"], tmp_path / "a")
    references = json.loads((top / "data" / "references.json").read_text())
    header, *rows = table(top, "articles")
    assert {item["id"] for item in references} == {row[header.index("reference_id")] for row in rows}
    assert {item["type"] for item in references} == {"article-newspaper"}


def test_one_bad_row_fails_the_build_and_is_named(demo, tmp_path, monkeypatch):
    """The database refuses an untrue quote; so the store's answer is falsified on its way here."""
    honest = dataset.Dataset.rows
    named = []

    def falsified(self, name):
        for record in honest(self, name):
            if name == "annotations" and record["kind"] == "claim" and not named:
                named.append(record["annotation_id"])
                yield record | {"quotes": ["x" + record["quotes"][0][1:], *record["quotes"][1:]]}
            else:
                yield record

    monkeypatch.setattr(dataset.Dataset, "rows", falsified)
    with pytest.raises(Untrue) as refused:
        publish(demo, Wanted(), tmp_path / "a.zip")
    (problem,) = refused.value.problems
    assert named[0] in problem
    assert "the quote is not what the text has at" in problem
    assert not (tmp_path / "a.zip").exists()


def test_rows_come_by_a_cursor_of_the_server(demo):
    """Memory stays flat because no table is fetched whole."""
    with dataset.selected(demo, Scope()) as found:
        rows = found.rows("claims")
        next(rows)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors")
            assert cursor.fetchone()[0] >= 1
        rows.close()


@pytest.mark.lengthy
def test_the_number_of_queries_does_not_follow_the_number_of_claims(demo, django_assert_max_num_queries):
    for statuses in (("disputed",), ("accepted", "submitted", "disputed", "rejected")):
        with dataset.selected(demo, Scope(statuses=statuses)) as found, django_assert_max_num_queries(7):
            assert len(list(found.claims())) >= 1


def test_twenty_tables_each_once():
    assert len(TABLES) == len({table.name for table in TABLES}) == 20


@pytest.mark.lengthy
def test_each_reference_is_formatted_once(demo, tmp_path, monkeypatch):
    """The formatter is slow, and a release says a reference in each row of an article's claims."""
    formatted = []

    def counted(article):
        formatted.append(article.uuid)
        return f"Reference of {article.title}"

    monkeypatch.setattr(references_kept, "cite", counted)
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    header, *rows = table(top, "articles")
    assert sorted(formatted) == sorted(row[0] for row in rows)
    assert [row[header.index("citation")] for row in rows] == [f"Reference of {row[1]}" for row in rows]
    assert list((tmp_path).glob("*.scratch")) == []


def test_no_table_goes_through_every_annotation_for_each_of_its_rows(demo):
    """What PostgreSQL cannot keep hashed in memory it reads anew for each row: a million times a million."""
    with dataset.selected(demo, Scope()), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64kB'")
        cursor.execute("SET LOCAL enable_hashagg = off")
        for name in ("articles", "snapshots"):
            cursor.execute(f"EXPLAIN {dataset.QUESTIONS[name]}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "release_annotation" not in plan, name
