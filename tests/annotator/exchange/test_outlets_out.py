"""What tells an outlet apart leaves with a release, is verified there, and comes back with it."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.actions.outlets import merge
from annotator.actions.projects import open_project
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.sourceline_release import read_sourceline
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import receive
from annotator.intents.outlet import MergeOutlets
from annotator.models import Claim
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Article, Project, Publication, User

from .releases import seal, table, unpack, write, write_table

FEW = ("rejected", "disputed")
"""The statuses of a handful of the demo's claims, which are taken in again in a tenth of the time."""
ISSN, SITES, ITEM = "0261-3077", ["littoral.example", "xn--bcher-kva.example"], "Q42"


def article_of_few(project: Project) -> Article:
    """One with an outlet, in a release of few."""
    claims = Claim.objects.filter(project=project, status__in=FEW).order_by("pk")
    articles = [claim.annotation.snapshot.article for claim in claims]
    return next(article for article in articles if article.publication)


def known_outlet(project: Project) -> Publication:
    article = article_of_few(project)
    outlet = article.publication
    Publication.objects.filter(pk=outlet.pk).update(
        issn_l=ISSN, domains=SITES, wikidata=ITEM, version=outlet.version + 1
    )
    Article.objects.filter(pk=article.pk).update(modified="2025-04-30", version=article.version + 1)
    return outlet


@pytest.mark.lengthy
def test_identifiers_of_outlets_go_out_and_come_back(demo: Project, tmp_path: Path) -> None:
    outlet = known_outlet(demo)
    out = write(demo, tmp_path / "a.zip", statuses=FEW, with_texts=True)
    top = unpack(out, tmp_path / "a")
    header, *rows = table(top, "articles")
    theirs = [row for row in (dict(zip(header, r, strict=True)) for r in rows) if row["outlet_wikidata"]]
    assert {row["outlet_seen"] for row in theirs} == {outlet.name}
    told = {name: theirs[0][name] for name in ("outlet_issn", "outlet_issn_l", "outlet_domains")}
    assert told == {"outlet_issn": "", "outlet_issn_l": ISSN, "outlet_domains": ";".join(SITES)}
    assert [row["modified_edtf"] for row in theirs if row["modified_edtf"]] == ["2025-04-30"]
    items = json.loads((top / "data" / "references.json").read_text())
    assert {item.get("ISSN") for item in items if item["container-title"] == outlet.name} == {ISSN}
    assert f"issn = {{{ISSN}}}" in (top / "data" / "references.bib").read_text()
    assert f"SN  - {ISSN}" in (top / "data" / "references.ris").read_text()
    verify = [sys.executable, str(top / "data" / "verify.py")]
    assert subprocess.run(verify, capture_output=True, text=True, check=False).returncode == 0

    by = User.objects.filter(memberships__project=demo).first()
    fresh = open_project(by=by, name="Again", slug="again-with-outlets")
    taken = Publication.objects.create(project=fresh, name="Another", domains=SITES[1:])
    back = read_sourceline(of_path(out), Wishes())
    report = receive(by=by, project=fresh, bundle=back, origin="again", create_codes=True)
    assert report.refused == []
    again = Publication.objects.get(project=fresh, name=outlet.name)
    assert (again.issn, again.issn_l, again.wikidata, again.domains) == ("", ISSN, ITEM, SITES[:1])
    assert Publication.objects.get(pk=taken.pk).domains == SITES[1:], "what another has stays its"
    assert Article.objects.filter(project=fresh, modified="2025-04-30").count() == 1


