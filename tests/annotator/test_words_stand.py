"""PostgreSQL and Python lay a text on one line alike; what was stored before either looked stays as it is."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from annotator.actions import annotations
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused
from annotator.models import Claim, Quantity
from sources.text.standing import line_of
from tests.factories import World, words


@pytest.mark.django_db
def test_a_text_is_one_line_alike() -> None:
    everything = "".join(chr(c) for c in (*range(1, 0xD800), *range(0xE000, 0x11000), 0x1F309))
    with connection.cursor() as cursor:
        for text in (everything, " a\n\n b\u00a0\u202ec\t", "x"):
            cursor.execute("SELECT sourceline_one_line(%s)", [text])
            assert cursor.fetchone()[0].strip(" ") == line_of(text)


OLD = {"what": "lorries", "low": "17", "high": "17", "qualifier": "exactly", "words": "seventeen"}


@pytest.mark.lengthy
def test_a_number_of_words_that_stand_nowhere_stays_while_others_change(
    committed_world: World, owner_cursor: psycopg.Cursor
) -> None:
    side, by = committed_world.here, committed_world.manager

    def put(*quantities: dict[str, Any]) -> Claim:
        body = words(side.snapshot, "Eighteen lorries turned back") | {"snapshot": str(side.snapshot.uuid)}
        body |= {"kind": "claim", "claim": {"type": "fact", "quantities": list(quantities)}}
        body["claim"] |= {"quotation_type": "indirect", "voice": "own"}
        version = Claim.objects.get(pk=side.lone.pk).annotation.version
        intent = parse_annotation(side.lone.uuid, body)
        annotations.save(by=by, project=side.project, intent=intent, version=version)
        return side.lone

    def stored() -> list[tuple[str, str, int]]:
        rows = Quantity.objects.filter(claim=side.lone).order_by("pk")
        return [(row.what, row.words, int(row.low)) for row in rows]

    nine = {**OLD, "what": "days", "words": "nine days", "low": 9, "high": 9}
    put({**OLD, "words": "Eighteen"}, nine)
    owner_cursor.execute("ALTER TABLE annotator_quantity DISABLE TRIGGER quantity_words_stand_update")
    owner_cursor.execute("UPDATE annotator_quantity SET words = 'seventeen' WHERE what = 'lorries'")
    owner_cursor.execute("ALTER TABLE annotator_quantity ENABLE ALWAYS TRIGGER quantity_words_stand_update")
    put(OLD, {**nine, "low": 8, "high": 8}, {**nine, "what": "closures", "words": "nine"})
    assert stored() == [("lorries", "seventeen", 17), ("days", "nine days", 8), ("closures", "nine", 9)]
    put(nine, OLD)
    assert stored() == [("lorries", "seventeen", 17), ("days", "nine days", 9)], "it stands where it stood"
    for changed in ({**OLD, "what": "vans"}, {**OLD, "words": "sixteen"}):
        with pytest.raises(Refused) as refusal:
            put(changed, nine)
        assert (refusal.value.field, refusal.value.rule) == ("claim.quantities.0.words", "in_the_text")
    with pytest.raises(Refused):
        put(OLD, OLD, nine)
    with pytest.raises(Refused) as refusal:
        put(OLD, {**nine, "words": "ten days"})
    assert (refusal.value.field, refusal.value.rule) == ("claim.quantities.1.words", "in_the_text")
    put(nine)
    with pytest.raises(Refused):
        put(OLD, nine)
    assert stored() == [("days", "nine days", 9)], "gone, it comes back no more"
