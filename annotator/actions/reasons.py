"""Why an anonymous speaker is not named, in the words of their article."""

import re
from uuid import uuid4

from django.db.models import QuerySet

from annotator.intents.refusal import Refused
from annotator.intents.span import Span
from annotator.models import Actor, Kind, Naming, SupportingSpan
from sources.models import Snapshot, User, acting
from sources.text.offsets import Extent

from . import supporting

LONGEST = 2000  # code points of a stated reason


def stated(actor: Actor, snapshot: Snapshot | None = None) -> QuerySet[SupportingSpan]:
    """The words that state it, in one text or in all of the article's."""
    spans = SupportingSpan.objects.filter(actor=actor, annotation__kind=Kind.REASON)
    spans = spans.filter(annotation__snapshot=snapshot) if snapshot else spans
    return spans.select_related("annotation__snapshot").order_by("annotation__snapshot", "pk")


def in_words(spans: QuerySet[SupportingSpan]) -> str:
    return " … ".join(quote for span in spans for quote in span.annotation.quotes)[:LONGEST]


def give(*, by: User | None, actor: Actor, snapshot: Snapshot, span: Span | None, field: str) -> Actor:
    """Let exactly these words of the text be the reason; None takes it away.

    What the record says in words of its own stays. What already is so changes nothing and counts nothing.
    Raises Refused for one who is not anonymous, or not in this article.
    """
    with acting(by):
        locked = Actor.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)
        if locked.naming != Naming.ANONYMOUS or locked.article_id != snapshot.article_id:
            raise Refused(field, "reason_of_anonymous", "only who is anonymous in this article has a reason")
        present = stated(locked, snapshot)
        before = in_words(present)
        was = {(s.annotation.uuid, s.annotation.extent) for s in present}
        if was == ({(span.uuid, span.extent)} if span else set()):
            return locked
        spans = (span,) if span else ()
        supporting.sync(by=by, snapshot=snapshot, kind=Kind.REASON, spans=spans, field=field, actor=locked)
        if locked.stated_reason in ("", before):
            locked.stated_reason = in_words(stated(locked, snapshot))
        locked.version += 1
        locked.save(update_fields=["stated_reason", "version"])
        return locked


def found(actor: Actor, words: str, field: str) -> tuple[Snapshot, Span]:
    """Where these words stand in the newest text of the actor's article. Raises Refused unless they stand
    there once."""
    snapshot = Snapshot.objects.filter(article=actor.article_id or 0).order_by("-pk").first()
    if snapshot is None:
        raise Refused(field, "reason_of_anonymous", "only an anonymous speaker has a reason in the text")
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [match.span() for match in pattern.finditer(snapshot.text)]
    if not places:
        raise Refused(field, "in_text", "does not stand in the article like that: copy the words from it")
    if len(places) > 1:
        raise Refused(field, "once_in_text", f"stands in the article {len(places)} times: take more words")
    extent = Extent((places[0],))
    return snapshot, Span(uuid4(), extent, tuple(extent.slices(snapshot.text)))
