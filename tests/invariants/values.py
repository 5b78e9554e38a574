"""Attempts to store a value that cannot be: CHECK, UNIQUE, EXCLUDE."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding

# (rule, table, column): the column holds a word that is none of its enumeration's.
ENUMERATIONS = [
    ("membership_role_known", "sources_membership", "role"),
    ("invitation_role_known", "sources_invitation", "role"),
    ("intake_method_known", "sources_intake", "method"),
    ("intake_state_known", "sources_intake", "state"),
    ("block_role_known", "sources_block", "role"),
    ("code_facet_known", "annotator_code", "facet"),
    ("annotation_origin_known", "annotator_annotation", "origin"),
    ("actor_naming_known", "annotator_actor", "naming"),
    ("actor_number_known", "annotator_actor", "number"),
    ("affiliation_tie_known", "annotator_affiliation", "tie"),
    ("comparison_sameness_known", "annotator_actorcomparison", "sameness"),
    ("claim_quotation_type_known", "annotator_claim", "quotation_type"),
    ("claim_polarity_known", "annotator_claim", "polarity"),
    ("claim_voice_known", "annotator_claim", "voice"),
    ("claim_status_known", "annotator_claim", "status"),
    ("claim_basis_known", "annotator_claim", "basis"),
    ("attribution_role_known", "annotator_attribution", "role"),
    ("attribution_act_known", "annotator_attribution", "act"),
    ("attribution_basis_known", "annotator_attribution", "basis"),
    ("attribution_source_jointly_known", "annotator_attributionsource", "jointly"),
    ("event_mention_factuality_known", "annotator_eventmention", "factuality"),
    ("participant_role_known", "annotator_eventparticipant", "role"),
    ("participant_basis_known", "annotator_eventparticipant", "basis"),
    ("attribution_quotation_type_known", "annotator_attribution", "quotation_type"),
    ("attribution_source_basis_known", "annotator_attributionsource", "basis"),
    ("attribution_source_confidence_known", "annotator_attributionsource", "confidence"),
    ("claim_polarity_basis_known", "annotator_claim", "polarity_basis"),
    ("claim_polarity_confidence_known", "annotator_claim", "polarity_confidence"),
    ("claim_said_on_basis_known", "annotator_claim", "said_on_basis"),
    ("claim_said_on_confidence_known", "annotator_claim", "said_on_confidence"),
    ("claim_period_basis_known", "annotator_claim", "period_basis"),
    ("claim_period_confidence_known", "annotator_claim", "period_confidence"),
    ("attribution_said_on_basis_known", "annotator_attribution", "said_on_basis"),
    ("attribution_said_on_confidence_known", "annotator_attribution", "said_on_confidence"),
    ("relation_basis_known", "annotator_claimrelation", "basis"),
    ("review_decision_known", "annotator_review", "decision"),
    ("release_state_known", "annotator_release", "state"),
    ("position_stand_known", "annotator_position", "stand"),
]

# (table, column): never below zero. The rule is named by Django.
COUNTERS = [
    ("sources_publication", "version"),
    ("sources_article", "version"),
    ("sources_snapshot", "number"),
    ("sources_block", "position"),
    ("sources_block", "version"),
    ("sources_sentence", "number"),
    ("sources_intake", "expected"),
    ("sources_intakeitem", "position"),
    ("sources_columnmapping", "version"),
    ("annotator_annotation", "version"),
    ("annotator_actor", "version"),
    ("annotator_event", "version"),
    ("annotator_code", "position"),
    ("annotator_code", "version"),
    ("annotator_codebookversion", "number"),
    ("annotator_claim", "codebook_version"),
    ("annotator_attribution", "chain"),
    ("annotator_attribution", "position"),
    ("annotator_attributionsource", "position"),
    ("annotator_party", "position"),
    ("annotator_review", "claim_version"),
    ("annotator_release", "number"),
    ("annotator_watchterm", "version"),
    ("annotator_savedsearch", "version"),
    ("annotator_batchrow", "version_before"),
    ("annotator_batchrow", "version"),
]

SOME_DAY, EARLIER = date(2024, 5, 2), date(2024, 5, 1)


def _same(table: str, column: str) -> Callable[[World], Any]:
    """The value that the table's first row has there."""
    from django.db import connection

    def value(world: World) -> Any:
        with connection.cursor() as cursor:
            return rows.existing(cursor, table, column)

    return value


