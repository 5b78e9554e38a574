"""Who cites whom: who has what from whom, on its way from the mouth to the page.

A node is an actor, or an outlet (with the actors that stand for it). Of a claim's chain each link cites the
one before it; the outlet cites the last one, or the agency does that its article's record names. The first
link of the claim that it lies in cites the last one of an inner claim, whose way ends there: what follows is
the outer claim's. So each part of a way is told by one claim. Links that name nobody are passed over.
"""

# ruff: noqa: S608, S611  (all of it is written in this file, or by the ORM with its values apart)

from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from annotator.models import Actor, AttributionSource, Claim
from sources.models import Project, Publication

from .identities import labels_of_keys

Citation: TypeAlias = tuple[UUID | None, UUID | None]
"""Whose words, and who has them from there; None for anybody."""

# An outer claim that is no more than somebody's draft says nothing of what was handed in, to nobody: a
# reader's numbers and a member's are then the same. Keys of nodes: an actor's as it is, an outlet's negative.
EDGES = """
WITH RECURSIVE found (id) AS MATERIALIZED ({found}),
outwards (claim, around, step) AS (
    SELECT c.annotation_id, c.inside_id, 1 FROM found f JOIN annotator_claim c ON c.annotation_id = f.id
    WHERE c.inside_id IS NOT NULL
    UNION ALL
    SELECT u.claim, c.inside_id, u.step + 1 FROM outwards u
    JOIN annotator_claim c ON c.annotation_id = u.around
    WHERE c.inside_id IS NOT NULL AND u.step < 20
), outer_claims AS MATERIALIZED (
    SELECT u.claim, u.around, u.step FROM outwards u JOIN annotator_claim o ON o.annotation_id = u.around
    JOIN annotator_claim c ON c.annotation_id = u.claim
    WHERE o.withdrawn_at IS NULL AND (o.status <> 'draft' OR c.status = 'draft')
), spoken AS MATERIALIZED (
    SELECT l.claim_id AS claim, l.chain, l.position, coalesce(-who.publication_id, who.id) AS node,
           dense_rank() OVER (PARTITION BY l.claim_id, l.chain ORDER BY l.position) AS nth,
           max(l.position) OVER (PARTITION BY l.claim_id, l.chain) = l.position AS last
    FROM found f JOIN annotator_attribution l ON l.claim_id = f.id
    JOIN annotator_attributionsource s ON s.attribution_id = l.id
    JOIN annotator_actor a ON a.id = s.actor_id JOIN annotator_actor who ON who.id = a.survivor_id
), around AS MATERIALIZED (
    SELECT o.claim, coalesce(-who.publication_id, who.id) AS node,
           rank() OVER (PARTITION BY o.claim ORDER BY o.step) AS nearest,
           rank() OVER (PARTITION BY o.claim, o.step, l.chain ORDER BY l.position) AS nth
    FROM outer_claims o JOIN annotator_attribution l ON l.claim_id = o.around
    JOIN annotator_attributionsource s ON s.attribution_id = l.id
    JOIN annotator_actor a ON a.id = s.actor_id JOIN annotator_actor who ON who.id = a.survivor_id
), record AS MATERIALIZED (
    SELECT f.id AS claim, -r.publication_id AS outlet,
           nullif(-coalesce(r.original_publication_id, o.publication_id), -r.publication_id) AS agency
    FROM found f JOIN annotator_claimwords w ON w.claim_id = f.id
    JOIN sources_article r ON r.id = w.article_id LEFT JOIN sources_article o ON o.id = r.reprint_of_id
    WHERE NOT EXISTS (SELECT FROM around u WHERE u.claim = f.id)
), ended AS (
    SELECT r.claim, r.agency, r.outlet, s.node FROM record r
    LEFT JOIN spoken s ON s.claim = r.claim AND s.last
), edges (claim, source, target) AS MATERIALIZED (
    SELECT s.claim, s.node, t.node FROM spoken s
    JOIN spoken t ON t.claim = s.claim AND t.chain = s.chain AND t.nth = s.nth + 1
    UNION
    SELECT s.claim, s.node, u.node FROM spoken s JOIN around u ON u.claim = s.claim
    WHERE s.last AND u.nearest = 1 AND u.nth = 1
    UNION
    SELECT claim, node, coalesce(agency, outlet) FROM ended
    WHERE node IS DISTINCT FROM agency AND node IS DISTINCT FROM outlet
    UNION
    SELECT claim, agency, outlet FROM ended WHERE node IS DISTINCT FROM outlet
)
"""
WITHIN = """
WITH RECURSIVE within (id, step) AS (
    SELECT c.annotation_id, 1 FROM annotator_claim c WHERE c.inside_id IN ({links})
    UNION
    SELECT c.annotation_id, w.step + 1 FROM within w JOIN annotator_claim c ON c.inside_id = w.id
    WHERE w.step < 20
) SELECT id FROM within
"""
"""Claims inside those, as far in as EDGES looks out."""
REAL = "source IS NOT NULL AND target IS NOT NULL AND source <> target"
STRAIGHT = """
, told AS MATERIALIZED (
    SELECT f.id AS claim, max(f.inside) IS NULL AND count(s.actor_id) < 2 AS straight,
           min(s.actor_id) AS actor, min(w.article_id) AS article
    FROM ({claims}) f (id, inside) LEFT JOIN annotator_claimwords w ON w.claim_id = f.id
    LEFT JOIN annotator_attribution l ON l.claim_id = f.id
    LEFT JOIN annotator_attributionsource s ON s.attribution_id = l.id
    GROUP BY f.id
), printed AS (
    SELECT r.id AS article, -r.publication_id AS outlet,
           nullif(-coalesce(r.original_publication_id, o.publication_id), -r.publication_id) AS agency
    FROM sources_article r LEFT JOIN sources_article o ON o.id = r.reprint_of_id
), known AS (
    SELECT a.id AS actor, coalesce(-who.publication_id, who.id) AS node
    FROM annotator_actor a JOIN annotator_actor who ON who.id = a.survivor_id
), straight AS MATERIALIZED (
    SELECT k.node, p.agency, p.outlet, count(*) AS n
    FROM told t JOIN printed p USING (article) LEFT JOIN known k USING (actor)
    WHERE t.straight GROUP BY 1, 2, 3
), weighed (claim, source, target, n) AS MATERIALIZED (
    SELECT claim, source, target, 1 FROM edges WHERE {real}
    UNION ALL
    SELECT NULL, source, target, sum(n) FROM (
        SELECT node AS source, coalesce(agency, outlet) AS target, n FROM straight
        WHERE node IS DISTINCT FROM agency AND node IS DISTINCT FROM outlet
        UNION ALL
        SELECT agency, outlet, n FROM straight WHERE node IS DISTINCT FROM outlet
    ) e WHERE {real} GROUP BY source, target
)
"""
"""As EDGES counts them, of claims with one speaker at most that lie in no other. Most claims are such: their
edges are those of `ended`, none of them twice, so that they are counted without being listed."""
WEIGHED = """
, counted AS (
    SELECT 'edge' AS what, source, target, sum(n)::bigint AS n, count(*) OVER () AS every
    FROM weighed GROUP BY source, target ORDER BY 4 DESC, 2, 3 LIMIT %s
), ends AS (SELECT source AS node FROM counted UNION SELECT target FROM counted)
SELECT * FROM counted
UNION ALL SELECT 'given', source, 0, {claims}, 0 FROM weighed
    WHERE source IN (SELECT node FROM ends) GROUP BY source
UNION ALL SELECT 'taken', target, 0, {claims}, 0 FROM weighed
    WHERE target IN (SELECT node FROM ends) GROUP BY target
"""
CLAIMS = "count(DISTINCT claim) + coalesce(sum(n) FILTER (WHERE claim IS NULL), 0)::bigint"


