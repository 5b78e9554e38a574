"""Names of accounts that are tried at once by many requests of one person."""

from collections import Counter

from annotator.actions.members import place
from annotator.guesses import MOST
from annotator.intents.refusal import Refused
from sources.models import Membership
from tests.factories import World, person
from tests.racing import race


def test_of_many_guesses_at_once_no_more_are_judged_than_may_be(committed_world: World) -> None:
    manager, project = committed_world.manager, committed_world.here.project
    there = person("there")

    def guess(username: str) -> Membership:
        return place(by=manager, project=project, username=username, role="viewer")

    answers = race([lambda n=n: guess(f"nobody-{n}") for n in range(2 * MOST)])
    refused = Counter(answer.rule for answer in answers if isinstance(answer, Refused))
    assert refused == {"known": MOST, "too_often": MOST}
    (late,) = race([lambda: guess("there")])
    assert isinstance(late, Refused)
    assert late.rule == "too_often"
    assert not Membership.objects.filter(project=project, user=there).exists()


def test_names_that_are_somebodys_are_no_misses(committed_world: World) -> None:
    manager, project = committed_world.manager, committed_world.here.project
    for n in range(MOST + 2):
        place(by=manager, project=project, username=person(f"member-{n}").username, role="viewer")
    came = Membership.objects.filter(project=project, user__username__startswith="member-")
    assert came.count() == MOST + 2
