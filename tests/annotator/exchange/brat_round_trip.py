"""Out as brat, into a new project, and out again: what two releases say that brat carries."""

import csv
import json
from pathlib import Path
from uuid import uuid5

from annotator.actions.projects import open_project
from annotator.exchange.importers import polnear
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving.receive import receive
from annotator.exchange.receiving.report import Report
from sources.models import Project, User

from .releases import EVERY, unpack, write

CLAIM = (
    *("claim_id", "claim_type", "quotation_type", "voice", "polarity", "negated", "inside_claim_id"),
    *("extent", "quote", "snapshot_sha256", "cue_types"),
)
LINK = ("claim_id", "chain", "link", "role", "act", "basis", "quotation_type")
SPEAKER = ("claim_id", "chain", "link", "actor_id", "actor_kind", "naming", "mention_id", "role_at_time")
Said = dict[str, list[tuple[str, ...]]]


def out(project: Project, folder: Path, statuses: tuple[str, ...] = EVERY) -> Path:
    return unpack(write(project, folder / "out.zip", statuses, with_texts=True), folder / "unpacked")


def brought(by: User, top: Path, slug: str) -> tuple[Project, Report]:
    """The release's `brat/` in a project of its own."""
    copy = open_project(by=by, name="Copy", slug=slug)
    bundle = polnear.read(of_path(top / "data" / "brat"), Wishes())
    return copy, receive(by=by, project=copy, bundle=bundle, origin="brat", create_codes=True)


def carried(top: Path) -> Said:
    """What the tables say that brat carries, in an order of its own."""
    claims, links = rows(top, "claims"), rows(top, "attributions")
    own = {row["attribution_id"]: row for row in links if row["outer_link"] == "FALSE"}
    speakers = [row for row in rows(top, "claim_speakers") if row["attribution_id"] in own]
    several = {key for key in own if sum(row["attribution_id"] == key for row in speakers) > 1}
    annotations = [row for row in rows(top, "annotations") if row["kind"] in ("claim", "actor")]
    annotations += [row for row in rows(top, "annotations") if row["kind"] == "cue" and row["of_id"] in own]
    return {
        "claims": sorted((*(row[c] for c in CLAIM), " ".join(row["paraphrase"].split())) for row in claims),
        "links": sorted(tuple(row[c] for c in LINK) for row in own.values()),
        "cues": sorted(
            (row["claim_id"], row["chain"], row["link"], cue)
            for row in own.values()
            for cue in row["cue_ids"].split(";")
        ),
        "speakers": sorted(
            (*(row[c] for c in SPEAKER), row["jointly"] if row["attribution_id"] in several else "")
            for row in speakers
        ),
        "order": sorted(
            (row["claim_id"], row["chain"], row["link"], row["position"], row["actor_id"]) for row in speakers
        ),
        "marks": sorted(
            (row["annotation_id"], row["kind"], row["extent"], row["quotes"], row["snapshot_sha256"])
            + ((row["of_id"],) if row["kind"] == "actor" else (row["cue_type"],))
            for row in annotations
        ),
    }


def as_it_was(said: Said, first: Said, copy: Project) -> Said:
    """With the identifiers that things had before, which another project of this server has still."""
    before = {part for rows in first.values() for row in rows for cell in row for part in cell.split(";")}
    derived = {str(uuid5(copy.uuid, part)): part for part in before}

    def old(cell: str) -> str:
        return ";".join(derived.get(part, part) for part in cell.split(";"))

    return {name: sorted(tuple(map(old, row)) for row in rows) for name, rows in said.items()}


def rows(top: Path, name: str) -> list[dict[str, str]]:
    with (top / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [{key: cell.removeprefix("'") for key, cell in row.items()} for row in csv.DictReader(stream)]


def told(report: Report) -> str:
    return json.dumps(report.to_json(), ensure_ascii=False, indent=1)
