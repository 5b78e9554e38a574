"""Rows of the dataset from the records of the store: pure, one function for each table that needs one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any

from annotator.citations.csl import ArticleRecord, cite, item, reference_id, with_sentences
from annotator.citations.fragment import Fragment
from sources.text.digest import sha256_hex
from sources.text.editing import EDITED, bare, edits
from sources.text.offsets import Extent
from sources.text.quotations import Stretch, quotations
from sources.text.quoted import asides, inside, quoted

from .exporters.tables_csv import name_list, register_list
from .tables.attributions import AttributionRow
from .tables.claims import QUOTE_JOINER, ClaimRow
from .tables.evidence import ActorRow, AnnotationRow, ArticleRow, SentenceRow, SnapshotRow
from .tables.outlets import OutletRow

Record = Mapping[str, Any]
PARTS = ("time_ids", "period_ids", "hedge_ids", "gloss_ids", "marks_ids")
"""Columns of a claim's annotations of each kind."""


@cache
def _columns(row: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row))


def plain(row: type, record: Record, **more: Any) -> Any:
    """The row class filled from the record's columns of the same name, with `more` in their place."""
    made = {name: record[name] for name in _columns(row) if name in record} | more
    for name, value in made.items():
        if type(value) is list:
            made[name] = tuple(value)
    return row(**made)


def extent_of(record: Record) -> Extent:
    """The record's multirange as an extent."""
    return Extent(tuple((stretch.lower, stretch.upper) for stretch in record["extent"]))


def article_record(record: Record) -> ArticleRecord:
    return ArticleRecord(
        uuid=record["article_id"],
        title=record["title"],
        authors=tuple(record["authors"]),
        outlet=record["outlet_seen"] or "",
        issn=record["outlet_issn"] or record["outlet_issn_l"] or "",
        published=record["published_edtf"],
        url=record["url"],
        archive_url=record["archive_url"],
        accessed=record["accessed"],
        section=record["section"],
        language=record["language"],
    )


def csl_item(record: Record) -> dict[str, Any]:
    return item(article_record(record))


def article_row(record: Record, reference: Callable[[ArticleRecord], str] = cite) -> ArticleRow:
    cited = article_record(record)
    return plain(
        ArticleRow,
        record,
        authors=name_list(record["authors"]),
        snapshot_sha256=tuple(record["digests"]),
        citation=reference(cited),
        reference_id=reference_id(cited),
    )


def outlet_row(record: Record) -> OutletRow:
    return plain(OutletRow, record, aliases=name_list(record["aliases"]))


def actor_row(record: Record) -> ActorRow:
    return plain(
        ActorRow,
        record,
        aliases=name_list(record["names"]),
        identifiers=register_list(record["registers"]),
        wikidata=record["wikidata"] or None,
        anonymous_number=record["anonymous_number"] or None,
    )


def attribution_row(record: Record) -> AttributionRow:
    return plain(AttributionRow, record, cue=QUOTE_JOINER.join(record["cues"]))


def annotation_row(record: Record) -> AnnotationRow:
    return plain(
        AnnotationRow,
        record,
        snapshot_id=record["snapshot"],
        extent=str(extent_of(record)),
        quotes=json.dumps(record["quotes"], ensure_ascii=False),
    )


def snapshot_row(record: Record, with_texts: bool) -> SnapshotRow:
    return plain(SnapshotRow, record, text_included=with_texts)


def sentence_row(record: Record, text: str, link: Fragment) -> SentenceRow:
    words = text[record["start"] : record["end"]]
    return plain(
        SentenceRow,
        record,
        snapshot_id=record["snapshot"],
        text=words,
        gap_after=text[record["end"] : record["next_start"]],
        sha256=sha256_hex(words),
        fragment_url=link.url,
        fragment_state=link.state,
    )


def claim_row(record: Record, article: ArticleRow, text: str, link: Fragment, release: Record) -> ClaimRow:
    """`text` is the snapshot's; `release` gives `version` and the address of the `site`."""
    extent = extent_of(record)
    quote = QUOTE_JOINER.join(record["quotes"])
    printed = " ".join(quote.split())
    return plain(
        ClaimRow,
        record,
        **_speaker(record),
        **_addressee(record),
        targets=name_list(record["target_names"]),
        **{name: getattr(article, name) for name in REPEATED},
        quote=quote,
        quote_printed=printed,
        quote_bare=_bare(record, extent, text, printed),
        hedge=QUOTE_JOINER.join(record["speakers_hedges"] or ()),
        reporters_hedge=QUOTE_JOINER.join(record["reporters_hedges"] or ()),
        **{name: tuple(record[name] or ()) for name in PARTS},
        cue=QUOTE_JOINER.join(record["cues"]),
        sentences=_sentences(record, text),
        fragment_url=link.url,
        fragment_state=link.state,
        extent=str(extent),
        first_start=extent.start,
        last_end=extent.end,
        snapshot_id=record["snapshot"],
        citation=with_sentences(
            article.citation, record["numbers"], record["text_number"] if article.n_texts > 1 else 0
        ),
        permalink=f"{release['site'].rstrip('/')}/c/{record['claim_id']}/",
        release_version=release["version"],
    )


def _bare(record: Record, extent: Extent, text: str, printed: str) -> str:
    """The quote without insertions, omission signs, glosses and what breaks into it to name who speaks."""
    left_out = [(stretch.lower, stretch.upper) for stretch in record["glosses"] or ()]
    if record["quotation_type"] == "direct":
        left_out += asides(text, extent, _between_marks(text))
    edited = edits(text, inside(extent, _between_marks(text))) if EDITED.search(printed) else []
    return bare(text, extent, QUOTE_JOINER, edited, left_out) if edited or left_out else printed


@lru_cache(maxsize=2)
def _between_marks(text: str) -> list[Stretch]:
    return quoted(quotations(text))


REPEATED = (
    *("article_id", "title", "outlet_seen", "outlet_original", "independent_source_group", "url"),
    *("published_edtf", "published_min", "published_max", "language", "reference_id"),
)


def _speaker(record: Record) -> dict[str, Any]:
    """The columns of the speaker; those of one person only where there is one."""
    people = record["speaker_ids"] or []
    made: dict[str, Any] = {"n_speakers": len(people), "speaker": name_list(record["speaker_names"] or [])}
    if len(people) == 1:
        made |= {
            "speaker_id": people[0],
            "speaker_kind": record["speaker_kinds"][0],
            "speaker_naming": record["speaker_namings"][0],
            "role_at_time": record["speaker_roles"][0],
        }
    return made


def _addressee(record: Record) -> dict[str, Any]:
    """The columns of whom the speakers speak to; those of one actor only where there is nobody else."""
    heard = record["heard_ids"] or []
    made: dict[str, Any] = {"addressee": name_list(record["heard_names"] or [])}
    if len(heard) == 1:
        made |= {"addressee_id": heard[0], "addressee_mention_id": record["heard_mentions"][0]}
    return made


def _sentences(record: Record, text: str) -> str:
    """The sentences, with what stands between two that follow each other."""
    return QUOTE_JOINER.join(text[start:end] for start, end in _runs(record))


def _runs(record: Record) -> Iterable[tuple[int, int]]:
    runs: list[list[int]] = []
    last = None
    for number, start, end in zip(record["numbers"], record["starts"], record["ends"], strict=True):
        if last is not None and number == last + 1:
            runs[-1][1] = end
        else:
            runs.append([start, end])
        last = number
    return [(start, end) for start, end in runs]
