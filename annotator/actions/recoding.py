"""Correcting a claim's type or speaker, all else of it left as it is."""

from annotator.intents.actor import ActorChoice
from annotator.intents.recode import RecodeClaim
from annotator.intents.refusal import Refused, Stale, VersionNeeded
from annotator.models import (
    Annotation,
    Attribution,
    AttributionSource,
    Basis,
    Claim,
    Code,
    Facet,
    Status,
    Voice,
)
from annotator.queries.identities import one_each
from sources.models import Change, Snapshot, User, acting

from . import actors, anchors, attributions, codebook
from .mentions import mention_of, row_of


def recode(*, by: User | None, claim: Claim, intent: RecodeClaim, version: int | None) -> Annotation:
    """Let the claim be of that type, said by that speaker. Asking for what is changes nothing: of an older
    version only the one whose change it was may ask again, since the answer may have got lost.

    A judged claim goes back to the reviewers. The speaker becomes the only one of the innermost link of the
    first chain; further links and chains stay. `version` is the claim's that the change is based on.
    Raises Refused, VersionNeeded, Stale.
    """
    with acting(by):
        annotation = Annotation.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        current = Claim.objects.select_related("type", "project").get(pk=claim.pk)
        if current.withdrawn_at is not None:
            raise Refused("claim", "not_withdrawn", "this claim was withdrawn")
        snapshot = Snapshot.objects.select_related("project", "article").get(pk=annotation.snapshot_id)
        type_ = _new_type(current, intent)
        speaker = _Speaker(current, snapshot, intent) if intent.speaker else None
        if type_ is None and (speaker is None or speaker.speaks_alone):
            if version not in (None, annotation.version) and not _made_by(by, annotation, version):
                raise Stale(annotation)
            return annotation
        if version is None:
            raise VersionNeeded
        if version != annotation.version:
            raise Stale(annotation)
        if speaker is not None and not speaker.speaks_alone:
            speaker.give()
        _write(current, type_)
        return anchors.touch(annotation=annotation)


def _made_by(by: User | None, annotation: Annotation, version: int | None) -> bool:
    """Whether that user, and nobody since, made of the version what the annotation is now."""
    changes = Change.objects.filter(table=Annotation._meta.db_table, row_id=annotation.pk).order_by("-pk")
    last = changes.values_list("user_id", flat=True).first()
    return annotation.version - 1 == version and by is not None and last == by.pk


def _new_type(claim: Claim, intent: RecodeClaim) -> Code | None:
    """The type that the claim is to have instead of its own. Raises Refused."""
    if not intent.type or intent.type == claim.type.key:
        return None
    return codebook.code(claim.project, Facet.CLAIM_TYPE, intent.type, "type")


def _write(claim: Claim, type_: Code | None) -> None:
    if type_ is not None:
        claim.type = type_
    if claim.status != Status.DRAFT:
        claim.status = Status.SUBMITTED
    claim.codebook_version = codebook.current_version(claim.project)
    claim.save(update_fields=["type", "status", "codebook_version", "voice"])


class _Speaker:
    """Who is to say the claim, beside who says it now."""

    def __init__(self, claim: Claim, snapshot: Snapshot, intent: RecodeClaim) -> None:
        """Raises Refused when the actor cannot speak here, or the mention is none of theirs in this text."""
        self.claim = claim
        choice = ActorChoice(actor=intent.speaker)
        self.actor = actors.chosen(
            by=None, project=claim.project, snapshot=snapshot, choice=choice, field="speaker"
        )
        self.asked = intent.speaker
        self.mention = None
        if intent.mention is not None:
            self.mention = mention_of(self.actor, intent.mention, snapshot, "mention")
        self.link = Attribution.objects.filter(claim=claim, chain=1, position=0).first()
        rows = AttributionSource.objects.filter(attribution=self.link).select_related("actor__survivor")
        self.rows = list(rows.order_by("position", "pk")) if self.link else []

    @property
    def speaks_alone(self) -> bool:
        shown = list(one_each(self.rows))
        alone = [row.actor.survivor_id for row in shown] == [self.actor.pk]
        same = self.mention is None or self.mention.pk in {row.mention_id for row in self.rows}
        return alone and same and self.claim.voice == Voice.ATTRIBUTED

    def give(self) -> None:
        link = self.link or Attribution.objects.create(
            project_id=self.claim.project_id, claim=self.claim, chain=1, position=0
        )
        row = row_of(self.rows, self.actor, self.asked)
        for gone in self.rows:
            # What was said of one merged into the speaker is kept for the day the merge is undone.
            if gone is not row and gone.actor.survivor_id != self.actor.pk:
                attributions.delete_source(gone)
        if row is None:
            row = AttributionSource(project_id=self.claim.project_id, attribution=link, actor=self.actor)
            row.basis = Basis.TEXTUAL if self.mention else Basis.INTERPRETIVE
        if self.mention is not None and self.mention.pk != row.mention_id:
            attributions.give_way(row, self.mention.actor_id)
            row.mention, row.actor_id = self.mention, self.mention.actor_id
        row.position = 0
        row.save()
        self.claim.voice = Voice.ATTRIBUTED
