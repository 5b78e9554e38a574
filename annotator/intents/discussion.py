"""Saying something about a claim, an actor, an event or an article, and settling what was discussed."""

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .gathered import leaf
from .refusal import Refused

SUBJECTS = ("claim", "actor", "event", "article")
STATES = ("open", "resolved")
LONGEST_COMMENT = 4000  # code points

_REORDERING = set("\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is discussed: its `kind` and its identifier."""

    kind: str
    uuid: UUID


@dataclass(frozen=True, slots=True)
class SayComment:
    """`about` is needed where the discussion is not there yet, and has to agree where it is."""

    uuid: UUID
    discussion: UUID
    text: str
    about: Subject | None = None


@dataclass(frozen=True, slots=True)
class ChangeComment:
    """`version` is the one that the change was based on."""

    text: str
    version: int


def parse_comment(uuid: Any, discussion: Any, value: Any) -> SayComment:
    """Raises Refused."""
    data = fields.mapping(value, "", ("text", "about"))
    about = data.get("about")
    return SayComment(
        uuid=fields.identifier(uuid, "uuid"),
        discussion=fields.identifier(discussion, "discussion"),
        text=comment_text(data.get("text")),
        about=None if about is None else parse_subject(about),
    )


def parse_subject(value: Any) -> Subject:
    data = fields.mapping(value, "about", ("kind", "uuid"))
    return Subject(
        fields.choice(data.get("kind"), "about.kind", SUBJECTS),
        fields.identifier(data.get("uuid"), "about.uuid"),
    )


def parse_change(value: Any, version: int) -> ChangeComment:
    data = fields.mapping(value, "", ("text", "about"))
    return ChangeComment(comment_text(data.get("text")), version)


def parse_state(value: Any) -> str:
    data = fields.mapping(value, "", ("state",))
    return fields.choice(data.get("state"), "state", STATES)


@leaf("")
def comment_text(value: Any) -> str:
    """Plain text over several lines. Isolates and direction marks stay; what turns letters round does not."""
    if isinstance(value, str):
        letters = len(value) - value.count("\r\n")
        if letters > 4 * LONGEST_COMMENT:  # before anything reads it letter by letter
            message = f"has {letters} characters, at most {LONGEST_COMMENT} are allowed"
            raise Refused("text", "max_length", message)
    text = fields.text(value, "text", LONGEST_COMMENT, required=True)
    if any(char in _REORDERING for char in text):
        raise Refused("text", "no_bidi_overrides", "contains characters that reorder text")
    if all(unicodedata.category(char)[0] in "CZ" for char in text):
        raise Refused("text", "required", "must not be empty")
    return text
