"""What tells an outlet apart leaves with a release, is verified there, and comes back with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.actions.projects import open_project
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.sourceline_release import read_sourceline
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import receive
from sources.models import Article, Project, Publication, User

from .releases import seal, table, unpack, write, write_table

ISSN, SITES, ITEM = "0261-3077", ["littoral.example", "xn--bcher-kva.example"], "Q42"


def known_outlet(project: Project) -> Publication:
    outlet = Article.objects.filter(project=project, publication__isnull=False).order_by("pk")[0].publication
    Publication.objects.filter(pk=outlet.pk).update(
        issn_l=ISSN, domains=SITES, wikidata=ITEM, version=outlet.version + 1
    )
    article = outlet.articles.order_by("pk")[0]
    Article.objects.filter(pk=article.pk).update(modified="2025-04-30", version=article.version + 1)
    return outlet


@pytest.mark.lengthy
def test_identifiers_of_outlets_go_out_and_come_back(demo: Project, tmp_path: Path) -> None:
    outlet = known_outlet(demo)
    out = write(demo, tmp_path / "a.zip", with_texts=True)
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
