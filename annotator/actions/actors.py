"""Actors: made when first named, found again by their identifier."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from annotator.intents.actor import OUTLET, ActorChoice, NewActor
from annotator.intents.refusal import Refused, Taken
from annotator.models import Actor, ActorAlias, Facet, Kind
from sources.actions import publication_named
from sources.actions.locks import hold_outlets
from sources.models import Article, Project, Publication, Snapshot, User, acting

from . import codebook, reasons, supporting
from .gathering import asked, gathered, gathering, insert, insert_all


def make(
    *, by: User | None, project: Project, new: NewActor, article: Article | None, field: str = "actor"
) -> Actor:
    """The actor of `new.uuid`, made now unless an earlier try already made it.

    An anonymous actor belongs to `article`. Raises Refused when the actor of that identifier is another than
    `new` says, Taken when the identifier is another project's.
    """
    with acting(by):
        made = _made_before(project, new, field)
        if made is not None:
            return made
        anonymous = new.naming == "anonymous"
        if anonymous and article is None:
            raise Refused(f"{field}.naming", "anonymous_within_article", "needs the article it speaks in")
        actor = Actor(
            uuid=new.uuid,
            project=project,
            name=new.name,
            kind=codebook.code(project, Facet.ACTOR_KIND, new.kind, f"{field}.kind"),
            naming=new.naming,
            article=article if anonymous else None,
            publication=_outlet(by, project, new),
            affiliation=new.affiliation,
            stated_reason=new.reason_in_words,
            number=new.number,
            created_by=by,
        )
        try:
            insert(actor, savepoint=True)
        except IntegrityError:
            # Another request of the same client made it between our look and our insert.
            made = _made_before(project, new, field)
            if made is None:
                raise
            return made
        actor.survivor = actor
        aliases = [ActorAlias(project=project, actor=actor, name=name) for name in dict.fromkeys(new.aliases)]
        insert_all(ActorAlias, aliases)
    return actor


def _outlet(by: User | None, project: Project, new: NewActor) -> Publication | None:
    """An outlet that speaks points to the outlet that publishes, so that both are one."""
    if new.kind != OUTLET:
        return None
    hold_outlets(project.pk)
    return publication_named(by=by, project=project, name=new.name)


def _made_before(project: Project, new: NewActor, field: str) -> Actor | None:
    actor = called(new.uuid)
    if actor is None:
        return None
    if actor.project_id != project.pk:
        raise Taken
    if actor.version == 1 and actor.name != new.name:
        raise Refused(f"{field}.uuid", "taken", "is in use by another actor")
    if differing := differs_in(actor, new):
        raise Refused(f"{field}.{differing}", "as_made", f"is not what {actor} was made with")
    return actor.survivor


def differs_in(actor: Actor, new: NewActor) -> str:
    """The first field in which the actor is not what `new` asks for; empty if there is none.

    What was corrected or added since it was made is no difference: the identifier says who is meant.
    """
    if actor.version > 1:
        return ""
    pairs = {
        "name": (actor.name, new.name),
        "kind": (actor.kind.key, new.kind),
        "naming": (actor.naming, new.naming),
        "affiliation": (actor.affiliation, new.affiliation),
        # One that is only given by its span follows it.
        "stated_reason": (actor.stated_reason, new.stated_reason)
        if new.stated_reason or not new.reason_span
        else ("", ""),
        "number": (actor.number, new.number),
    }
    for field, (is_, wanted) in pairs.items():
        if is_ != wanted:
            return field
    if new.aliases and set(new.aliases) - set(actor.aliases.values_list("name", flat=True)):
        return "aliases"
    return ""


def known(project: Project, uuid: UUID, field: str) -> Actor:
    """The actor of that identifier, or the one it was merged into. Raises Refused."""
    actor = called(uuid)
    if actor is None or actor.project_id != project.pk:
        raise Refused(field, "exists", "there is no such actor in this project")
    return actor.survivor


def called(uuid: UUID) -> Actor | None:
    """Whichever project's the actor of that identifier is."""
    return gathered(Actor, uuid) or asked((Actor, uuid), lambda: all_called([uuid]).first())


def every(uuids: Collection[UUID]) -> dict[UUID, Actor]:
    """Those of these identifiers that are there, as `called` finds each. One query."""
    if gathering():
        return {uuid: one for uuid in uuids if (one := called(uuid))}
    return {one.uuid: one for one in all_called(uuids)} if uuids else {}


def all_called(uuids: Collection[UUID]) -> QuerySet[Actor]:
    return Actor.objects.filter(uuid__in=uuids).select_related("survivor", "kind")


def refuse_stranger(actor: Actor, snapshot: Snapshot, field: str) -> None:
    """Raises Refused when the actor is anonymous in another article than the snapshot's."""
    if actor.article_id is not None and actor.article_id != snapshot.article_id:
        raise Refused(field, "anonymous_within_article", "is anonymous in another article")


def named_in(choice: ActorChoice) -> UUID | None:
    """The identifier that the choice names, known or new."""
    return choice.new_actor.uuid if choice.new_actor else choice.actor


def _follow_reason(actor: Actor, new: NewActor) -> None:
    """A reason that is said by its span alone has that span's words, also where it was moved since."""
    told = new.reason_in_words
    if (
        actor.uuid == new.uuid
        and not new.stated_reason
        and actor.version == 1
        and actor.stated_reason != told
    ):
        Actor.objects.filter(pk=actor.pk).update(stated_reason=told, version=2)
        actor.refresh_from_db(fields=["stated_reason", "version"])


def chosen(
    *, by: User | None, project: Project, snapshot: Snapshot, choice: ActorChoice, field: str
) -> Actor:
    """The actor that a form or a client means, made now if it is new.

    Raises Refused when it is an anonymous actor of another article.
    """
    if choice.new_actor is not None:
        actor = make(
            by=by,
            project=project,
            new=choice.new_actor,
            article=snapshot.article,
            field=f"{field}.new_actor",
        )
        if choice.new_actor.reason_span is not None:
            supporting.sync(
                by=by,
                snapshot=snapshot,
                kind=Kind.REASON,
                spans=(choice.new_actor.reason_span,),
                field=f"{field}.new_actor.reason_span",
                new=gathered(Actor, actor.uuid) is actor,
                actor=actor,
            )
            _follow_reason(actor, choice.new_actor)
    else:
        assert choice.actor is not None  # noqa: S101  an ActorChoice holds one of the two
        actor = known(project, choice.actor, f"{field}.actor")
    refuse_stranger(actor, snapshot, f"{field}.actor")
    if choice.says_reason:
        span, at = choice.reason_span, f"{field}.reason_span"
        actor = reasons.give(by=by, actor=actor, snapshot=snapshot, span=span, field=at)
    return actor
