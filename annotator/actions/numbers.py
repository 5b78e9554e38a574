"""The numbers that a claim gives, written as a whole."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from annotator.intents.quantity import NumberSaid
from annotator.models import Claim, Quantity
from sources.models import Project, Snapshot
from sources.text.standing import as_they_stand, line_of

from . import events, words_said
from .gathering import insert_all

COLUMNS = ("what", "low", "high", "qualifier", "unit", "words", "event_id")
Values = dict[str, Any]


def write(
    *, project: Project, snapshot: Snapshot, claim: Claim, wanted: Sequence[NumberSaid], new: bool
) -> None:
    """Make the claim give exactly these numbers. `new`: it was made in this act.

    One whose words stand nowhere in the text, stored before anybody looked, stays as it is while the others
    change; it can only be taken out, or be given words that stand. Raises Refused.
    """
    present = [] if new else list(Quantity.objects.filter(claim=claim).select_related("event").order_by("pk"))
    values = list(enumerate(_values(project, present, wanted)))
    kept = _kept(present, [one for _, one in values], snapshot)
    staying = [_said(row) for row in kept]
    made = [(i, one) for i, one in values if not _taken(staying, one)]
    words_said.check(snapshot, [(f"claim.quantities.{i}.words", one["words"]) for i, one in made])
    if gone := {row.pk for row in present} - {row.pk for row in kept}:
        Quantity.objects.filter(pk__in=gone).delete()
    if made:
        rows = [Quantity(project=project, claim=claim, **one) for _, one in made]
        insert_all(Quantity, rows)


def _values(project: Project, present: Sequence[Quantity], wanted: Sequence[NumberSaid]) -> list[Values]:
    """By column. A number that was given for an event which was merged meanwhile stays that event's."""
    own = {row.event.survivor_key: row.event_id for row in present if row.event}
    named = [
        events.known(project, one.event, f"claim.quantities.{i}.event").pk if one.event else None
        for i, one in enumerate(wanted)
    ]
    plain = [name for name in COLUMNS if name != "event_id"]
    return [
        {name: getattr(one, name) for name in plain} | {"event_id": own.get(event, event)}
        for one, event in zip(wanted, named, strict=True)
    ]


def _said(row: Quantity) -> Values:
    return {name: getattr(row, name) for name in COLUMNS}


def _taken(staying: list[Values], one: Values) -> bool:
    """Whether one of those stays for it, which then stays for no other."""
    if one not in staying:
        return False
    staying.remove(one)
    return True


def _kept(present: Sequence[Quantity], wanted: Sequence[Values], snapshot: Snapshot) -> list[Quantity]:
    """Those that come first and are as they are wanted; of the others, so that their order is the wanted one,
    only what could not be made again."""
    alike = takewhile(lambda pair: _said(pair[0]) == pair[1], zip(present, wanted, strict=False))
    first = [row for row, _ in alike]
    later, left = present[len(first) :], list(wanted[len(first) :])
    if not later or not left:
        return first
    line = line_of(snapshot.text)
    return first + [
        row
        for row in later
        if row.words and as_they_stand(line, row.words) != row.words and _taken(left, _said(row))
    ]
