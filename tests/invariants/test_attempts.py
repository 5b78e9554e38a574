"""Every attempt is refused, by the rule that it expects."""

import pytest

from tests.factories import World

from . import (
    archived,
    backups,
    batches,
    bulk,
    carrying,
    column_mappings,
    cuts,
    discussions,
    event_merges,
    heard,
    histories,
    hosts,
    intakes,
    invitations,
    judgements,
    outlets,
    parts,
    references,
    reprints,
    saved_searches,
    search_words,
    texts,
    tokens,
    told_apart,
    values,
    watch_terms,
)
from .attempt import Attempt, outcome

ATTEMPTS: list[Attempt] = [
    *values.ATTEMPTS,
    *archived.ATTEMPTS,
    *references.ATTEMPTS,
    *texts.ATTEMPTS,
    *judgements.ATTEMPTS,
    *histories.ATTEMPTS,
    *hosts.ATTEMPTS,
    *parts.ATTEMPTS,
    *bulk.ATTEMPTS,
    *cuts.ATTEMPTS,
    *watch_terms.ATTEMPTS,
    *outlets.ATTEMPTS,
    *search_words.ATTEMPTS,
    *saved_searches.ATTEMPTS,
    *event_merges.ATTEMPTS,
    *batches.ATTEMPTS,
    *discussions.ATTEMPTS,
    *told_apart.ATTEMPTS,
    *intakes.ATTEMPTS,
    *invitations.ATTEMPTS,
    *backups.ATTEMPTS,
    *reprints.ATTEMPTS,
    *column_mappings.ATTEMPTS,
    *carrying.ATTEMPTS,
    *tokens.ATTEMPTS,
    *heard.ATTEMPTS,
]


def _named(attempt: Attempt) -> str:
    return f"{attempt.holder[0]}-{attempt.rule}-{attempt.name}".replace(" ", "_")


@pytest.mark.parametrize("attempt", [a for a in ATTEMPTS if a.by == "app"], ids=_named)
def test_refuses_the_app_role(world: World, attempt: Attempt) -> None:
    found = outcome(attempt, world)
    assert found.rule == attempt.rule, found.said


@pytest.mark.parametrize("attempt", [a for a in ATTEMPTS if a.by == "owner"], ids=_named)
def test_refuses_the_owner(world: World, as_the_owner: None, attempt: Attempt) -> None:
    found = outcome(attempt, world)
    assert found.rule == attempt.rule, found.said