def cited(project: Project, asked: Citation) -> Q:
    """The condition on claims that pass, somewhere on their way, from the one node to the other."""
    source, target = (_nodes(project, one) for one in asked)
    if () in (source, target) or (source, target) == (None, None):
        return Q(pk__in=[])
    near = _giving(project, source[0]) if source else _taking(project, (target or (0,))[0])
    sql, given = near.query.sql_with_params()
    ends = [("source", source), ("target", target)]
    said = " AND ".join(f"{name} = ANY(%s)" for name, keys in ends if keys)
    asks = f"{EDGES.format(found=sql)} SELECT claim FROM edges WHERE {REAL} AND {said}"
    return Q(pk__in=RawSQL(asks, [*given, *(list(keys) for _, keys in ends if keys)]))


def _nodes(project: Project, uuid: UUID | None) -> tuple[int, ...] | None:
    """The key of the node; of nobody who is here none, for anybody None."""
    if uuid is None:
        return None
    outlet = Publication.objects.filter(project=project, uuid=uuid).values_list("pk", flat=True).first()
    if outlet:
        return (-outlet,)
    actor = Actor.objects.filter(project=project, uuid=uuid).select_related("survivor").first()
    if actor is None:
        return ()
    who = actor.survivor
    return (-who.publication_id if who.publication_id else who.pk,)


