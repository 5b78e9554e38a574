"""What a thing is now, told to whoever wanted to change what it was."""

from typing import Any

from annotator.models import Actor, Code, Comment, Event, SavedSearch, WatchTerm
from annotator.queries.annotation_json import actors_json, annotations_json
from annotator.queries.article_json import outlet_json
from annotator.queries.asked_columns import mapping_json
from annotator.queries.changes import blocks_json
from annotator.queries.discussion_json import comment_json
from annotator.queries.event_json import events_json
from annotator.queries.project_json import members_json, state_of
from annotator.queries.room_payload import code_json
from annotator.queries.watch_terms import watch_term_json
from sources.models import Article, Block, ColumnMapping, Membership, Project, Publication


def as_it_is(thing: Any) -> dict[str, Any] | None:  # noqa: PLR0911, PLR0912  one line a kind
    """The object as its own address tells it, or its version alone; None of what is gone."""
    if thing is None:
        return None
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    match thing:
        case Event():
            return first(events_json(rows))
        case Actor():
            told = first(actors_json(rows))
            return told and told | {"version": thing.version}
        case Code():
            return code_json(thing) | {"version": thing.version}
        case WatchTerm():
            return watch_term_json(thing)
        case SavedSearch():
            return {"name": thing.name, "shared": thing.shared, "version": thing.version}
        case Comment():
            return comment_json(thing)
        case Membership():
            return first(members_json([thing.pk]))
        case ColumnMapping():
            return mapping_json(thing)
        case Project():
            return {"version": state_of(thing)}
        case Publication():
            return outlet_json(thing)
        case Article():
            return {"version": thing.version}
        case Block():
            return first(blocks_json(rows))
    return first(annotations_json([thing.pk]))


def first(told: list[dict[str, Any]]) -> dict[str, Any] | None:
    return told[0] if told else None
