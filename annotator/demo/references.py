"""Whether everything that the demo's entries point to is there. Pure."""

from collections.abc import Iterable, Iterator

from .entries import ArticleEntry, ClaimEntry, DemoFiles
from .file_line import FileLine
from .identity_entries import IdentityEntry

Reference = tuple[FileLine, str, str]
"""Where, what sort of thing, which key."""


def check_references(files: DemoFiles) -> None:
    """Raises `EntryRefused` for the first key that names nothing, or that two entries have."""
    known = {
        "actor": {actor.key for actor in files.actors},
        "event": {event.key for event in files.events},
        "topic": {topic.key for topic in files.topics},
        "concept": {concept.key for concept in files.concepts},
        "person": {person.key for person in files.people},
        "article": {article.name for article in files.articles},
        "claim": {f"{a.name}/{claim.key}" for a in files.articles for claim in a.claims},
    }
    for at, sort, key in _references(files):
        if key and key not in known[sort]:
            raise at.refuse(f"there is no {sort} “{key}”")
    for entries in (files.actors, files.events, files.topics, files.concepts, files.people):
        _refuse_twins((entry.at, entry.key) for entry in entries)
    for article in files.articles:
        _refuse_twins((claim.at, claim.key) for claim in article.claims)


def _refuse_twins(keys: Iterable[tuple[FileLine, str]]) -> None:
    seen: set[str] = set()
    for at, key in keys:
        if key in seen:
            raise at.refuse("an entry before it has the same key")
        seen.add(key)


def _references(files: DemoFiles) -> Iterator[Reference]:
    for actor in files.actors:
        yield actor.at, "actor", actor.affiliation
        yield actor.at, "article", actor.article
    for event in files.events:
        for part in event.participants:
            yield event.at, "actor", part.actor
    for relation in files.relations:
        yield relation.at, "claim", relation.claim
        yield relation.at, "claim", relation.other
        yield relation.at, "person", relation.by
    yield from _of_identities(files)
    for article in files.articles:
        yield FileLine(f"{article.name}.toml", "reprint_of"), "article", article.reprint_of
        for mention in article.mentions:
            yield mention.at, "actor", mention.actor
        for seen in article.events:
            yield seen.at, "event", seen.event
            for one in seen.who:
                yield seen.at, "actor", one.actor
        for claim in article.claims:
            yield from _of_claim(article, claim)


def _of_identities(files: DemoFiles) -> Iterator[Reference]:
    for record in files.records:
        yield record.at, "actor", record.actor
        for tie in record.belongings:
            yield record.at, "actor", tie.organisation
    for same in files.event_merges:
        yield same.at, "event", same.survivor
        yield same.at, "event", same.merged
    for merge in files.merges:
        for key in (merge.survivor, merge.merged):
            yield merge.at, "actor", key
    for found in files.resolutions:
        for key in (found.anonymous, found.named):
            yield found.at, "actor", key
    for said in files.comparisons:
        for key in (said.first, said.second):
            yield said.at, "actor", key
    signed: tuple[IdentityEntry, ...] = (
        *files.records,
        *files.merges,
        *files.event_merges,
        *files.resolutions,
        *files.comparisons,
    )
    for entry in signed:
        yield entry.at, "person", entry.by


def _of_claim(article: ArticleEntry, claim: ClaimEntry) -> Iterator[Reference]:
    yield claim.at, "person", claim.by
    if claim.inside:
        yield claim.at, "claim", f"{article.name}/{claim.inside}"
    for topic in claim.topics:
        yield claim.at, "topic", topic
    for position in claim.positions:
        yield claim.at, "concept", position.partition(":")[0]
    for meant in claim.targets:
        yield claim.at, "actor", meant.actor
    for link in claim.links:
        for source in link.by:
            yield claim.at, "actor", source.actor
        for heard in link.to:
            yield claim.at, "actor", heard.actor
    for quantity in claim.quantities:
        yield claim.at, "event", quantity.event
    for review in claim.reviews:
        yield claim.at, "person", review.by
