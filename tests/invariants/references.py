"""Attempts to point at what is not there, is another project's, or is of the wrong kind: FOREIGN KEY."""

from collections.abc import Callable
from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running
from .judgements import READY

NOBODY = -1
MERGED = "code_merged_into_same_facet"
Of = Callable[[World], Any]


def there(*path: str) -> Of:
    """Something of the other project, by its names from `Side` on."""

    def value(world: World) -> Any:
        found: Any = world.there
        for name in path:
            found = getattr(found, name)
        return getattr(found, "pk", found)

    return value


def here(name: str) -> Of:
    return lambda world: getattr(world.here, name).pk


def coded(facet: str, side: str = "here") -> Of:
    return lambda world: rows.code(getattr(world, side), facet)


def _longer(world: World) -> int:
    return len(world.here.snapshot.text) + 100


# (rule, table, column): a person who is not there. The rules' names are Django's.
PEOPLE = [
    ("sources_project_created_by_id_bd27845d_fk_sources_user_id", "sources_project", "created_by_id"),
    ("sources_membership_user_id_b5a42946_fk_sources_user_id", "sources_membership", "user_id"),
    ("sources_article_added_by_id_2a9c0a5c_fk_sources_user_id", "sources_article", "added_by_id"),
    (
        "annotator_codebookve_created_by_id_ef938022_fk_sources_u",
        "annotator_codebookversion",
        "created_by_id",
    ),
    ("annotator_codemerge_author_id_cffa07e8_fk_sources_user_id", "annotator_codemerge", "author_id"),
    ("annotator_annotation_author_id_c33aa627_fk_sources_user_id", "annotator_annotation", "author_id"),
    ("annotator_actor_created_by_id_5b727e29_fk_sources_user_id", "annotator_actor", "created_by_id"),
    ("annotator_actorcomparison_by_id_71890272_fk_sources_user_id", "annotator_actorcomparison", "by_id"),
    ("annotator_actormerge_by_id_37e5c0cd_fk_sources_user_id", "annotator_actormerge", "by_id"),
    ("annotator_actormerge_undone_by_id_192163bf_fk_sources_user_id", "annotator_actormerge", "undone_by_id"),
    ("annotator_actorresol_undone_by_id_9c305ae0_fk_sources_u", "annotator_actorresolution", "undone_by_id"),
    ("annotator_actorresolution_by_id_f8b8dd5c_fk_sources_user_id", "annotator_actorresolution", "by_id"),
    ("annotator_event_created_by_id_9aead63b_fk_sources_user_id", "annotator_event", "created_by_id"),
    ("annotator_claimrelation_author_id_ab2bbb97_fk_sources_user_id", "annotator_claimrelation", "author_id"),
    ("annotator_review_reviewer_id_9448e97a_fk_sources_user_id", "annotator_review", "reviewer_id"),
    ("annotator_release_created_by_id_34a6383f_fk_sources_user_id", "annotator_release", "created_by_id"),
]
# Tables whose project is held by a plain foreign key alone; elsewhere it follows from the row it hangs on.
PROJECTS = [
    ("sources_membership_project_id_b0c592ea_fk_sources_project_id", "sources_membership"),
    ("sources_publication_project_id_66b6dd07_fk_sources_project_id", "sources_publication"),
    ("sources_article_project_id_27aa1f29_fk_sources_project_id", "sources_article"),
    ("annotator_code_project_id_2a332493_fk_sources_project_id", "annotator_code"),
    ("annotator_codebookve_project_id_0ca6fcd3_fk_sources_p", "annotator_codebookversion"),
    ("annotator_release_project_id_f7b67714_fk_sources_project_id", "annotator_release"),
]

