"""What an actor is part of: claims about it, its events, with whom it appears, and when it was heard."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from annotator.models import Actor, ActorMention, AttributionSource, Claim, EventParticipant, Party
from sources.models import Role

from .events import events_of
from .visibility import HANDED_IN, seen_by

COMPANIONS = 20


def claims_about(actor: Actor, role: Role | None = None) -> QuerySet[Claim]:
    """Claims that stand whose words hold a mention of the actor or that are directed at it, and that are not
    its own.

    "About" is what the text shows, a mention marked inside the claim's words, or what an analyst said: whom
    the claim blames, accuses or credits. Who else is meant by a pronoun is not known here.
    """
    inside = Func(
        F("annotation__extent"),
        OuterRef("annotation__extent"),
        template="%(expressions)s",
        arg_joiner=" <@ ",
        output_field=BooleanField(),
    )
    mention = ActorMention.objects.filter(
        inside, actor__survivor=actor.pk, annotation__snapshot=OuterRef("annotation__snapshot")
    )
    own = AttributionSource.objects.filter(
        attribution__claim=OuterRef("pk"), attribution__position=0, actor__survivor=actor.pk
    )
    target = Party.objects.filter(claim=OuterRef("pk"), actor__survivor=actor.pk)
    claims = Claim.objects.filter(
        Exists(mention) | Exists(target),
        ~Exists(own),
        seen_by(role),
        project=actor.project_id,
        withdrawn_at=None,
    )
    return claims.order_by(
        F("annotation__snapshot__article__published_min").asc(nulls_last=True),
        "annotation__snapshot__article",
        "annotation__sentence__number",
        "pk",
    )


def parts_of(actor: Actor, role: Role | None = None) -> list[EventParticipant]:
    """The events it took part in, by date; of those that a visitor of that role sees. One query."""
    parts = EventParticipant.objects.filter(actor__survivor=actor.pk, event__merged_into=None)
    if role is None:
        parts = parts.filter(event__in=events_of(actor.project, role).values("pk"))
    return list(
        parts.select_related("event__type").order_by(
            Coalesce("event__date_min", "event__date_max").asc(nulls_last=True), "event", "pk"
        )
    )


@dataclass(frozen=True)
class Companion:
    """`links`: in how many links of claims' chains both speak; `articles`: in how many both are named."""

    uuid: str
    name: str
    links: int
    articles: int


# Articles are those that mention or quote both. Anonymous speakers are of one article and company to nobody.
COMPANY = """
WITH spoken AS (
    SELECT who.survivor_id AS actor, x.attribution_id AS link, s.article_id AS article
    FROM annotator_attributionsource x
    JOIN annotator_actor who ON who.id = x.actor_id
    JOIN annotator_attribution t ON t.id = x.attribution_id
    JOIN annotator_claim c ON c.annotation_id = t.claim_id
    JOIN annotator_annotation n ON n.id = c.annotation_id JOIN sources_snapshot s ON s.id = n.snapshot_id
    WHERE x.project_id = %(project)s AND c.withdrawn_at IS NULL AND (%(all)s OR c.status = ANY(%(open)s))
), named AS (
    SELECT actor, article FROM spoken
    UNION
    SELECT who.survivor_id, s.article_id FROM annotator_actormention m
    JOIN annotator_actor who ON who.id = m.actor_id
    JOIN annotator_annotation n ON n.id = m.annotation_id JOIN sources_snapshot s ON s.id = n.snapshot_id
    WHERE m.project_id = %(project)s
), links AS (
    SELECT o.actor, count(DISTINCT o.link) AS n FROM spoken me JOIN spoken o ON o.link = me.link
    WHERE me.actor = %(actor)s AND o.actor <> me.actor GROUP BY 1
), articles AS (
    SELECT o.actor, count(DISTINCT o.article) AS n FROM named me JOIN named o ON o.article = me.article
    WHERE me.actor = %(actor)s AND o.actor <> me.actor GROUP BY 1
)
SELECT a.uuid::text, a.name, coalesce(links.n, 0), articles.n
FROM articles JOIN annotator_actor a ON a.id = articles.actor LEFT JOIN links ON links.actor = a.id
WHERE a.naming <> 'anonymous'
ORDER BY 3 DESC, 4 DESC, lower(a.name), a.uuid LIMIT %(limit)s
"""


def company_of(actor: Actor, role: Role | None = None) -> list[Companion]:
    """With whom it appears, those in the same links first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            COMPANY,
            {
                "project": actor.project_id,
                "actor": actor.pk,
                "all": role is not None,
                "open": [status.value for status in HANDED_IN],
                "limit": COMPANIONS,
            },
        )
        return [Companion(*row) for row in cursor.fetchall()]