def _words(start: int, end: int) -> dict[str, Any]:
    return {"extent": f"{{[{start},{end})}}", "quotes": lambda w: [w.here.snapshot.text[max(start, 0) : end]]}


def _concept(world: World) -> int:
    return world.here.concept.pk


def _length(world: World) -> int:
    return len(world.here.snapshot.text)


def _actor(world: World) -> int:
    return world.here.actor.pk


def _smaller(world: World) -> int:
    return min(world.here.actor.pk, world.here.office.pk)


def _larger(world: World) -> int:
    return max(world.here.actor.pk, world.here.office.pk)


CHECKS: list[Attempt] = [
    *(adding(rule, table, **{column: "else"}, why="unknown word") for rule, table, column in ENUMERATIONS),
    *(adding(f"{table}_{column}_check", table, **{column: -1}) for table, column in COUNTERS),
    adding("code_has_name", "annotator_code", name=""),
    adding("code_colour_known", "annotator_code", colour="red"),
    adding("code_colour_known", "annotator_code", colour="#FFFFFF", why="capitals"),
    adding("code_shortcut_known", "annotator_code", shortcut="A"),
    adding("code_parent_of_topic", "annotator_code", facet="concept", parent_id=_concept),
    adding("code_merged_is_retired", "annotator_code", merged_into_id=lambda w: w.here.topic.pk),
    adding(
        "code_not_merged_with_itself", "annotator_code", id=99_999, merged_into_id=99_999, retired_at="now"
    ),
    adding("code_merge_of_two", "annotator_codemerge", kept_id=lambda w: w.here.topic.pk),
    adding("code_merge_undone_at_a_time", "annotator_codemerge", undone_by_id=lambda w: w.manager.pk),
    adding(
        "support_cue_type_of_cue",
        "annotator_supportingspan",
        cue_type_id=lambda w: rows.code(w.here, "cue_type"),
        why="the type of a cue on what is none",
    ),
    adding("annotation_kind_known", "annotator_annotation", kind="else", why="unknown word"),
    adding("annotation_within_text", "annotator_annotation", extent="{}", quotes="{}", why="empty extent"),
    adding("annotation_within_text", "annotator_annotation", **_words(-3, 4), why="before the text"),
    adding(
        "annotation_within_text", "annotator_annotation", extent="{[0,)}", quotes=[None], why="without an end"
    ),
    adding("annotation_within_text", "annotator_annotation", extent="{(,4)}", why="without a start"),
    adding(
        "annotation_within_text",
        "annotator_annotation",
        extent=lambda w: f"{{[0,4),[{_length(w)},{_length(w) + 1})}}",
        quotes=["Velm", ""],
        why="a stretch after the text",
    ),
    adding("article_has_title", "sources_article", title=""),
    adding("article_published_has_range", "sources_article", published="2024", why="a date and no range"),
    adding(
        "article_published_has_range",
        "sources_article",
        published="2024",
        published_min=SOME_DAY,
        published_max=EARLIER,
        why="a range that runs backwards",
    ),
    adding("snapshot_has_text", "sources_snapshot", text=" \n", sha256=rows.digest(" \n")),
    adding("snapshot_digest_true", "sources_snapshot", sha256="0" * 64),
    adding(
        "snapshot_digest_true", "sources_snapshot", sha256=rows.digest("Nobody wrote this 🌊."), why="near"
    ),
    adding("capture_digest_true", "sources_capture", sha256="0" * 64),
    adding("block_within_text", "sources_block", start=0, end=0, why="an empty block"),
    adding("block_within_text", "sources_block", start=_length, end=lambda w: _length(w) + 1, why="beyond"),
    adding("sentence_within_text", "sources_sentence", start=5, end=5, why="an empty sentence"),
    adding("sentence_within_text", "sources_sentence", end=lambda w: _length(w) + 1, why="beyond"),
    adding("sentence_within_text", "sources_sentence", start=-1, why="before the text"),
    adding("actor_has_name", "annotator_actor", name=""),
    adding("actor_anonymous_within_article", "annotator_actor", naming="anonymous"),
    adding("actor_not_merged_with_itself", "annotator_actor", id=99_999, merged_into_id=99_999),
    *(
        adding("actor_wikidata_form", "annotator_actor", wikidata=value)
        for value in ("42", "q42", "Q042", "Q", "Q4 2", "Q42\n")
    ),
    adding("identifier_whole", "annotator_actoridentifier", scheme=""),
    adding("identifier_whole", "annotator_actoridentifier", value=""),
    adding("affiliation_not_with_itself", "annotator_affiliation", organisation_id=_actor, tie="works_for"),
    adding("affiliation_dates_have_days", "annotator_affiliation", since="2019", why="a date and no day"),
    adding("affiliation_dates_have_days", "annotator_affiliation", until_max=SOME_DAY, why="a day alone"),
    adding(
        "affiliation_begins_before_it_ends",
        "annotator_affiliation",
        since="2024-05-02",
        since_min=SOME_DAY,
        until="2024-05-01",
        until_max=EARLIER,
    ),
    adding("merge_of_two_actors", "annotator_actormerge", survivor_id=rows.agency),
    adding("resolution_has_reason_and_evidence", "annotator_actorresolution", reason=""),
    adding("resolution_has_reason_and_evidence", "annotator_actorresolution", evidence=""),
    adding("comparison_smaller_first", "annotator_actorcomparison", first_id=_larger, second_id=_smaller),
    adding("event_has_label", "annotator_event", label=""),
    *(
        adding(rule, table, **more, **{field: said, f"{field}_min": low, f"{field}_max": high}, why=why)
        for rule, table, field, more in (
            ("event_date_has_range", "annotator_event", "date", {}),
            ("claim_said_on_has_range", "annotator_claim", "said_on", {}),
            ("claim_period_has_range", "annotator_claim", "period", {}),
            ("attribution_said_on_has_range", "annotator_attribution", "said_on", {"chain": 9}),
        )
        for said, low, high, why in (
            ("2024", None, None, "a date and no day"),
            ("", SOME_DAY, None, "a first day and no date"),
            ("", None, SOME_DAY, "a last day and no date"),
            ("2024", SOME_DAY, EARLIER, "a range that runs backwards"),
        )
    ),
    adding(
        "attribution_first_dated_by_claim",
        "annotator_attribution",
        claim_id=lambda w: w.here.lone.pk,
        **{"chain": 1, "position": 0, "said_on": "2024-05-02", "said_on_min": SOME_DAY},
        why="a date of the first link",
    ),
    adding("event_point_on_earth", "annotator_event", latitude=91, longitude=0, why="beyond the pole"),
    adding("event_point_on_earth", "annotator_event", latitude=0, longitude=-181, why="beyond the line"),
    adding("event_point_on_earth", "annotator_event", latitude=45, why="half a point"),
    adding("event_point_on_earth", "annotator_event", longitude=45, why="the other half"),
    adding("event_place_wikidata_formed", "annotator_event", place_wikidata="64"),
    adding("event_place_wikidata_formed", "annotator_event", place_wikidata="Q64\nx", why="a second line"),
    adding("event_place_geonames_formed", "annotator_event", place_geonames="Berlin"),
    adding("event_not_merged_with_itself", "annotator_event", id=99_999, merged_into_id=99_999),
    adding("article_not_reprint_of_itself", "sources_article", id=99_999, reprint_of_id=99_999),
    adding("claim_assessment_known", "annotator_claim", assessment="else", assessment_reason="so"),
    adding("claim_assessment_has_reason", "annotator_claim", assessment="open", why="no reason"),
    adding("claim_assessment_has_reason", "annotator_claim", assessment_reason="so", why="of nothing"),
    adding("quantity_bounded_as_said", "annotator_quantity", low=None, why="at least nothing"),
    adding("quantity_bounded_as_said", "annotator_quantity", high=2, why="at least and at most"),
    *(
        adding("quantity_bounded_as_said", "annotator_quantity", qualifier=said, low=low, high=high, why=why)
        for said, low, high, why in [
            ("exactly", 1, 2, "exactly two numbers"),
            ("exactly", 1, None, "exactly half of a pair"),
            ("exactly", None, None, "exactly nothing"),
            ("about", 1, None, "about, and open upwards"),
            ("about", None, 1, "about, and open downwards"),
            ("more_than", None, 1, "more than, and only a highest"),
            ("at_most", 1, None, "at most, and only a lowest"),
            ("fewer_than", 1, 2, "fewer than, and a lowest"),
            ("else", 1, 1, "in no way that is known"),
            ("range", 1, 1, "a range of one number"),
            ("range", 1, None, "a range without an end"),
        ]
    ),
    adding("quantity_low_below_high", "annotator_quantity", qualifier="about", high=0),
    adding("attribution_chain_from_one", "annotator_attribution", chain=0),
    adding("party_of_exactly_one", "annotator_party", attribution_id=None, why="of nothing"),
    adding("party_of_exactly_one", "annotator_party", claim_id=lambda w: w.here.lone.pk, why="of both"),
    adding("party_is_somebody", "annotator_party", actor_id=None),
    adding("relation_between_two_claims", "annotator_claimrelation", other_id=lambda w: w.here.lone.pk),
    adding("review_against_has_reason", "annotator_review", decision="rejected"),
    adding("release_ready_has_file", "annotator_release", state="ready"),
    adding(
        "support_of_exactly_one",
        "annotator_supportingspan",
        actor_id=lambda w: w.here.actor.pk,
        why="the words of two",
    ),
    adding("support_of_exactly_one", "annotator_supportingspan", event_id=None, why="the words of nobody"),
]