# (rule, table, column, value): a row of this project, one of whose columns names what it may not.
STRAYS: list[tuple[str, str, str, Of]] = [
    (
        "article_publication_same_project",
        "sources_article",
        "publication_id",
        there("article", "publication"),
    ),
    (
        "article_original_publication_same_project",
        "sources_article",
        "original_publication_id",
        there("article", "publication"),
    ),
    ("article_reprint_same_project", "sources_article", "reprint_of_id", there("article")),
    ("snapshot_article_same_project", "sources_snapshot", "article_id", there("article")),
    ("capture_snapshot_same_project", "sources_capture", "project_id", there("project")),
    ("block_snapshot_same_project", "sources_block", "snapshot_length", _longer),
    ("block_repeats_same_snapshot", "sources_block", "repeats_id", lambda w: _block(w.here.second_snapshot)),
    ("segmentation_snapshot_same_project", "sources_segmentation", "project_id", there("project")),
    ("sentence_snapshot_same_project", "sources_sentence", "snapshot_length", _longer),
    (
        "sentence_block_same_snapshot",
        "sources_sentence",
        "block_id",
        lambda w: _block(w.here.second_snapshot),
    ),
    ("annotation_snapshot_same_project", "annotator_annotation", "snapshot_length", _longer),
    ("actor_kind_is_an_actor_kind", "annotator_actor", "kind_id", coded("topic")),
    ("actor_kind_is_an_actor_kind", "annotator_actor", "kind_id", coded("actor_kind", "there")),
    ("actor_article_same_project", "annotator_actor", "article_id", there("article")),
    ("actor_publication_same_project", "annotator_actor", "publication_id", there("article", "publication")),
    ("actor_merged_into_survivor", "annotator_actor", "merged_into_id", there("actor")),
    ("actor_merged_into_survivor", "annotator_actor", "merged_into_id", lambda w: NOBODY),
    ("identifier_actor_same_project", "annotator_actoridentifier", "actor_id", there("actor")),
    ("affiliation_actor_same_project", "annotator_affiliation", "actor_id", there("actor")),
    ("affiliation_organisation_same_project", "annotator_affiliation", "organisation_id", there("actor")),
    ("merge_merged_same_project", "annotator_actormerge", "merged_id", there("actor")),
    ("merge_survivor_same_project", "annotator_actormerge", "survivor_id", there("actor")),
    ("resolution_anonymous_same_project", "annotator_actorresolution", "anonymous_id", there("anonymous")),
    ("resolution_named_same_project", "annotator_actorresolution", "named_id", there("actor")),
    ("comparison_first_same_project", "annotator_actorcomparison", "first_id", lambda w: NOBODY),
    ("comparison_second_same_project", "annotator_actorcomparison", "second_id", there("actor")),
    ("alias_actor_same_project", "annotator_actoralias", "actor_id", there("actor")),
    ("mention_actor_same_project", "annotator_actormention", "actor_id", there("actor")),
    ("mention_annotation_is_an_actor", "annotator_actormention", "annotation_id", here("lone")),
    ("event_type_is_an_event_type", "annotator_event", "type_id", coded("claim_type")),
    ("event_type_is_an_event_type", "annotator_event", "type_id", coded("event_type", "there")),
    ("event_mention_event_same_project", "annotator_eventmention", "event_id", there("event")),
    ("event_mention_annotation_is_an_event", "annotator_eventmention", "annotation_id", here("lone")),
    ("participant_event_same_project", "annotator_eventparticipant", "event_id", there("event")),
    ("participant_actor_same_project", "annotator_eventparticipant", "actor_id", there("actor")),
    ("participant_mention_of_actor", "annotator_eventparticipant", "mention_id", here("mention")),
    ("claim_type_is_a_claim_type", "annotator_claim", "type_id", coded("topic")),
    ("claim_type_is_a_claim_type", "annotator_claim", "type_id", coded("claim_type", "there")),
    ("claim_inside_same_project", "annotator_claim", "inside_id", there("claim")),
    ("claim_codebook_version_exists", "annotator_claim", "codebook_version", lambda w: 99),
    ("claim_annotation_is_a_claim", "annotator_claim", "annotation_id", here("mention")),
    ("claim_topic_claim_same_project", "annotator_claimtopic", "claim_id", there("lone")),
    ("claim_topic_is_a_topic", "annotator_claimtopic", "topic_id", coded("claim_type")),
    ("claim_topic_is_a_topic", "annotator_claimtopic", "topic_id", there("topic")),
    ("code_merged_into_same_facet", "annotator_code", "merged_into_id", there("topic")),
    ("code_parent_is_on_top", "annotator_code", "parent_id", there("topic")),
    ("code_parent_is_on_top", "annotator_code", "parent_id", here("under_topic")),
    ("code_merge_gone_same_facet", "annotator_codemerge", "gone_id", there("topic")),
    ("code_merge_kept_same_facet", "annotator_codemerge", "kept_id", coded("claim_type")),
    ("claim_topic_is_a_topic", "annotator_claimtopic", "topic_id", here("gone_topic")),
    ("position_claim_same_project", "annotator_position", "claim_id", there("lone")),
    ("position_concept_is_a_concept", "annotator_position", "concept_id", coded("topic")),
    ("position_concept_is_a_concept", "annotator_position", "concept_id", there("concept")),
    ("quantity_claim_same_project", "annotator_quantity", "claim_id", there("claim")),
    ("quantity_event_same_project", "annotator_quantity", "event_id", there("event")),
    ("attribution_claim_same_project", "annotator_attribution", "claim_id", there("lone")),
    (
        "attribution_source_link_same_project",
        "annotator_attributionsource",
        "attribution_id",
        there("attribution"),
    ),
    ("attribution_source_actor_same_project", "annotator_attributionsource", "actor_id", there("actor")),
    ("attribution_source_mention_of_actor", "annotator_attributionsource", "mention_id", here("mention")),
    ("party_link_same_project", "annotator_party", "attribution_id", there("attribution")),
    ("party_actor_same_project", "annotator_party", "actor_id", there("actor")),
    ("party_mention_of_actor", "annotator_party", "mention_id", here("mention")),
    ("relation_claim_same_project", "annotator_claimrelation", "claim_id", there("lone")),
    ("relation_other_same_project", "annotator_claimrelation", "other_id", there("claim")),
    ("relation_kind_is_a_relation_kind", "annotator_claimrelation", "kind_id", coded("topic")),
    (
        "relation_kind_is_a_relation_kind",
        "annotator_claimrelation",
        "kind_id",
        coded("relation_kind", "there"),
    ),
    ("review_claim_same_project", "annotator_review", "claim_id", there("claim")),
    ("support_annotation_is_supporting", "annotator_supportingspan", "annotation_id", here("lone")),
    ("support_event_same_project", "annotator_supportingspan", "event_id", there("event")),
]