def rows_of(top: Path, name: str) -> list[dict[str, str]]:
    header, *rows = table(top, name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def said_of(top: Path) -> str:
    seal(top)
    verify = [sys.executable, str(top / "data" / "verify.py")]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.lengthy
def test_outlets_go_out_with_what_was_merged_into_them_and_come_back_by_their_other_names(
    demo: Project, tmp_path: Path
) -> None:
    by = User.objects.filter(memberships__project=demo).first()
    outlet = article_of_few(demo).publication
    gone = Publication.objects.create(project=demo, name="Old; Littoral", is_agency=True, country="GB")
    Publication.objects.create(project=demo, name="Named By Nobody")
    intent = MergeOutlets(gone.uuid, outlet.uuid, (gone.version, outlet.version), "one paper")
    merge(by=by, project=demo, intent=intent)
    out = write(demo, tmp_path / "a.zip", statuses=FEW, with_texts=True)
    top = unpack(out, tmp_path / "a")
    told = {row["name"]: row for row in rows_of(top, "outlets")}
    assert "Named By Nobody" not in told
    kept, merged = told[outlet.name], told["Old; Littoral"]
    assert (kept["aliases"], kept["country"], kept["is_agency"]) == ("Old, Littoral", "GB", "TRUE")
    assert (kept["merged_into_id"], merged["merged_into_id"]) == ("", str(outlet.uuid))
    articles = rows_of(top, "articles")
    named = {row["outlet_id"]: row["outlet_seen"] for row in articles if row["outlet_id"]}
    assert named[str(outlet.uuid)] == outlet.name
    assert {row["outlet_original"] for row in articles} == {
        {one["outlet_id"]: one["name"] for one in told.values()}.get(row["outlet_original_id"], "")
        for row in articles
    }
    assert "all of it holds" in said_of(top)

    fresh = open_project(by=by, name="Again", slug="again-by-names")
    report = receive(
        by=by,
        project=fresh,
        bundle=read_sourceline(of_path(out), Wishes()),
        origin="again",
        create_codes=True,
    )
    assert report.refused == [] and Publication.objects.get(project=fresh, name=outlet.name).aliases == [
        "Old, Littoral"
    ]

    def change(table_name: str, column: str, row_of: str, value: str) -> str:
        again = unpack(out, tmp_path / f"{column}-{value[:4]}")
        header, *rows = table(again, table_name)
        at = header.index(column)
        changed = [[*row[:at], value, *row[at + 1 :]] if row_of in row else row for row in rows]
        write_table(again, table_name, [header, *changed])
        return said_of(again)

    assert "outlet_id names nothing in outlets" in change("articles", "outlet_id", outlet.name, "x")
    another = next(row["outlet_id"] for row in told.values() if row["name"] not in (outlet.name, gone.name))
    assert "not those of its outlet" in change("articles", "outlet_id", outlet.name, another)
    assert "merged_into_id names nothing" in change("outlets", "merged_into_id", str(gone.uuid), "x")
    assert "it is one with no other" in change("outlets", "merged_into_id", str(gone.uuid), "")


@pytest.mark.lengthy
def test_claims_name_their_text_and_cite_its_number_where_there_are_several(
    demo: Project, tmp_path: Path
) -> None:
    claim = Claim.objects.filter(project=demo, status="accepted").order_by("pk")[0]
    first = claim.annotation.snapshot
    assert first.article.url
    text = "Corrected at noon.\n\n" + first.text
    read = read_plain(f"URL: {first.article.url}\n\n{text}".encode())
    read = replace(read, outlet=str(first.article.publication or ""))
    imported = import_article(by=None, project=demo, read=read, raw=RawFile(text.encode()))
    assert imported.article == first.article and imported.snapshot.number == 2
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    texts = {row["article_id"]: row["n_texts"] for row in rows_of(top, "articles")}
    assert texts.pop(str(first.article.uuid)) == "2" and set(texts.values()) == {"1"}
    rows = rows_of(top, "claims")
    theirs = [row for row in rows if row["article_id"] == str(first.article.uuid)]
    assert {(row["snapshot_id"], row["text_number"]) for row in theirs} == {(str(first.uuid), "1")}
    assert all(" [text 1, sentence" in row["citation"] for row in theirs)
    assert not any("[text" in row["citation"] for row in rows if row not in theirs)
    assert "all of it holds" in said_of(top)
    header, *cells = table(top, "claims")
    at = header.index("text_number")
    write_table(top, "claims", [header, *([*row[:at], "2", *row[at + 1 :]] for row in cells)])
    assert "snapshot_id or text_number are not those of" in said_of(top)


@pytest.mark.lengthy
def test_an_issn_that_the_table_does_not_have_is_found_out(demo: Project, tmp_path: Path) -> None:
    known_outlet(demo)
    top = unpack(write(demo, tmp_path / "a.zip"), tmp_path / "a")
    header, *rows = table(top, "articles")
    at = header.index("outlet_issn_l")
    write_table(
        top, "articles", [header, *([*r[:at], "2434-561X" if r[at] else "", *r[at + 1 :]] for r in rows)]
    )
    seal(top)
    said = subprocess.run(
        [sys.executable, str(top / "data" / "verify.py")], capture_output=True, text=True, check=False
    )
    assert said.returncode == 1 and "ISSN is not that of articles.csv row" in said.stdout + said.stderr