# The first supporting words are the reason of the anonymous actor.
SECOND_OWNERS: dict[str, dict[str, Any]] = {table: {} for table in rows.OWNERS.values()} | {
    "annotator_supportingspan": {"event_id": None, "actor_id": lambda w: w.here.anonymous.pk}
}
WITH_UUID = [
    "sources_user",
    "sources_project",
    "sources_publication",
    "sources_article",
    "sources_snapshot",
    "sources_sentence",
    "sources_intake",
    "sources_invitation",
    "sources_columnmapping",
    "annotator_code",
    "annotator_codemerge",
    "annotator_annotation",
    "annotator_actor",
    "annotator_affiliation",
    "annotator_actormerge",
    "annotator_actorresolution",
    "annotator_event",
    "annotator_eventmerge",
    "annotator_claim",
    "annotator_attribution",
    "annotator_claimrelation",
    "annotator_review",
    "annotator_release",
    "annotator_watchterm",
    "annotator_savedsearch",
    "annotator_discussion",
    "annotator_comment",
    "annotator_batch",
]
WITH_ID = [
    "annotator_carrying",
    "sources_user",
    "sources_project",
    "sources_membership",
    "sources_publication",
    "sources_article",
    "sources_snapshot",
    "sources_capture",
    "sources_block",
    "sources_segmentation",
    "sources_sentence",
    "sources_intake",
    "sources_intakeitem",
    "sources_invitation",
    "sources_acceptance",
    "sources_columnmapping",
    "annotator_code",
    "annotator_codebookversion",
    "annotator_codemerge",
    "annotator_position",
    "annotator_annotationsentence",
    "annotator_actor",
    "annotator_actoralias",
    "annotator_actoridentifier",
    "annotator_affiliation",
    "annotator_actormerge",
    "annotator_actorresolution",
    "annotator_actorcomparison",
    "annotator_event",
    "annotator_eventcomparison",
    "annotator_eventmerge",
    "annotator_eventparticipant",
    "annotator_claimtopic",
    "annotator_quantity",
    "annotator_attribution",
    "annotator_attributionsource",
    "annotator_party",
    "annotator_claimrelation",
    "annotator_review",
    "annotator_release",
    "annotator_watchterm",
    "annotator_savedsearch",
    "annotator_discussion",
    "annotator_comment",
    "annotator_commentmention",
    "annotator_toldapart",
    "annotator_batch",
    "annotator_batchrow",
]

