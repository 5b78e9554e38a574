"""A release of our own: ZIP or folder, checked as `verify.py` checks it before anything is read.

Taken over: texts (where the release has them), records of articles, mentions, events with participants and
the words of their slots, claims with everything that is said of them, relations, what is known of actors. Not
taken over: who reviewed what (decisions are made anew by the reviewers here), who made what (a note of the
origin), and what was merged (the survivor comes as it is).
"""

from collections.abc import Iterator
from uuid import UUID

from .bundle import Bundle, CodeEntry, Document, Placed, Record, RelationEntry, Unmapped
from .files import Files
from .release_claims import Claims
from .release_people import actors_of, events_of
from .release_tables import Release, Row, read_release, values
from .release_words import Words
from .wishes import Wishes


def read_sourceline(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead, also where not all of the release holds."""
    release = read_release(files)
    words = Words(release)
    claims = Claims(release, words, wishes)
    placed: dict[str, list[Placed]] = {}
    for snapshot, one in (*_mentions(release, words), *_event_mentions(release, words), *claims.placed()):
        placed.setdefault(snapshot, []).append(one)
    documents = tuple(_documents(release, placed))
    people = actors_of(release, words)
    happened = events_of(release, words)
    relations = tuple(_relations(release))
    unmapped = (*files.skipped, *claims.unmapped, *words.unmapped, *_not_taken(release))
    return Bundle(documents, people, happened, relations, tuple(_codes(release, claims)), unmapped)


def _documents(release: Release, placed: dict[str, list[Placed]]) -> Iterator[Document]:
    articles = {row["article_id"]: row for row in release.tables["articles"]}
    outlets = {row["outlet_id"]: row for row in release.tables["outlets"]}
    first = {row["article_id"]: row["snapshot_id"] for row in reversed(release.tables["snapshots"])}
    in_order = sorted(release.tables["snapshots"], key=lambda row: (row["article_id"], int(row["number"])))
    for row in in_order:
        article = articles[row["article_id"]]
        yield Document(
            at=release.at("snapshots", row),
            key=row["snapshot_id"],
            name=article["title"],
            text=release.text(row["sha256"]),
            sha256=row["sha256"],
            record=_record(article, outlets.get(article["outlet_id"], {})),
            placed=tuple(placed.get(row["snapshot_id"], ())),
            prints=first.get(article["reprint_of_id"], ""),
        )


def _record(article: Row, outlet: Row) -> Record:
    """`outlet` is the article's; releases before format 4 tell of none."""
    return Record(
        title=article["title"],
        subtitle=article["subtitle"],
        authors=tuple(values(article["authors"])),
        outlet=article["outlet_seen"],
        original_outlet=article["outlet_original"],
        outlet_issn=article["outlet_issn"],
        outlet_issn_l=article["outlet_issn_l"],
        outlet_wikidata=article["outlet_wikidata"],
        outlet_domains=tuple(values(article["outlet_domains"])),
        outlet_aliases=tuple(values(outlet.get("aliases", ""))),
        modified=article["modified_edtf"],
        published=article["published_edtf"],
        url=article["url"],
        archive_url=article["archive_url"],
        accessed=article["accessed"],
        section=article["section"],
        language=article["language"],
    )


def _mentions(release: Release, words: Words) -> Iterator[tuple[str, Placed]]:
    for row in release.tables["annotations"]:
        if row["kind"] == "actor":
            yield row["snapshot_id"], words.placed(row, "actor", {"actor": row["of_id"]})


def _event_mentions(release: Release, words: Words) -> Iterator[tuple[str, Placed]]:
    told = {row["annotation_id"]: row for row in release.tables["event_mentions"]}
    for row in release.tables["annotations"]:
        if row["kind"] == "event":
            mention = told[row["annotation_id"]]
            what = {
                "event": row["of_id"],
                "factuality": mention["factuality"],
                "factuality_words": mention["factuality_words"],
            }
            yield row["snapshot_id"], words.placed(row, "event", what)


def _relations(release: Release) -> Iterator[RelationEntry]:
    for row in release.tables["relations"]:
        body = {
            "claim": row["from_claim_id"],
            "other": row["to_claim_id"],
            "kind": row["kind"],
            "basis": row["basis"],
            "note": row["reason"],
        }
        yield RelationEntry(release.at("relations", row), UUID(row["relation_id"]), body)


def _codes(release: Release, claims: Claims) -> Iterator[CodeEntry]:
    """Each code that anything is coded with, once, where it first stands."""
    seen: dict[tuple[str, str], CodeEntry] = {}

    def note(table: str, row: Row, facet: str, key: str, definition: str = "") -> None:
        if key:
            at = release.at(table, row)
            seen.setdefault((facet, key), CodeEntry(at, facet, key, definition[:200] or _name(key)))

    for row in release.tables["claims"]:
        note("claims", row, "claim_type", claims.code("claim", row["claim_type"]))
        for topic in values(row["topics"]):
            note("claims", row, "topic", claims.code("topic", topic))
    for row in release.tables["positions"]:
        note("positions", row, "concept", row["concept"], row["proposition"])
    for table, column, facet in (
        ("annotations", "cue_type", "cue_type"),
        ("actors", "kind", "actor_kind"),
        ("events", "type", "event_type"),
        ("relations", "kind", "relation_kind"),
    ):
        for row in release.tables[table]:
            note(table, row, facet, row[column])
    yield from seen.values()


def _name(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").strip().capitalize() or key


def _not_taken(release: Release) -> Iterator[Unmapped]:
    for row in release.tables["reviews"]:
        what = f"{row['decision']} by {row['reviewer'] or 'somebody'}: claim {row['claim_id']}"
        yield Unmapped(release.at("reviews", row), what, "what was decided elsewhere is decided anew here")
    for row in release.tables["actors"]:
        if row["merged_ids"]:
            what = f"what was merged into “{row['name']}”"
            yield Unmapped(
                release.at("actors", row), what, "merges are not repeated: the survivor is taken over"
            )
    for row in release.tables["outlets"]:
        if row["merged_into_id"]:
            what = f"“{row['name']}”, which was merged into another outlet"
            yield Unmapped(
                release.at("outlets", row), what, "merges are not repeated: the survivor is taken over"
            )
    for row in release.tables["events"]:
        if row["merged_ids"]:
            what = f"what was merged into “{row['label']}”"
            yield Unmapped(
                release.at("events", row), what, "merges are not repeated: the survivor is taken over"
            )
