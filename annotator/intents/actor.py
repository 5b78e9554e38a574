"""Naming an actor: one that is known, or a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused
from .span import Span, parse_optional_span

HOW_MANY = ("one", "several")
MOST_REASON = 2000
"""Code points of a stated reason."""
OUTLET = "outlet"
"""The key of the kind of actor that is a publication as well."""
NAMINGS = ("named", "by_office", "unnamed", "anonymous", "collective")


@dataclass(frozen=True, slots=True)
class NewActor:
    """`kind` is a key of the codebook's actor kinds. An anonymous one is scoped to the article at hand;
    `number` says whether the words mean one or several, where they do."""

    uuid: UUID
    name: str
    kind: str
    naming: str = "named"
    affiliation: str = ""
    stated_reason: str = ""
    number: str = ""
    reason_span: Span | None = None
    aliases: tuple[str, ...] = ()

    @property
    def reason_in_words(self) -> str:
        """As it was said, else in the words of its span."""
        words = fields.line_of(self.reason_span.quotes, MOST_REASON) if self.reason_span else ""
        return self.stated_reason or words


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """Exactly one of the first two is set. `says_reason`: `reason_span` is to be the words by which the text
    says why the known anonymous actor is not named; None takes them away."""

    actor: UUID | None = None
    new_actor: NewActor | None = None
    reason_span: Span | None = None
    says_reason: bool = False


def parse_new_actor(value: Any, field: str) -> NewActor:
    data = fields.mapping(
        value,
        field,
        (
            "uuid",
            "name",
            "kind",
            "naming",
            "affiliation",
            "stated_reason",
            "number",
            "reason_span",
            "aliases",
        ),
    )
    return NewActor(
        uuid=fields.identifier(data.get("uuid"), f"{field}.uuid"),
        name=fields.name(data.get("name"), f"{field}.name"),
        kind=fields.name(data.get("kind") or "person", f"{field}.kind", 60),
        naming=fields.choice(data.get("naming"), f"{field}.naming", NAMINGS, default="named"),
        affiliation=fields.name(data.get("affiliation"), f"{field}.affiliation", 300, required=False),
        stated_reason=fields.text(data.get("stated_reason"), f"{field}.stated_reason"),
        number=fields.choice(data.get("number"), f"{field}.number", HOW_MANY, default=""),
        reason_span=parse_optional_span(data.get("reason_span"), f"{field}.reason_span"),
        aliases=fields.items(data.get("aliases"), f"{field}.aliases", fields.name, most=50),
    )


def parse_actor_choice(data: Any, field: str) -> ActorChoice:
    """From an object that holds `actor` or `new_actor`."""
    known, new = data.get("actor"), data.get("new_actor")
    if (known is None) == (new is None):
        raise Refused(f"{field}.actor", "one_actor", "needs either an actor or a new_actor")
    if known is not None:
        return ActorChoice(
            actor=fields.identifier(known, f"{field}.actor"),
            reason_span=parse_optional_span(data.get("reason_span"), f"{field}.reason_span"),
            says_reason="reason_span" in data,
        )
    if "reason_span" in data:
        raise Refused(f"{field}.reason_span", "of_known_actor", "of a new actor stands within new_actor")
    return ActorChoice(new_actor=parse_new_actor(new, f"{field}.new_actor"))


def names_new_outlets(said: Any) -> bool:
    """Whether an intent, or what was sent, makes an actor that is an outlet, wherever in it."""
    if isinstance(said, NewActor):
        return said.kind == OUTLET
    if isinstance(said, Mapping):
        return said.get("kind") == OUTLET or names_new_outlets(list(said.values()))
    if isinstance(said, list | tuple):
        return any(names_new_outlets(one) for one in said)
    if is_dataclass(said) and not isinstance(said, type):
        return any(names_new_outlets(getattr(said, one.name)) for one in fields_of(said))
    return False
