"""What the reading room's scripts are given: the record, the codebook, who and what is named, the marks."""

from annotator.models import Actor, Code, Facet
from sources.models import BlockRole, Project, Role, User

from .annotation_json import Json, actors_json, annotations_json
from .chains import record_links
from .discussion_counts import discussed_in
from .event_json import events_json
from .prepared import listed
from .reading import Room, actors_in, events_in, marked_in
from .room_marks import marks_json
from .speakers import anonymous_in
from .text_state import state_of
from .watch_terms import watch_urls

ROOM_FACETS = (
    Facet.CLAIM_TYPE,
    Facet.ACTOR_KIND,
    Facet.EVENT_TYPE,
    Facet.TOPIC,
    Facet.CONCEPT,
    Facet.CUE_TYPE,
)


def codebook_json(project: Project) -> Json:
    """The codes that a text can be coded with, retired ones too; a merged code is none any more."""
    codes = Code.objects.filter(project=project, facet__in=ROOM_FACETS, merged_into=None)
    told: Json = {facet.value: [] for facet in ROOM_FACETS}
    for code in codes.order_by("position", "name"):
        told[code.facet].append(code_json(code))
    return told


def code_json(code: Code) -> Json:
    seldom = {"colour": code.colour, "shortcut": code.shortcut}
    return {
        "key": code.key,
        "name": code.name,
        "definition": code.definition,
        "retired": code.retired_at is not None,
        **{name: value for name, value in seldom.items() if value},
    }


def room_json(
    room: Room, user: User, *, may_annotate: bool, may_review: bool, role: Role | None = None
) -> Json:
    """The contract's payload: all about the room, and its annotations as the API tells them. `role` None is
    a reader of a public project."""
    told = _about(room, user, may_annotate=may_annotate, may_review=may_review, role=role)
    return told | {
        "actors": actors_json(actors_in(room.snapshot, role)),
        "annotations": annotations_json(marked_in(room.snapshot, role), role),
    }


def page_json(
    room: Room, user: User, *, may_annotate: bool, may_review: bool, role: Role | None = None
) -> Json:
    """The same for the page that shows the text: its `marks` are rows that the page puts together."""
    told = _about(room, user, may_annotate=may_annotate, may_review=may_review, role=role)
    marks = marks_json(marked_in(room.snapshot, role), role)
    named = Actor.objects.filter(pk__in=listed(marks.pop("people")))
    return told | {"actors": actors_json(named | anonymous_in(room.article.pk, role)), "marks": marks}


def _about(room: Room, user: User, *, may_annotate: bool, may_review: bool, role: Role | None) -> Json:
    """Everything the page's scripts need beside the annotations, and the text's own overlay."""
    article, snapshot = room.article, room.snapshot
    project = article.project
    api = f"/api/v1/projects/{project.slug}"
    # asked for before the rest is read: what is written meanwhile is then told again, not missed
    state = state_of(project, snapshot.uuid)
    return {
        "project": {"slug": project.slug, "name": project.name},
        "article": {
            "uuid": str(article.uuid),
            "title": article.title,
            "language": article.language,
            "dir": room.direction,
            "outlets": [
                {"link": s.link, "name": s.people[0].name, "date": s.note} for s in record_links(article)
            ],
        },
        "snapshot": {
            "uuid": str(snapshot.uuid),
            "sha256": snapshot.sha256,
            "length": len(snapshot.text),
            "overlay": room.overlay,
            "state": state and state.tag,
        },
        "blocks": [told for block in room.blocks if (told := block.told)],
        "block_roles": BlockRole.choices,
        "me": str(user.uuid) if user.is_authenticated else "",
        "me_name": str(user) if user.is_authenticated else "",
        "can_annotate": may_annotate,
        "can_review": may_review,
        "discussed": discussed_in(snapshot) if role else None,
        "watching": state.watched_for(role) if state else "",
        "urls": {
            "annotations": f"{api}/annotations/",
            "changes": f"{api}/texts/{snapshot.uuid}/changes/",
            "blocks": f"{api}/texts/{snapshot.uuid}/blocks/",
            "actors": f"{api}/actors/",
            "events": f"{api}/events/",
            "codes": f"{api}/codes/",
            "numbers": f"{api}/texts/{snapshot.uuid}/numbers/",
            "date_words": f"{api}/date-words/?article={article.uuid}",
            "claim": "/c/",
            "speaker": f"/p/{project.slug}/speakers/",
            "event": f"/p/{project.slug}/events/",
            "history": f"/p/{project.slug}/history/" if role else "",
            **watch_urls(snapshot, api, role, may_annotate),
        },
        "codebook": codebook_json(project),
        "events": events_json(events_in(snapshot)),
    }
