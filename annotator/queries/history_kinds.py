"""Of what kind the rows of each table are whose changes are recorded, for people to choose from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What rows of those tables are of; each table with a word for one row of it."""

    name: str
    tables: dict[str, str]


KINDS = {
    "claim": Kind(
        "Claims",
        {
            "annotator_claim": "claim",
            "annotator_claimtopic": "topic of a claim",
            "annotator_position": "position of a claim",
            "annotator_quantity": "number of a claim",
            "annotator_toldapart": "claims told apart",
            "annotator_batch": "act on many claims",
            "annotator_batchrow": "claim of an act on many",
        },
    ),
    "mark": Kind(
        "Marks in texts",
        {
            "annotator_annotation": "mark",
            "annotator_supportingspan": "supporting words",
            "annotator_carrying": "mark carried to a later text",
        },
    ),
    "attribution": Kind(
        "Who said it",
        {
            "annotator_attribution": "link of a chain",
            "annotator_attributionsource": "speaker of a link",
            "annotator_party": "addressee or target",
        },
    ),
    "speaker": Kind(
        "Speakers",
        {
            "annotator_actor": "speaker",
            "annotator_actoralias": "other name",
            "annotator_actormention": "mention of a speaker",
            "annotator_actoridentifier": "identifier",
            "annotator_affiliation": "affiliation",
            "annotator_actormerge": "merge of speakers",
            "annotator_actorresolution": "resolution of a speaker",
            "annotator_actorcomparison": "speakers compared",
        },
    ),
    "event": Kind(
        "Events",
        {
            "annotator_event": "event",
            "annotator_eventmention": "mention of an event",
            "annotator_eventparticipant": "participant",
            "annotator_eventmerge": "merge of events",
            "annotator_eventcomparison": "events compared",
        },
    ),
    "relation": Kind("Relations", {"annotator_claimrelation": "relation of two claims"}),
    "review": Kind("Reviews", {"annotator_review": "review"}),
    "discussion": Kind(
        "Discussions",
        {
            "annotator_discussion": "discussion",
            "annotator_comment": "comment",
            "annotator_commentmention": "mention of a member",
        },
    ),
    "article": Kind(
        "Articles and outlets",
        {
            "sources_article": "article",
            "sources_block": "part of a text",
            "sources_publication": "outlet",
            "sources_likelyreprint": "likely reprint",
            "sources_intake": "intake",
            "sources_columnmapping": "meaning of columns",
        },
    ),
    "codebook": Kind(
        "Codebook",
        {
            "annotator_code": "code",
            "annotator_codemerge": "merge of codes",
            "annotator_watchterm": "watch term",
        },
    ),
    "member": Kind(
        "Members",
        {
            "sources_membership": "membership",
            "sources_invitation": "invitation",
            "sources_acceptance": "accepted invitation",
        },
    ),
    "project": Kind("Project and releases", {"sources_project": "project", "annotator_release": "release"}),
}
WORDS = {table: words for kind in KINDS.values() for table, words in kind.tables.items()}
KIND_OF = {table: key for key, kind in KINDS.items() for table in kind.tables}
