"""Who is whom, for all who show actors: survivors in the place of merged ones, labels of the anonymous."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.expressions import NegatedExpression

from annotator.citations.date_words import in_words
from annotator.models import Actor, AttributionSource, Naming, Party

Source = TypeVar("Source", bound=AttributionSource)


def one_each(sources: Iterable[Source]) -> list[Source]:
    """Of the sources of a link that were merged with each other the first. They come with their actors."""
    first: dict[tuple[int, int], Source] = {}
    for source in sources:
        first.setdefault((source.attribution_id, source.actor.survivor_id), source)
    return list(first.values())


def parties_each(parties: Iterable[Party]) -> list[Party]:
    """Of those addressed in a link, or meant by a claim, who were merged with each other the first; whoever
    is only described stays. They come with their actors."""
    first: dict[tuple[int | None, ...], Party] = {}
    for party in parties:
        who = (party.actor.survivor_id, 0) if party.actor else (0, party.pk)
        first.setdefault((party.attribution_id, party.claim_id, *who), party)
    return list(first.values())


def only_of_their_link() -> NegatedExpression:
    """The same as a condition on sources."""
    earlier = AttributionSource.objects.filter(
        attribution=OuterRef("attribution"),
        actor__survivor=OuterRef("actor__survivor"),
        pk__lt=OuterRef("pk"),
    )
    return ~Exists(earlier)


def other_names(actors: Iterable[int]) -> dict[int, list[str]]:
    """By actor, what else it is called: its aliases, then names and aliases of those merged into it.
    One query."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = (
        Actor.objects.filter(survivor__in=list(actors))
        .order_by(F("merged_into").asc(nulls_first=True), "pk", "aliases__pk")
        .values_list("survivor", "pk", "name", "aliases__name")
    )
    for survivor, actor, name, alias in rows:
        assert survivor is not None  # noqa: S101  the column is generated
        called = (alias,) if actor == survivor else (name, alias)
        names[survivor] += [one for one in called if one and one not in names[survivor]]
    return names


@dataclass(frozen=True)
class Label:
    """What an anonymous speaker is called outside the article: "security official #2, LA Times, 12 Aug 2021".

    The number tells apart those whom one article calls alike; outlet and date (EDTF) are the record's.
    """

    name: str
    number: int
    outlet: str
    published: str

    @property
    def short(self) -> str:
        return f"{self.name} #{self.number}"

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.outlet, in_words(self.published))))

    @property
    def whole(self) -> str:
        return ", ".join(filter(None, (self.short, self.place)))


# Counted by words and article, in the order in which they were made. One whom nothing names any more (its
# mention was taken back) takes no number; a withdrawn claim's speaker keeps theirs. Words that end in a
# number somebody wrote there ("an engineer #1") are counted without it.
LABELS = """
SELECT a.id, a.words, numbered.n, coalesce(o.name, ''), art.published
FROM (SELECT id, article_id, regexp_replace(name, '\\s*#\\s*\\d+$', '') AS words FROM annotator_actor
      WHERE id = ANY(%(actors)s) AND naming = 'anonymous') a
JOIN sources_article art ON art.id = a.article_id
LEFT JOIN sources_publication o ON o.id = art.publication_id
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM annotator_actor b
    WHERE b.article_id = a.article_id AND b.naming = 'anonymous' AND b.id <= a.id
      AND lower(regexp_replace(b.name, '\\s*#\\s*\\d+$', '')) = lower(a.words)
      AND (b.id = a.id
        OR EXISTS (SELECT FROM annotator_actormention m WHERE m.actor_id = b.id)
        OR EXISTS (SELECT FROM annotator_attributionsource s WHERE s.actor_id = b.id)
        OR EXISTS (SELECT FROM annotator_party y WHERE y.actor_id = b.id)
        OR EXISTS (SELECT FROM annotator_eventparticipant p WHERE p.actor_id = b.id))
) numbered
"""


def labels_of(actors: Iterable[Actor]) -> dict[int, Label]:
    """By key, the labels of those who are anonymous. One query, or none where nobody is."""
    return labels_of_keys(actor.pk for actor in actors)


def called(actors: Iterable[Actor]) -> dict[int, str]:
    """By key, what each is called where no article of theirs is near: the label of the anonymous, others'
    names. One query, or none where nobody is anonymous."""
    everybody = {actor.pk: actor for actor in actors}
    labels = labels_of(one for one in everybody.values() if one.naming == Naming.ANONYMOUS)
    return {key: labels[key].whole if key in labels else one.name for key, one in everybody.items()}


def labels_of_keys(actors: Iterable[int]) -> dict[int, Label]:
    keys = list(actors)
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LABELS, {"actors": keys})
        return {key: Label(*row) for key, *row in cursor.fetchall()}
