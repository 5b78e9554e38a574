"""Saving many annotations at once: all of them in one transaction and as one act of the history, or none."""

from collections.abc import Sequence

from django.db import DataError, IntegrityError

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.refusal import Carried, InUse, ItemRefused, Refused, RefusedItems, Taken, VersionNeeded
from annotator.models import Annotation
from sources.models import Project, Snapshot, User, acting

from .annotations import Saved, hold_what_it_stands_on, locked, settle, texts_called
from .told_whole import told_of

MOST_TOLD = 100
"""Of what is refused; who sends more that is wrong than that has to look at what makes it."""
DIFFERS = "another annotation stands under this identifier: change that one by itself, with its version"


def save_many(*, by: User | None, project: Project, intents: Sequence[PlaceAnnotation]) -> list[Saved]:
    """What `annotations.save` makes of each, in the order given; a claim may name a mention made before it.

    Texts, locks and what exists are looked up once for all of them. An item that is as it was stored is left
    alone, so that sending all of it again is sending it once; one that differs is refused, as nothing is
    changed in bulk. Raises RefusedItems, and then nothing of it is stored.
    """
    with acting(by):
        texts = texts_called(project, {intent.snapshot for intent in intents})
        hold_what_it_stands_on(project, texts.values(), intents)
        known = locked([intent.span.uuid for intent in intents])
        saved: list[Saved] = []
        wrong: list[ItemRefused] = []
        for number, intent in enumerate(intents):
            try:
                found = known.get(intent.span.uuid)
                saved.append(_one(by, project, texts.get(intent.snapshot), found, intent))
            except Refused as error:
                # What the item wrote until then goes with all the rest: the act is undone as a whole below.
                wrong += [ItemRefused(number, one.field, one.rule, one.message) for one in error.all]
            except (IntegrityError, DataError):
                # The transaction can be asked nothing more.
                wrong.append(ItemRefused(number, "", "kept_by_database", "the database’s rules refuse it"))
                break
            if len(wrong) >= MOST_TOLD:
                break
        if wrong:
            raise RefusedItems(wrong, all_looked_at=number == len(intents) - 1)
    return saved


def _one(
    by: User | None,
    project: Project,
    snapshot: Snapshot | None,
    existing: Annotation | None,
    intent: PlaceAnnotation,
) -> Saved:
    """Raises Refused for whatever stands in the way."""
    if snapshot is None:
        raise Refused("snapshot", "exists", "there is no such text in this project")
    try:
        with told_of(snapshot, intent):
            return settle(by=by, snapshot=snapshot, existing=existing, intent=intent)
    except Taken:
        raise Refused("uuid", "taken", "is in use") from None
    except VersionNeeded:
        raise Refused("uuid", "differs", DIFFERS) from None
    except (Carried, InUse) as error:
        raise Refused("uuid", "in_use", str(error)) from None
