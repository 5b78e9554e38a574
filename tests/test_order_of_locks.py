"""Every act takes its locks by name in the order of `locks.py`, and one that does not is found."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from annotator.actions import annotating_many, annotations
from annotator.intents.annotation import parse_annotation, parse_annotations
from sources.actions import locks
from sources.models import acting
from tests.factories import World, words
from tests.order_of_locks import against, kind_of

pytestmark = pytest.mark.django_db
SOURCE = Path(locks.__file__).read_text()


def test_a_planted_reversal_is_found(small_world_here: World) -> None:
    world = small_world_here
    project, article = world.here.project.pk, world.here.article.pk
    with pytest.raises(AssertionError, match="taken after 'texts of"), acting(world.manager):
        locks.hold_texts_of(article)
        locks.hold_outlets(project)
    with acting(world.manager):  # another act, and what is held already
        locks.hold_outlets(project)
        locks.hold_texts_of(article)
        locks.hold_outlets(project)


def test_each_lock_has_its_place_in_the_order_and_stands_there() -> None:
    named = re.findall(r'_lock\(\*?\(?f"([a-z ]+) \{', SOURCE)
    kinds = list(dict.fromkeys(kind_of(f"{one} 1") for one in named))
    assert kinds == list(locks.ORDER)
    assert "after 'texts of 1'" in against({"texts of 1": True}, ("merging outlets 1",), shared=True)
    assert not against({"intake 1": False, "standing 1": True}, ("text 1 ab", "text 1 cd"), shared=False)
    assert "then taken alone" in against({"standing 1": True}, ("standing 1",), shared=False)
    assert not against({"standing 1": False, "texts of 1": True}, ("standing 1",), shared=True)
    with pytest.raises(ValueError, match="no place for the lock 'odd 1'"):
        kind_of("odd 1")


def outlet_that_speaks(number: int) -> dict[str, Any]:
    return {"new_actor": {"uuid": f"{number:032x}", "name": f"The Weir {number}", "kind": "outlet"}}


def test_whoever_names_a_new_outlet_holds_the_outlets_before_the_texts(small_world_here: World) -> None:
    world = small_world_here
    text, project = world.here.snapshot, world.here.project
    bodies = [
        {
            "uuid": f"{number + 10:032x}",
            "snapshot": str(text.uuid),
            "kind": "actor",
            **words(text, text.text.split()[number]),
            "actor": outlet_that_speaks(number),
        }
        for number in (1, 2)
    ]
    first = parse_annotation(bodies[0].pop("uuid"), bodies[0])
    assert annotations.save(by=world.manager, project=project, intent=first).created
    many = parse_annotations({"annotations": bodies[1:]})
    assert annotating_many.save_many(by=world.manager, project=project, intents=many)[0].created
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sources_publication WHERE name LIKE 'The Weir %'")
        assert cursor.fetchone() == (2,)
