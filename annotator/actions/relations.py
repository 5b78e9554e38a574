"""Relations between claims, across articles."""

from uuid import UUID, uuid4

from annotator.intents.refusal import Refused, Taken
from annotator.intents.relation import RelateClaims
from annotator.models import Claim, ClaimRelation, Facet, ToldApart
from sources.models import Project, User, acting

from . import codebook


def relate(
    *,
    by: User | None,
    claim: Claim,
    other: Claim,
    kind: str,
    note: str = "",
    basis: str = "interpretive",
    uuid: UUID | None = None,
) -> ClaimRelation:
    """`claim` repeats, contradicts, denies … `other`. Saying it twice is saying it once. Raises Refused."""
    if claim.pk == other.pk:
        raise Refused("other", "two_claims", "a claim cannot stand in a relation to itself")
    if claim.project_id != other.project_id:
        raise Refused("other", "exists", "there is no such claim in this project")
    with acting(by):
        code = codebook.code(claim.project, Facet.RELATION_KIND, kind, "kind")
        relation, _ = ClaimRelation.objects.get_or_create(
            claim=claim,
            other=other,
            kind=code,
            defaults={
                "uuid": uuid or uuid4(),
                "project": claim.project,
                "note": note,
                "basis": basis,
                "author": by,
            },
        )
    return relation


def state(*, by: User | None, project: Project, intent: RelateClaims) -> tuple[ClaimRelation, bool]:
    """The relation that `intent` asks for, and whether it is new. Asking twice is asking once.

    Raises Taken when the identifier is another relation's, Refused when a claim is not there, was withdrawn,
    or the same is said already with another basis or note.
    """
    with acting(by):
        ends = {
            field: _standing(project, uuid, field)
            for field, uuid in (("claim", intent.claim), ("other", intent.other))
        }
        known = ClaimRelation.objects.filter(uuid=intent.uuid).select_related("kind").first()
        if known is not None and (
            (known.project_id, known.claim_id, known.other_id)
            != (project.pk, ends["claim"].pk, ends["other"].pk)
        ):
            raise Taken
        before = ClaimRelation.objects.filter(claim=ends["claim"], other=ends["other"], kind__key=intent.kind)
        if known is None and (said := before.first()) is not None:
            _refuse_another(said, intent)
            return said, False
        if known is not None and known.kind.key != intent.kind:
            raise Refused("kind", "immutable", "take the relation back and make another")
        if known is not None:
            _refuse_another(known, intent)
            return known, False
        made = relate(by=by, kind=intent.kind, note=intent.note, basis=intent.basis, uuid=intent.uuid, **ends)
    return made, True


def tell_apart(*, by: User, project: Project, one: UUID, other: UUID) -> None:
    """From now on neither is proposed as a repeat of the other. Saying it twice, or the other way round, is
    saying it once. Raises Refused when a claim is not there or was withdrawn."""
    with acting(by):
        older, younger = _in_order(project, one, other)
        ToldApart.objects.get_or_create(one=older, other=younger, defaults={"project": project, "by": by})


def not_told_apart(*, by: User, project: Project, one: UUID, other: UUID) -> None:
    """Takes that back, whoever said it. Taking it back twice is taking it back once."""
    with acting(by):
        pair = [one, other]
        ToldApart.objects.filter(project=project, one__uuid__in=pair, other__uuid__in=pair).delete()


def _in_order(project: Project, one: UUID, other: UUID) -> list[Claim]:
    if one == other:
        raise Refused("other", "two_claims", "a claim is no repeat of itself")
    ends = [_standing(project, one, "claim"), _standing(project, other, "other")]
    return sorted(ends, key=lambda claim: claim.pk)


def _standing(project: Project, uuid: UUID, field: str) -> Claim:
    claim = Claim.objects.filter(project=project, uuid=uuid).first()
    if claim is None:
        raise Refused(field, "exists", "there is no such claim in this project")
    if claim.withdrawn_at is not None:
        raise Refused(field, "not_withdrawn", "this claim was withdrawn")
    return claim


def _refuse_another(said: ClaimRelation, intent: RelateClaims) -> None:
    if (said.basis, said.note) != (intent.basis, intent.note):
        message = "this is said already, with another basis or note: take it back first"
        raise Refused("kind", "relation_once", message)


def unrelate(*, by: User | None, relation: ClaimRelation) -> None:
    with acting(by):
        ClaimRelation.objects.filter(pk=relation.pk).delete()