UNIQUES: list[Attempt] = [
    *(adding(f"{t}_uuid_key", t, uuid=_same(t, "uuid"), why="the same identifier") for t in WITH_UUID),
    *(adding(f"{t}_pkey", t, id=_same(t, "id"), why="the same key") for t in WITH_ID),
    adding("sources_change_pkey", "sources_change", id=_same("sources_change", "id"), by="owner"),
    *(
        adding(f"{t}_pkey", t, annotation_id=_same(t, "annotation_id"), why="a second owner", **values)
        for t, values in SECOND_OWNERS.items()
    ),
    adding("sources_user_username_key", "sources_user", username="manager"),
    adding("sources_project_slug_key", "sources_project", slug="here"),
    adding("membership_once_per_project", "sources_membership", user_id=lambda w: w.manager.pk),
    adding("snapshot_number_once", "sources_snapshot", number=1),
    adding(
        "snapshot_text_once_per_article",
        "sources_snapshot",
        text=lambda w: w.here.snapshot.text,
        sha256=lambda w: w.here.snapshot.sha256,
    ),
    adding("capture_once_per_snapshot", "sources_capture", snapshot_id=lambda w: w.here.snapshot.pk),
    adding("block_position_once", "sources_block", position=0),
    adding("block_no_overlap", "sources_block", start=0, end=3),
    adding(
        "segmentation_once_per_version",
        "sources_segmentation",
        segmenter=_same("sources_segmentation", "segmenter"),
        segmenter_version=_same("sources_segmentation", "segmenter_version"),
    ),
    adding("code_key_once", "annotator_code", facet="claim_type", key="fact"),
    adding("code_name_once", "annotator_code", name="BRIDGE"),
    adding("code_shortcut_once", "annotator_code", shortcut="b"),
    adding("code_merged_once", "annotator_codemerge", gone_id=_same("annotator_codemerge", "gone_id")),
    adding(
        "party_target_once",
        "annotator_party",
        attribution_id=None,
        claim_id=lambda w: w.here.claim.pk,
        actor_id=lambda w: w.here.actor.pk,
    ),
    adding("party_once", "annotator_party", actor_id=lambda w: w.here.party.actor_id),
    adding("position_once", "annotator_position", claim_id=lambda w: w.here.claim.pk),
    adding("codebook_version_once", "annotator_codebookversion", number=1),
    adding(
        "annotation_sentence_once",
        "annotator_annotationsentence",
        sentence_id=lambda w: rows.sentence(w.here.snapshot, 1).pk,
    ),
    adding(
        "alias_once", "annotator_actoralias", actor_id=_same("annotator_actoralias", "actor_id"), name="NP"
    ),
    adding(
        "identifier_once",
        "annotator_actoridentifier",
        **{name: _same("annotator_actoridentifier", name) for name in ("actor_id", "scheme", "value")},
    ),
    adding(
        "comparison_once",
        "annotator_actorcomparison",
        **{name: _same("annotator_actorcomparison", name) for name in ("first_id", "second_id")},
    ),
    adding("claim_topic_once", "annotator_claimtopic", topic_id=lambda w: w.here.topic.pk),
    adding("attribution_position_once", "annotator_attribution", claim_id=lambda w: w.here.claim.pk),
    adding("attribution_source_once", "annotator_attributionsource", actor_id=lambda w: w.here.actor.pk),
    adding(
        "participant_once",
        "annotator_eventparticipant",
        actor_id=lambda w: w.here.actor.pk,
        role="actor",
        part="finder",
    ),
    adding(
        "relation_once",
        "annotator_claimrelation",
        claim_id=lambda w: w.here.second_claim.pk,
        kind_id=lambda w: w.here.relation.kind_id,
    ),
    adding("release_number_once", "annotator_release", number=1),
]


