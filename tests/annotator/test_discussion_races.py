"""Discussing one thing at once: as many discussions of it are open as there may be, and no more."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import discussions
from annotator.intents.discussion import SayComment, Subject
from annotator.intents.refusal import Refused
from annotator.models import Comment, Discussion
from sources.actions import set_member
from sources.models import User
from tests.factories import Side, World, person
from tests.racing import race


@pytest.mark.lengthy
def test_who_begins_and_who_opens_again_take_turns(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: Side = committed_world.here
    people = [person(f"talker{n}") for n in range(6)]
    for one in people:
        set_member(by=committed_world.manager, project=here.project, user=one, role="annotator")

    def say(by: User) -> Callable[[], Any]:
        about = Subject("event", here.event.uuid)
        intent = SayComment(uuid4(), uuid4(), "Is it this one?", about)
        return lambda: discussions.say(by=by, project=here.project, intent=intent)

    first, _ = say(people[0])()
    discussions.settle(by=people[0], discussion=first.discussion, state="resolved")
    monkeypatch.setattr(discussions, "MOST_OPEN", 2)
    again = [lambda: discussions.settle(by=people[0], discussion=first.discussion, state="open")]
    told = race([*again, *(say(one) for one in people[1:])])
    assert Counter(isinstance(one, Refused) for one in told) == {True: 4, False: 2}, told
    assert Discussion.objects.filter(event=here.event, state="open").count() == 2
    begun = 2 if isinstance(told[0], Refused) else 1
    assert Comment.objects.filter(discussion__event=here.event).count() == 1 + begun
