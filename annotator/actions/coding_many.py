"""Coding one of many claims: another type, topics more or fewer, another speaker.

Where one form for all of them could say what nobody looked at, the claim refuses and is left to its own form.
"""

from annotator.intents.batch import MOST_TOPICS, CodeMany
from annotator.intents.recode import RecodeClaim
from annotator.intents.refusal import Refused
from annotator.models import Attribution, AttributionSource, Claim, ClaimTopic, Code, Facet, Status, Voice
from sources.models import User

from . import anchors, codebook, recoding

WHY_NOT = {
    Voice.OWN: "it is the article’s own voice: say in the text whose words they are first",
    Voice.AGENTLESS: "the text names nobody who says it: say in the text whose words they are first",
}


def code_one(*, by: User | None, claim: Claim, intent: CodeMany) -> None:
    """Change what `intent` says and nothing else; a judged claim then goes back to the reviewers.

    The caller holds the lock of its annotation. Raises Refused.
    """
    if claim.withdrawn_at is not None:
        raise Refused("claim", "not_withdrawn", "this claim was withdrawn")
    if intent.type:
        _code(claim, Facet.CLAIM_TYPE, intent.type, "type")
    if intent.speaker is not None:
        _refuse_doubtful_speaker(claim, intent)
    changed = _topics(claim, intent)
    recoded, before = False, claim.annotation.version
    if intent.type or intent.speaker is not None:
        one = RecodeClaim(type=intent.type, speaker=intent.speaker)
        recoded = recoding.recode(by=by, claim=claim, intent=one, version=before).version != before
    if changed and not recoded:
        version = codebook.current_version(claim.project)
        status = claim.status if claim.status == Status.DRAFT else Status.SUBMITTED
        Claim.objects.filter(pk=claim.pk).update(status=status, codebook_version=version)
        anchors.touch(annotation=claim.annotation)


def _code(claim: Claim, facet: Facet, key: str, field: str) -> Code:
    """Raises Refused for a code that is retired too: it stays where it is and is given to nothing more."""
    code = codebook.code(claim.project, facet, key, field)
    if code.retired_at is not None:
        raise Refused(field, "retired", f"“{code.name}” is retired")
    return code


def _topics(claim: Claim, intent: CodeMany) -> bool:
    if not (intent.add or intent.take):
        return False
    project = claim.project
    present = set(ClaimTopic.objects.filter(claim=claim).values_list("topic_id", flat=True))
    add = {_code(claim, Facet.TOPIC, key, "add").pk for key in intent.add} - present
    taken = {codebook.code(project, Facet.TOPIC, key, "take").pk for key in intent.take} & present
    if len((present - taken) | add) > MOST_TOPICS:
        raise Refused("add", "max_items", f"it would have more than {MOST_TOPICS} topics")
    if taken:
        ClaimTopic.objects.filter(claim=claim, topic__in=taken).delete()
    ClaimTopic.objects.bulk_create(
        ClaimTopic(project=project, claim=claim, topic_id=pk) for pk in sorted(add)
    )
    return bool(add or taken)


def _refuse_doubtful_speaker(claim: Claim, intent: CodeMany) -> None:
    """Whose words they are is not overruled for many claims in one step, nor several speakers by one."""
    if why := WHY_NOT.get(Voice(claim.voice)):
        raise Refused("speaker", "voice", why)
    links = Attribution.objects.filter(claim=claim, position=0)
    if links.count() > 1:
        raise Refused("speaker", "one_chain", "it has several chains: say in the text which one is meant")
    sources = AttributionSource.objects.filter(attribution__in=links)
    if len(set(sources.values_list("actor__survivor", flat=True))) > 1:
        raise Refused("speaker", "one_speaker", "several speak in it: say in the text whom you mean")
