"""What the page for many claims offers to do to them: a literal list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from annotator.intents.batch import parse_coding
from annotator.intents.refusal import Refused
from annotator.intents.review import parse_decision
from annotator.models import Actor
from annotator.queries.batches import codes_to_give, said_of_coding, said_of_decision, speakers_called
from sources.models import Project, Role

from .access import as_uuid


@dataclass(frozen=True)
class Asked:
    """`intent` is None where there is none yet; `said` are its (name, words) pairs for people; `offered` is
    what the fragment of its fields shows."""

    intent: Any = None
    said: list[tuple[str, str]] = field(default_factory=list)
    offered: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """`key` is that of its deed. `ask` reads the fields that `template` shows and raises Refused; it is given
    no fields when the page is opened, and then asks for nothing."""

    key: str
    name: str
    needs: Role
    template: str
    ask: Callable[[Project, QueryDict, bool], Asked]


def _code(project: Project, sent: QueryDict, filled: bool) -> Asked:
    codes = codes_to_give(project)
    named = sent.get("named", "").replace("\x00", "").strip()[:200]
    found = speakers_called(project, named) if named else []
    speaker = _chosen(found, sent.get("speaker", ""))
    offered = {
        "types": codes["claim_type"],
        "topics": codes["topic"],
        "type": sent.get("type", ""),
        "add": sent.getlist("add"),
        "take": sent.getlist("take"),
        "named": named,
        "found": found if len(found) != 1 or speaker is None else [],
        "speaker": speaker,
    }
    waits = bool(named) and speaker is None
    if not filled or waits:
        return Asked(offered=offered)
    intent = parse_coding(
        {
            "type": sent.get("type", ""),
            "add": sent.getlist("add"),
            "take": sent.getlist("take"),
            "speaker": speaker.uuid if speaker else None,
        }
    )
    return Asked(intent, said_of_coding(intent, codes, speaker), offered)


def _chosen(found: list[Actor], said: str) -> Actor | None:
    uuid = as_uuid(said)
    chosen = next((one for one in found if one.uuid == uuid), None)
    return chosen or (found[0] if len(found) == 1 else None)


DECISIONS = (("accepted", "Accept"), ("rejected", "Reject"), ("disputed", "Dispute"))


def _decide(project: Project, sent: QueryDict, filled: bool) -> Asked:
    decision, reason = sent.get("decision", ""), sent.get("reason", "")
    offered = {"decisions": DECISIONS, "decision": decision, "reason": reason}
    if not filled or not decision:
        return Asked(offered=offered)
    if decision not in dict(DECISIONS):
        raise Refused("decision", "choice", "choose to accept, to reject or to dispute")
    intent = parse_decision({"decision": decision, "reason": reason})
    return Asked(intent, said_of_decision(intent), offered)


ACTS: dict[str, Act] = {
    "code": Act("code", "Code or assign", Role.ANNOTATOR, "batches/_code.html", _code),
    "decide": Act("decide", "Accept, reject or dispute", Role.REVIEWER, "batches/_decide.html", _decide),
}
