"""What the demo says of its actors beyond their names, written by the actions of the web."""

from collections.abc import Mapping

from annotator.actions import actor_records, event_merges, identities
from annotator.intents.actor_record import CompareActors, MergeActors, ResolveSpeaker, parse_record
from annotator.intents.event_merge import MergeEvents
from annotator.models import Actor, Event
from annotator.queries.actor_records import known_of
from sources.models import Project, User

from .entries import DemoFiles
from .identity_entries import RecordEntry


def load_identities(
    files: DemoFiles,
    project: Project,
    people: Mapping[str, User],
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
) -> None:
    """Records first: a merge is of actors as they then stand."""
    for record in files.records:
        _correct(record, people, actors)
    for merge in files.merges:
        pair = [Actor.objects.get(pk=actors[key].pk) for key in (merge.survivor, merge.merged)]
        survivor, merged = pair
        intent = MergeActors(
            survivor.uuid, (merged.uuid,), merge.reason, {one.uuid: one.version for one in pair}
        )
        identities.merge(by=people[merge.by], project=project, intent=intent)
    for one in files.event_merges:
        same = MergeEvents(events[one.survivor].uuid, events[one.merged].uuid, one.reason)
        event_merges.merge(by=people[one.by], project=project, intent=same)
    for found in files.resolutions:
        intent_found = ResolveSpeaker(actors[found.named].uuid, found.reason, found.evidence)
        identities.resolve(by=people[found.by], anonymous=actors[found.anonymous], intent=intent_found)
    for said in files.comparisons:
        pair_said = CompareActors(actors[said.first].uuid, actors[said.second].uuid, said.sameness, said.note)
        identities.compare(by=people[said.by], project=project, intent=pair_said)


def _correct(entry: RecordEntry, people: Mapping[str, User], actors: Mapping[str, Actor]) -> None:
    actor = Actor.objects.select_related("kind").get(pk=actors[entry.actor].pk)
    record = {
        **known_of(actor).record,
        "aliases": [
            {"name": one.name, "language": one.language, "script": one.script} for one in entry.names
        ],
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in entry.identifiers],
        "belongings": [
            {
                "tie": one.tie,
                "organisation": str(actors[one.organisation].uuid),
                "role": one.role,
                "since": one.since,
                "until": one.until,
            }
            for one in entry.belongings
        ],
    }
    actor_records.correct(by=people[entry.by], actor=actor, record=parse_record(record))
