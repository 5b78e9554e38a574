"""What the user says of files that do not say it themselves. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.intents.attribution import QUOTATION_TYPES
from annotator.intents.claim import VOICES
from annotator.intents.codebook import parse_key
from annotator.intents.refusal import Refused

KINDS = ("claim", "actor", "event", "topic", "cue", "speaker", "leave")
"""What a label may mean. Those with a code need one (`claim:fact`), but for cue, speaker and leave. A
relation or a role of events means `speaker`, which joins a claim with who says it, or `cue`, which joins
it with that."""
_CODED = ("claim", "actor", "event", "topic")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label of the files means here: `kind` is one of KINDS, `code` a key of the codebook (of a claim
    type, an actor kind, an event type, a topic). What means `leave` is left out without a word."""

    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`meanings` by label, as the files write it. The others stand for what a format does not tell and a body
    needs; empty means that nobody chose, and then what needs it is unmapped.

    `voice` and `quotation_type` are of claims (a voice that is attributed needs a speaker, which the format
    has to name), `actor_kind` of actors and `event_type` of events whose label says none. `language` (BCP 47)
    and `outlet` are of texts that are new.
    """

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    voice: str = ""
    quotation_type: str = ""
    actor_kind: str = ""
    event_type: str = ""
    language: str = ""
    outlet: str = ""

    def meaning(self, label: str) -> Meaning | None:
        """None where nobody said what the label means."""
        return self.meanings.get(label)


def parse_meanings(written: Iterable[str]) -> dict[str, Meaning]:
    """From `LABEL=claim:fact`, `LABEL=actor:person`, `LABEL=cue`, `LABEL=leave`; the label may have a =
    itself.

    Raises Refused, also for a label that is given two meanings.
    """
    found: dict[str, Meaning] = {}
    for one in written:
        label, equals, said = one.rpartition("=")
        kind, _, code = said.strip().partition(":")
        if not equals or not label.strip():
            raise Refused("map", "label", f"“{one[:60]}” is not of the form LABEL=claim:fact")
        if kind not in KINDS:
            raise Refused("map", "choice", f"“{kind[:40]}” is none of {', '.join(KINDS)}")
        if kind in _CODED:
            code = parse_key(code, "map")
        elif code:
            raise Refused("map", "code", f"{kind} has no code: write {label.strip()[:40]}={kind}")
        meaning = Meaning(kind, code)
        if found.setdefault(label.strip(), meaning) != meaning:
            raise Refused("map", "once", f"“{label.strip()[:60]}” is given two meanings")
    return found


def parse_wishes(
    *,
    meanings: Iterable[str] = (),
    voice: str = "",
    quotation_type: str = "",
    **others: str,
) -> Wishes:
    """`others` are the remaining fields of Wishes. Raises Refused."""
    if voice and voice not in VOICES:
        raise Refused("voice", "choice", f"must be one of {', '.join(VOICES)}")
    if quotation_type and quotation_type not in QUOTATION_TYPES:
        raise Refused("quotation_type", "choice", f"must be one of {', '.join(QUOTATION_TYPES)}")
    for name in ("actor_kind", "event_type"):
        if others.get(name):
            others[name] = parse_key(others[name], name)
    return Wishes(parse_meanings(meanings), voice, quotation_type, **others)