def _giving(project: Project, key: int) -> QuerySet[Any]:
    """Every claim that may pass on from there, and others: it stands in a link, or is the record's agency."""
    claims = Claim.objects.filter(project=project).order_by().values("pk")
    said = claims.filter(pk__in=_links(project, key))
    if key > 0:
        return said
    article = "searched__article"
    return said.union(
        claims.filter(**{f"{article}__original_publication": -key}),
        claims.filter(**{f"{article}__reprint_of__publication": -key}),
    )


def _taking(project: Project, key: int) -> QuerySet[Any]:
    """Every claim that may come to it, and others: it stands in a link, or in one of what the claim lies in,
    or prints it or is the record's agency."""
    claims = Claim.objects.filter(project=project).order_by().values("pk")
    links, given = _links(project, key).query.sql_with_params()
    inner = claims.filter(pk__in=RawSQL(WITHIN.format(links=links), given))
    near = _giving(project, key).union(inner)
    return near if key > 0 else near.union(claims.filter(searched__publication=-key))


def _links(project: Project, key: int) -> QuerySet[Any]:
    who = Q(actor__survivor=key) if key > 0 else Q(actor__survivor__publication=-key)
    return AttributionSource.objects.filter(who, project=project).values("attribution__claim")


@dataclass(frozen=True)
class Node:
    """`uuid` is an actor's or, for an `outlet`, the publication's. `given` claims of it are passed on by
    others, `taken` it has from others; all of them, also those whose edges are not among the strongest."""

    key: int
    uuid: UUID
    name: str
    outlet: bool
    given: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Edge:
    source: int
    target: int
    claims: int


@dataclass(frozen=True)
class Network:
    """The strongest edges of `every` there are, and who stands at their ends by key."""

    nodes: dict[int, Node]
    edges: list[Edge]
    every: int


def network(claims: QuerySet[Claim], most: int) -> Network:
    """Of the claims; at most so many edges. Four queries at most."""
    sql, given = (
        claims.order_by()
        .values("pk", "inside_id")
        .query.get_compiler(connection=connection, elide_empty=False)
        .as_sql()
    )
    edges = EDGES.format(found="SELECT claim FROM told WHERE NOT straight")
    asks = edges + STRAIGHT.format(claims=sql, real=REAL) + WEIGHED.format(claims=CLAIMS)
    with connection.cursor() as cursor:
        cursor.execute(asks, [*given, most])
        rows = cursor.fetchall()
    found = [Edge(source, target, n) for what, source, target, n, _ in rows if what == "edge"]
    sums = {(what, key): n for what, key, _, n, _ in rows if what != "edge"}
    every = next((total for what, *_, total in rows if what == "edge"), 0)
    nodes = _named({key for one in found for key in (one.source, one.target)}, sums)
    found.sort(key=lambda one: (-one.claims, nodes[one.source].name, nodes[one.target].name, one.source))
    return Network(nodes, found, every)


def _named(keys: set[int], sums: dict[tuple[str, int], int]) -> dict[int, Node]:
    outlets = Publication.objects.filter(pk__in=[-key for key in keys if key < 0])
    actors = Actor.objects.filter(pk__in=[key for key in keys if key > 0])
    labels = labels_of_keys(key for key in keys if key > 0)
    told = [(-one, uuid, name, True) for one, uuid, name in outlets.values_list("pk", "uuid", "name")]
    for key, uuid, name in actors.values_list("pk", "uuid", "name"):
        told.append((key, uuid, labels[key].whole if key in labels else name, False))
    return {
        key: Node(key, uuid, name, outlet, sums.get(("given", key), 0), sums.get(("taken", key), 0))
        for key, uuid, name, outlet in told
    }