def _block(snapshot: Any) -> int:
    return snapshot.blocks.order_by("position").values_list("pk", flat=True)[0]


KIND_OF = {"link": "cue", "source": "role", "actor": "reason", "party": "addressee"}


def _support(slot: str, name: str) -> Attempt:
    """Words said to belong to a row of the other project."""
    rule, kind = f"support_{slot}_same_project", KIND_OF.get(slot, "time")
    values = {"kind": kind, "event_id": None, f"{slot}_id": there(name)}
    return adding(rule, "annotator_supportingspan", why=f"add {slot}_id", **values)


def _of_both(rule: str, table: str, kind: str) -> Attempt:
    """An annotation of this project that a row of the other one owns."""

    def act(world: World, cursor: Any) -> None:
        pk = rows.annotation(cursor, world.here, kind, owned=False)
        rows.insert(cursor, table, **rows.owner_row(world.there, table), annotation_id=pk)

    return Attempt("an owner in another project", rule, (table, rule), act)


def _unowned(kind: str, owner: str) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        rows.annotation(cursor, world.here, kind, owned=False)

    rule = f"annotation_{owner}_owner"
    return Attempt(f"a {kind} without owner", rule, ("annotator_annotation", rule), act)


def _unlinked(world: World, cursor: Any) -> None:
    rows.annotation(cursor, world.here, linked=())


def _linked_across(world: World, cursor: Any) -> None:
    """The link says the second text, where its sentence is, and the annotation lies in the first."""
    pk = rows.annotation(cursor, world.here)
    other = world.here.second_snapshot
    rows.link(cursor, world.here, pk, other, sentence_id=rows.sentence(other, 1).pk)


