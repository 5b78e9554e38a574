"""Claims: what is judged about the words, withdrawing and bringing back."""

from collections.abc import Set
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from annotator.intents.claim import ClaimContent, spans_of
from annotator.intents.refusal import Refused, Stale
from annotator.intents.span import Span
from annotator.models import Annotation, Claim, ClaimTopic, Facet, Kind, Status
from sources.models import Project, Snapshot, User, acting

from . import anchors, attributions, codebook, dates, numbers, parties, positions, supporting
from .gathering import aside, gathered, insert, insert_all

JUDGED = (
    *("paraphrase", "quotation_type", "voice", "basis", "certainty", "assessment", "assessment_reason"),
    *("polarity", "polarity_basis", "polarity_confidence", "negated", "translated"),
    *("said_on", "said_on_basis", "said_on_confidence", "period", "period_basis", "period_confidence"),
)
"""What is stored as it is said."""


def write(
    *,
    by: User | None,
    project: Project,
    snapshot: Snapshot,
    annotation: Annotation,
    content: ClaimContent,
    new: bool,
) -> Claim:
    """Make (`new`: the annotation was placed in this act) or change the claim that owns `annotation`.

    A judged claim goes back to the reviewers.
    """
    if new:
        claim = Claim(annotation=annotation, uuid=annotation.uuid, project=project)
    else:
        claim = Claim.objects.get(pk=annotation.pk)
    for name, value in _columns(project, snapshot, claim, content).items():
        setattr(claim, name, value)
    if new:
        insert(claim)
    else:
        claim.save()
    _write_topics(project, claim, content.topics, new)
    numbers.write(project=project, snapshot=snapshot, claim=claim, wanted=content.quantities, new=new)
    positions.write(project=project, claim=claim, stances=content.positions, new=new)
    words = frozenset(spans_of(content))
    missed = parties.write(
        by=by,
        snapshot=snapshot,
        owner=claim,
        wanted=content.targets,
        elsewhere=words,
        field="claim.targets",
        new=new,
    )
    leaving = attributions.write_chains(
        by=by, claim=claim, snapshot=snapshot, chains=content.chains, wanted=words, new=new
    )
    _write_spans(by, snapshot, claim, content, words, new)
    attributions.let_go([*missed, *leaving])
    return claim


def _write_spans(
    by: User | None,
    snapshot: Snapshot,
    claim: Claim,
    content: ClaimContent,
    words: Set[UUID],
    new: bool,
) -> None:
    """When it was said and of what time it speaks, hedges, glosses, and what quotation marks in it do."""

    def sync(kind: Kind, spans: tuple[Span, ...], field: str, **says: dict[UUID, str]) -> None:
        supporting.sync(
            by=by,
            snapshot=snapshot,
            kind=kind,
            spans=spans,
            field=f"claim.{field}",
            elsewhere=words,
            new=new,
            says=says,
            claim=claim,
        )

    sync(Kind.TIME, (content.time_span,) if content.time_span else (), "time_span")
    sync(Kind.PERIOD, (content.period_span,) if content.period_span else (), "period_span")
    sync(Kind.GLOSS, content.glosses, "glosses")
    for kind, parts, field, name in (
        (Kind.HEDGE, content.hedges, "hedges", "whose"),
        (Kind.QUOTED, content.quoted, "quoted", "use"),
    ):
        said = {part.span.uuid: part.says for part in parts}
        sync(kind, tuple(part.span for part in parts), field, **{name: said})


def _columns(project: Project, snapshot: Snapshot, claim: Claim, content: ClaimContent) -> dict[str, Any]:
    first, last = dates.bounds(content.said_on, "claim.said_on")
    since, until = dates.bounds(content.period, "claim.period")
    return {
        "type": codebook.code(project, Facet.CLAIM_TYPE, content.type, "claim.type"),
        **{name: getattr(content, name) for name in JUDGED},
        "inside": _outer(snapshot, claim, content.inside) if content.inside else None,
        "said_on_min": first,
        "said_on_max": last,
        "period_min": since,
        "period_max": until,
        "status": content.status,
        "codebook_version": codebook.current_version(project),
    }


def _outer(snapshot: Snapshot, inner: Claim, uuid: UUID) -> Claim:
    """The claim of that identifier, in which `inner` is to lie. One that was withdrawn may stay what it was.
    Raises Refused."""
    claim = outer = _around(snapshot, uuid)
    if outer is None:
        raise Refused("claim.inside", "exists", "there is no such claim in this text")
    if outer.withdrawn_at is not None and inner.inside_id != outer.pk:
        raise Refused("claim.inside", "not_withdrawn", "this claim was withdrawn")
    while claim is not None:
        if claim.pk == inner.pk:
            raise Refused("claim.inside", "no_circle", "a claim cannot lie inside itself")
        with aside():
            claim = claim.inside
    return outer


def _around(snapshot: Snapshot, uuid: UUID) -> Claim | None:
    waiting = gathered(Claim, uuid)
    if waiting is not None:
        return waiting if waiting.annotation.snapshot_id == snapshot.pk else None
    with aside():
        return Claim.objects.filter(annotation__snapshot=snapshot, uuid=uuid).first()


def _write_topics(project: Project, claim: Claim, keys: tuple[str, ...], new: bool) -> None:
    wanted = {codebook.code(project, Facet.TOPIC, key, f"claim.topics.{i}").pk for i, key in enumerate(keys)}
    present = set() if new else set(ClaimTopic.objects.filter(claim=claim).values_list("topic_id", flat=True))
    if gone := present - wanted:
        ClaimTopic.objects.filter(claim=claim, topic__in=gone).delete()
    if added := wanted - present:
        rows = [ClaimTopic(project=project, claim=claim, topic_id=pk) for pk in sorted(added)]
        insert_all(ClaimTopic, rows)


def withdraw(*, by: User | None, claim: Claim) -> Claim:
    """Take a claim out of every list and count, and keep it. Withdrawing twice is withdrawing once."""
    return _set_withdrawn(by, claim, True)


def restore(*, by: User | None, claim: Claim) -> Claim:
    return _set_withdrawn(by, claim, False)


def _set_withdrawn(by: User | None, claim: Claim, withdrawn: bool) -> Claim:
    with acting(by):
        annotation = Annotation.objects.select_for_update().get(pk=claim.pk)
        claim = Claim.objects.get(pk=claim.pk)
        if (claim.withdrawn_at is not None) != withdrawn:
            Claim.objects.filter(pk=claim.pk).update(withdrawn_at=Now() if withdrawn else None)
            anchors.touch(annotation=annotation)
            claim.refresh_from_db()
    return claim


def submit(*, by: User | None, claim: Claim, version: int | None = None) -> Claim:
    """Hand a draft to the reviewers; what is no draft stays as it is.

    `version` is the draft's that was looked at, or None. Raises Stale when it is another, Refused for a
    withdrawn claim.
    """
    with acting(by):
        annotation = Annotation.objects.select_for_update().get(pk=claim.pk)
        current = Claim.objects.get(pk=claim.pk)
        if current.withdrawn_at is not None:
            raise Refused("claim", "not_withdrawn", "this claim was withdrawn")
        if current.status == Status.DRAFT:
            if version is not None and version != annotation.version:
                raise Stale(annotation)
            Claim.objects.filter(pk=claim.pk).update(status=Status.SUBMITTED)
            anchors.touch(annotation=annotation)
        claim.refresh_from_db()
    return claim
