"""What somebody did to a row of each table, as a phrase to be read after their name.

In a phrase {it} is what the row is called, {what} what rows of the table are, {of} what it is a part of, with
its name and its page.
"""

from dataclasses import dataclass

from sources.models import Change

from .history_words import Row


@dataclass(frozen=True)
class Phrases:
    """Of a row that came, was changed, and went."""

    came: str
    changed: str
    went: str


PART = Phrases(
    "added the {what} {it} to {of}", "changed the {what} {it} of {of}", "took the {what} {it} from {of}"
)
RECORD = Phrases("made the record of {of}", "changed the record of {of}", "deleted {of}")
SAME = Phrases("merged {of} into {it}", "changed the merge of {of} into {it}", "deleted the merge of {of}")
COMPARED = Phrases("said of {of}: {it}", "changed what is said of {of}: {it}", "took back of {of}: {it}")
MERGED = ("made {of} one with another", "let {of} stand on its own again")
MENTION = Phrases(
    "marked {it} as a mention of {of}",
    "changed the mention {it} of {of}",
    "took {it} away as a mention of {of}",
)

PHRASES: dict[str, Phrases] = {
    "annotator_claim": Phrases("marked {of}", "changed {of}", "deleted {of}"),
    "annotator_annotation": Phrases(
        "marked the {what} {it} in {of}",
        "changed the {what} {it} in {of}",
        "took the {what} {it} away in {of}",
    ),
    "annotator_supportingspan": Phrases(
        "marked {it} as {what} of {of}", "changed {it}, {what} of {of}", "took {it} away as {what} of {of}"
    ),
    "annotator_carrying": Phrases(
        "looked for {it} in a later text of {of}",
        "settled where {it} stands in a later text of {of}",
        "gave up {it} in a later text of {of}",
    ),
    "annotator_attribution": Phrases(
        "added a link to the source line of {of}: {it}",
        "changed the link {it} in the source line of {of}",
        "took the link {it} from the source line of {of}",
    ),
    "annotator_attributionsource": Phrases(
        "added {it} to the source line of {of}, as {what}",
        "changed {it} in the source line of {of}, {what}",
        "took {it} from the source line of {of}, {what}",
    ),
    "annotator_claimrelation": Phrases(
        "said how {of} relates to another: {it}",
        "changed how {of} relates to another: {it}",
        "took back how {of} relates to another: {it}",
    ),
    "annotator_toldapart": Phrases(
        "said that {of} is not the same as {it}", "", "took back that {of} is not the same as {it}"
    ),
    "annotator_actor": RECORD,
    "annotator_actormention": MENTION,
    "annotator_actormerge": SAME,
    "annotator_actorresolution": Phrases(
        "said who {of} is: {it}", "changed who {of} is: {it}", "deleted who {of} is: {it}"
    ),
    "annotator_actorcomparison": COMPARED,
    "annotator_event": RECORD,
    "annotator_eventmention": MENTION,
    "annotator_eventmerge": SAME,
    "annotator_eventcomparison": COMPARED,
    "annotator_discussion": Phrases("opened a discussion of {of}", "", "deleted a discussion of {of}"),
    "annotator_comment": Phrases(
        "commented on {of}", "rewrote a comment on {of}", "deleted a comment on {of}"
    ),
    "annotator_commentmention": Phrases(
        "called {it} in a comment on {of}", "", "no longer calls {it} in a comment on {of}"
    ),
    "annotator_batch": Phrases(
        "began an act on many claims: {of}", "", "deleted the act on many claims {of}"
    ),
    "annotator_batchrow": Phrases(
        "changed {of} in an act on many claims", "", "deleted what an act did to {of}"
    ),
    "annotator_code": Phrases("added {of} to the codebook", "changed {of}", "deleted {of}"),
    "annotator_codemerge": SAME,
    "annotator_watchterm": Phrases(
        "began to watch for {of}", "changed what is watched for: {of}", "stopped watching for {of}"
    ),
    "annotator_release": Phrases("made {of}", "changed {of}", "deleted {of}"),
    "sources_article": Phrases("took in {of}", "corrected the record of {of}", "deleted {of}"),
    "sources_block": Phrases(
        "stored part {it} of {of}", "judged part {it} of {of}", "took part {it} from {of}"
    ),
    "sources_publication": RECORD,
    "sources_likelyreprint": Phrases(
        "proposed {of} as a reprint of {it}",
        "decided whether {of} is a reprint of {it}",
        "took back that {of} may be a reprint of {it}",
    ),
    "sources_intake": Phrases("began {of}", "changed {of}", "deleted {of}"),
    "sources_columnmapping": Phrases(
        "said what the columns mean: {of}", "changed what the columns mean: {of}", "forgot the columns {of}"
    ),
    "annotator_review": Phrases("{it} {of}", "changed a decision on {of}", "deleted a decision on {of}"),
}

TURNED: dict[tuple[str, str], tuple[str, str]] = {
    ("annotator_actor", "merged_into_id"): MERGED,
    ("annotator_event", "merged_into_id"): MERGED,
    ("annotator_claim", "withdrawn_at"): ("withdrew {of}", "brought back {of}"),
    ("annotator_code", "retired_at"): ("retired {of}", "took {of} into use again"),
    ("annotator_comment", "withdrawn_at"): ("withdrew a comment on {of}", "brought back a comment on {of}"),
    ("annotator_batchrow", "undone_at"): ("took back what an act on many did to {of}", ""),
    ("annotator_actorresolution", "undone_at"): ("took back who {of} is: {it}", ""),
    ("annotator_actormerge", "undone_at"): ("took {of} apart from {it} again", ""),
    ("annotator_eventmerge", "undone_at"): ("took {of} apart from {it} again", ""),
    ("annotator_codemerge", "undone_at"): ("took {of} apart from {it} again", ""),
}
"""Columns that say it all when they are set, or made empty."""
COUNTED = {"version", "updated_at"}
"""Columns that only tell that something was changed that belongs to the row."""
RESOLVED = {"resolved": "resolved a discussion of {of}", "open": "opened a discussion of {of} again"}


def phrase(change: Change) -> str:
    """What whoever made the change did, with the slots of this file's beginning."""
    phrases = PHRASES.get(change.table, PART)
    if not change.before:
        return phrases.came
    if not change.after:
        return phrases.went
    if change.table == "annotator_discussion":
        return RESOLVED.get(change.after["state"], "")
    if {name for name in change.after if change.before.get(name) != change.after[name]} <= COUNTED:
        return "gave {of} its next version"
    turn = _turned(change.table, change.before, change.after)
    return turn or phrases.changed or "changed the {what} of {of}"


def turned(table: str) -> set[str]:
    """Columns of the table that a phrase tells, where they were set or made empty."""
    return {name for own, name in TURNED if own == table}


def _turned(table: str, before: Row, after: Row) -> str:
    for name in turned(table):
        if bool(before.get(name)) != bool(after.get(name)):
            return TURNED[table, name][0 if after.get(name) else 1]
    return ""