def _cut_of_another_text(world: World, cursor: Any) -> None:
    cut = rows.another(
        cursor, world, "sources_segmentation", snapshot_id=world.here.second_snapshot.pk, segmenter="other"
    )
    rows.another(cursor, world, "sources_sentence", segmentation_id=cut)


def _cue_of_type(facet: str, side: str) -> Attempt:
    rule = "support_cue_type_is_a_cue_type"
    of_cue = {"kind": "cue", "event_id": None, "link_id": here("attribution")}
    return adding(rule, "annotator_supportingspan", **of_cue, cue_type_id=coded(facet, side))


ATTEMPTS: list[Attempt] = [
    adding(
        "annotator_codemerge_undone_by_id_4e546be4_fk_sources_user_id",
        "annotator_codemerge",
        undone_by_id=NOBODY,
        undone_at="now",
    ),
    adding(
        "party_mention_of_somebody",
        "annotator_party",
        actor_id=None,
        words="Velm",
        mention_id=here("mention"),
    ),
    adding("party_claim_same_project", "annotator_party", attribution_id=None, claim_id=there("lone")),
    _cue_of_type("topic", "here"),
    _cue_of_type("cue_type", "there"),
    *(adding(rule, table, **{column: NOBODY}) for rule, table, column in PEOPLE),
    *(adding(rule, table, project_id=NOBODY) for rule, table in PROJECTS),
    *(
        adding(rule, table, **({"retired_at": "now"} if rule == MERGED else {}), **{column: value})
        for rule, table, column, value in STRAYS
    ),
    *(
        _support(slot, name)
        for slot, name in (
            ("link", "attribution"),
            ("source", "source"),
            ("party", "party"),
            ("actor", "actor"),
            ("claim", "claim"),
        )
    ),
    *(
        _of_both(rule, table, kind)
        for rule, table, kind in (
            ("claim_annotation_same_project", "annotator_claim", "claim"),
            ("mention_annotation_same_project", "annotator_actormention", "actor"),
            ("event_mention_annotation_same_project", "annotator_eventmention", "event"),
            ("support_annotation_same_project", "annotator_supportingspan", "time"),
        )
    ),
    *(
        _unowned(kind, owner)
        for kind, owner in (
            ("claim", "claim"),
            ("actor", "actor"),
            ("event", "event"),
            ("cue", "support"),
            ("role", "support"),
            ("reason", "support"),
            ("time", "support"),
            ("place", "support"),
            ("addressee", "support"),
            ("target", "support"),
            ("occasion", "support"),
            ("period", "support"),
        )
    ),
    Attempt(
        "no link to its sentence",
        "annotation_first_sentence_linked",
        ("annotator_annotation", "annotation_first_sentence_linked"),
        _unlinked,
    ),
    Attempt(
        "a link from another text",
        "annotation_sentence_link_same_snapshot",
        ("annotator_annotationsentence", "annotation_sentence_link_same_snapshot"),
        _linked_across,
    ),
    adding(
        "annotator_release_downloaded_by_id_b184a31c_fk_sources_user_id",
        "annotator_release",
        **READY,
        ready_at="2026-01-01",
        downloaded_at="2026-01-02",
        downloaded_by_id=NOBODY,
    ),
    adding(
        "annotation_sentence_link_sentence_same_snapshot",
        "annotator_annotationsentence",
        sentence_id=lambda w: rows.sentence(w.here.second_snapshot, 1).pk,
    ),
    adding(
        "annotation_sentence_same_snapshot",
        "annotator_annotation",
        sentence_id=lambda w: rows.sentence(w.here.second_snapshot, 1).pk,
    ),
    Attempt(
        "a cut of another text",
        "sentence_segmentation_same_snapshot",
        ("sources_sentence", "sentence_segmentation_same_snapshot"),
        _cut_of_another_text,
    ),
    running(
        "snapshot_current_segmentation_is_its_own",
        "sources_snapshot",
        "UPDATE sources_snapshot SET current_segmentation_id = %(cut)s WHERE id = %(text)s",
        given=lambda w, c: {
            "cut": w.here.second_snapshot.current_segmentation_id,
            "text": rows.another(c, w, "sources_snapshot"),  # in which nothing is marked
        },
    ),
]
