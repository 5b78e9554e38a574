"""All that is marked in a text, for the page that shows it: the store's rows as they are, in one question.

The page holds the text already and puts the rows together itself (static/js/reading/unfold.js): quotes are
slices of the text, sentences follow from the extents. What comes out there is what `annotations_json` says,
and a test holds both to it. The numbers that join the rows are the store's own, and mean nothing beyond it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import Annotation, Attribution, Claim, Kind, Party, Position, Quantity, SupportingSpan
from sources.models import Role

from .annotation_json import POINTERS, SELDOM_FIELDS, Json, annotations_json
from .chain_json import SELDOM
from .identities import labels_of_keys
from .prepared import keys_of, listed, rows
from .relations import counted_relations

_MARKS = """
WITH marks AS MATERIALIZED (
    SELECT a.* FROM annotator_annotation a WHERE a.id = ANY(%(keys)s::bigint[])
), links AS MATERIALIZED (
    SELECT l.* FROM annotator_attribution l JOIN marks ON marks.id = l.claim_id
), sources AS MATERIALIZED (
    -- Whoever was merged shows as the survivor, and once in a link.
    SELECT DISTINCT ON (s.attribution_id, w.survivor_id) s.id, s.attribution_id, w.survivor_id AS actor_id,
        s.mention_id, s.role_at_time, s.jointly, s.basis, s.confidence, s.position
    FROM annotator_attributionsource s JOIN links ON links.id = s.attribution_id
    JOIN annotator_actor w ON w.id = s.actor_id
    ORDER BY s.attribution_id, w.survivor_id, s.position, s.id
), mentions AS MATERIALIZED (
    SELECT m.annotation_id, w.survivor_id AS actor_id FROM annotator_actormention m
    JOIN marks ON marks.id = m.annotation_id JOIN annotator_actor w ON w.id = m.actor_id
)
SELECT json_build_object(
'spans', (SELECT json_agg(json_build_array(a.id, a.uuid, a.kind, a.extent, a.version, a.origin, a.author_id)
                          ORDER BY s.number, a.id)
            FROM marks a JOIN sources_sentence s ON s.id = a.sentence_id),
'authors', (SELECT json_agg(json_build_array(u.id, coalesce(nullif(u.name, ''),
                                                                 split_part(u.username, '@', 1))))
              FROM sources_user u WHERE u.id IN (SELECT author_id FROM marks)),
'claims', (SELECT json_agg(json_build_array(c.annotation_id, code.key, c.paraphrase, c.quotation_type,
                                            c.polarity, c.voice, c.basis, c.status))
             FROM annotator_claim c JOIN marks ON marks.id = c.annotation_id
             JOIN annotator_code code ON code.id = c.type_id),
'topics', (SELECT json_agg(json_build_array(t.claim_id, code.key) ORDER BY t.id)
             FROM annotator_claimtopic t JOIN marks ON marks.id = t.claim_id
             JOIN annotator_code code ON code.id = t.topic_id),
'links', (SELECT json_agg(json_build_array(id, claim_id, chain, role, act, basis, quotation_type)
                          ORDER BY claim_id, chain, position) FROM links),
'sources', (SELECT json_agg(json_build_array(id, attribution_id, actor_id, mention_id, role_at_time, jointly,
                                              basis, confidence)
                            ORDER BY position, id) FROM sources),
'supports', (SELECT json_agg(json_build_array(s.annotation_id, s.link_id, coalesce(shown.id, s.source_id),
                                              coalesce(s.claim_id, heard.claim_id, spoken.claim_id),
                                              coalesce(w.uuid, e.uuid), code.key)
                             ORDER BY coalesce(shown.id <> s.source_id, false) DESC, s.annotation_id)
               FROM annotator_supportingspan s JOIN marks ON marks.id = s.annotation_id
               LEFT JOIN annotator_attributionsource own ON own.id = s.source_id
               LEFT JOIN annotator_actor whose ON whose.id = own.actor_id
               LEFT JOIN sources shown ON shown.attribution_id = own.attribution_id
                     AND shown.actor_id = whose.survivor_id
               LEFT JOIN annotator_party heard ON heard.id = s.party_id
               LEFT JOIN annotator_attribution spoken ON spoken.id = heard.attribution_id
               LEFT JOIN annotator_actor f ON f.id = s.actor_id
               LEFT JOIN annotator_actor w ON w.id = f.survivor_id
               LEFT JOIN annotator_event named ON named.id = s.event_id
               LEFT JOIN annotator_event e ON e.id = named.survivor_key
               LEFT JOIN annotator_code code ON code.id = s.cue_type_id),
'mentions', (SELECT json_agg(json_build_array(annotation_id, actor_id)) FROM mentions),
'actors', (SELECT json_agg(json_build_array(w.id, w.uuid, w.name, w.naming = 'anonymous'))
            FROM annotator_actor w
            WHERE w.id IN (SELECT actor_id FROM mentions UNION SELECT actor_id FROM sources)),
'people', (SELECT json_agg(DISTINCT who) FROM (
              SELECT actor_id AS who FROM mentions UNION ALL SELECT actor_id FROM sources
              UNION ALL
              SELECT w.survivor_id FROM annotator_party y JOIN marks ON marks.id = y.claim_id
                JOIN annotator_actor w ON w.id = y.actor_id
              UNION ALL
              SELECT w.survivor_id FROM annotator_party y JOIN links ON links.id = y.attribution_id
                JOIN annotator_actor w ON w.id = y.actor_id) named),
'happened', (SELECT json_agg(json_build_array(m.annotation_id, e.uuid, e.label, m.factuality,
                                                m.factuality_words))
               FROM annotator_eventmention m JOIN marks ON marks.id = m.annotation_id
               JOIN annotator_event named ON named.id = m.event_id
               JOIN annotator_event e ON e.id = named.survivor_key))
"""


def marks_json(scope: QuerySet[Annotation], role: Role | None = Role.VIEWER) -> Json:
    """The rows of `scope` by table, and under `whole` the annotations told as contract ANNOTATION.

    `relations` are counted by claim, as a visitor of that role sees them; `people` are the keys of the actors
    that are named, speak, or are spoken to or meant.
    """
    keys = keys_of(scope)
    [(found,)] = rows(_MARKS, {"keys": keys})
    told: Json = {name: table or [] for name, table in found.items()}
    labels = labels_of_keys(key for key, _, _, anonymous in told["actors"] if anonymous)
    told["actors"] = [
        [key, uuid, labels[key].whole if key in labels else name] for key, uuid, name, _ in told["actors"]
    ]
    told["relations"] = list(counted_relations((row[0] for row in told["claims"]), role).items())
    whole = keys_of(_saying_more(keys))
    told["whole"] = annotations_json(whole, role) if whole else []
    return told


def _saying_more(keys: list[int]) -> QuerySet[Claim]:
    """Claims that say what most do not: they are told whole, since each such thing has a form of its own."""
    more = ~Q(**SELDOM_FIELDS)
    for pointer in POINTERS:
        more |= Q(**{f"{pointer}__isnull": False})
    for table in (Quantity, Position, SupportingSpan, Party):
        more |= Q(Exists(table.objects.filter(claim=OuterRef("pk"))))
    more |= Q(Exists(Party.objects.filter(attribution__claim=OuterRef("pk"))))
    links = Attribution.objects.filter(claim=OuterRef("pk"))
    more |= Q(Exists(links.exclude(**SELDOM))) | Q(Exists(links.filter(cues__annotation__kind=Kind.TIME)))
    return Claim.objects.filter(more, pk__in=listed(keys))
