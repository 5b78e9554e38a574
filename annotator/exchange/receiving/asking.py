"""What a program asks for with an upload of another tool's annotations."""

from typing import Any

from annotator.exchange.importers.registry import FORMATS
from annotator.intents import fields
from annotator.intents.refusal import Refused
from annotator.models import Code, Facet
from sources.models import Project, User

from .parcels import Asked, named

OTHERS = {
    "voice": 40,
    "quotation_type": 40,
    "actor_kind": 60,
    "event_type": 60,
    "language": 35,
    "outlet": 200,
}
"""What stands for what a file does not say, with the most code points that it may have."""
LONGEST_MEANINGS = 100_000
_CODES = {"actor_kind": Facet.ACTOR_KIND, "event_type": Facet.EVENT_TYPE}
_FLAGS = {"": False, "false": False, "true": True}


def parse_asked(value: Any, *, project: Project, file_name: str, by: User) -> Asked:
    """From the fields of a form, whose `file` is called so. Raises Refused, also for a label that is
    misspelt. One query, or two, where it names codes."""
    data = fields.mapping(value, "", ("file", "format", "meanings", *OTHERS, "create_codes"))
    lines = fields.text(data.get("meanings"), "meanings", LONGEST_MEANINGS).splitlines()
    making = fields.choice(data.get("create_codes"), "create_codes", list(_FLAGS), "")
    asked = Asked(
        name=named(file_name),
        format=fields.choice(data.get("format"), "format", FORMATS),
        meanings=tuple(line for line in lines if line.strip()),
        others={
            name: fields.name(data.get(name), name, most, required=False) for name, most in OTHERS.items()
        },
        create_codes=_FLAGS[making],
        by=by.pk,
    )
    try:
        asked.wishes  # noqa: B018  (reads them)
    except Refused as error:
        raise Refused(
            "meanings" if error.field == "map" else error.field, error.rule, error.message
        ) from error
    for name, facet in _CODES.items():
        key = asked.others[name]
        if key and not Code.objects.filter(project=project, facet=facet, key=key, retired_at=None).exists():
            raise Refused(name, "exists", "is no key of the codebook")
    return asked