def _two_sentences(world: World, cursor: Any) -> int:
    cut = rows.another(cursor, world, "sources_segmentation")
    rows.another(cursor, world, "sources_sentence", segmentation_id=cut, number=1)
    return cut


def _overlapping(world: World, cursor: Any) -> None:
    cut = _two_sentences(world, cursor)
    rows.another(cursor, world, "sources_sentence", segmentation_id=cut, number=2, start=4, end=9)


def _same_number(world: World, cursor: Any) -> None:
    cut = _two_sentences(world, cursor)
    rows.another(cursor, world, "sources_sentence", segmentation_id=cut, number=1, start=5, end=9)


def _same_annotation(world: World, cursor: Any) -> None:
    """Two rows of one key share its links and its owner."""
    pk = rows.annotation(cursor, world.here)
    rows.annotation(cursor, world.here, id=pk, linked=(), owned=False)


def _twice(table: str, rule: str, **values: Any) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        rows.another(cursor, world, table, **values)
        rows.another(cursor, world, table, **values)
        if table == "annotator_actormerge":
            cursor.execute(
                "UPDATE annotator_actor SET merged_into_id = %s, version = version + 1 WHERE id = %s",
                [world.here.office.pk, rows.agency(world)],
            )

    return Attempt("two in force", rule, (table, rule), act)


TOGETHER = [
    Attempt(
        "the same key",
        "annotator_annotation_pkey",
        ("annotator_annotation", "annotator_annotation_pkey"),
        _same_annotation,
    ),
    _twice("annotator_actormerge", "merge_in_force_once", undone_at=None),
    _twice("annotator_actorresolution", "resolution_in_force_once"),
    Attempt("overlap", "sentence_no_overlap", ("sources_sentence", "sentence_no_overlap"), _overlapping),
    Attempt(
        "same number", "sentence_number_once", ("sources_sentence", "sentence_number_once"), _same_number
    ),
]
ATTEMPTS = CHECKS + UNIQUES + TOGETHER
