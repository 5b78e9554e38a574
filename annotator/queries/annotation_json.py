"""Annotations as the reading room and the API show them: one presenter, a fixed number of queries.

What a claim holds beyond what the room's forms ask for (addressee, quantities, spans of role and time)
is there too, so that a client which sends a claim back whole loses none of it. Most claims have nothing
of the kind: those fields are left out where they are empty.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce

from annotator.models import (
    Actor,
    ActorMention,
    Annotation,
    Basis,
    Claim,
    ClaimTopic,
    EventMention,
    Factuality,
    Kind,
    Naming,
    Position,
    Quantity,
    SupportingSpan,
)
from annotator.models.annotation import SUPPORTING, AnnotationSentence
from sources.models import Role

from .chain_json import chains_json, span_json, targets_json
from .identities import labels_of, labels_of_keys, other_names
from .owned import owned
from .prepared import MadeOnce, RecordsMadeOnce, listed
from .relations import counted_relations
from .visibility import seen_by

Json = dict[str, Any]
SURVIVOR = Coalesce("event__merged_into__uuid", "event__uuid")
"""The event that stands for the one a row points to."""

CLAIM_FIELDS = ("paraphrase", "quotation_type", "polarity", "voice", "basis", "status")
SELDOM_FIELDS: dict[str, Any] = {
    "negated": False,
    "translated": None,
    "certainty": "",
    "assessment": "",
    "assessment_reason": "",
    "polarity_basis": Basis.TEXTUAL,
    "polarity_confidence": "",
    "said_on": "",
    "said_on_basis": Basis.TEXTUAL,
    "said_on_confidence": "",
    "period": "",
    "period_basis": Basis.TEXTUAL,
    "period_confidence": "",
}
"""Told only where they are not what they are as a rule."""
FACTUALITY = ("factuality", "factuality_words")
POINTERS = ("inside",)
AUTHOR = ("author__name", "author__username")
_ROW = ("id", "uuid", "kind", "extent", "quotes", "version", "origin", "sentence__number", *AUTHOR)


def _in_order(scope: QuerySet[Annotation]) -> QuerySet[Annotation, tuple[Any, ...]]:
    return scope.order_by("sentence__number", "pk").values_list(*_ROW)


_ROWS = MadeOnce(lambda keys: _in_order(Annotation.objects.filter(pk__in=listed(keys))), [-1])

_SENTENCES = MadeOnce(
    lambda keys: (
        AnnotationSentence.objects.filter(annotation__in=listed(keys))
        .order_by("sentence__number")
        .values_list("annotation", "sentence__number")
    ),
    [-1],
)
_OWNERS = MadeOnce(
    lambda keys: SupportingSpan.objects.filter(pk__in=listed(keys)).values_list(
        "pk",
        "link__claim__uuid",
        "source__attribution__claim__uuid",
        "party__attribution__claim__uuid",
        "party__claim__uuid",
        "claim__uuid",
        "actor__survivor__uuid",
        SURVIVOR,
        "cue_type__key",
    ),
    [-1],
)
_MENTIONS = MadeOnce(
    lambda keys: ActorMention.objects.filter(pk__in=listed(keys)).values_list(
        "pk", *(f"actor__survivor__{column}" for column in ("pk", "uuid", "name", "naming"))
    ),
    [-1],
)
_TOPICS = MadeOnce(
    lambda claims: (
        ClaimTopic.objects.filter(claim__in=listed(claims)).order_by("pk").values_list("claim", "topic__key")
    ),
    [-1],
)
_POSITIONS = MadeOnce(
    lambda claims: (
        Position.objects.filter(claim__in=listed(claims))
        .order_by("concept__position", "pk")
        .values_list("claim", "concept__key", "stand")
    ),
    [-1],
)
_QUANTITIES = RecordsMadeOnce(
    lambda claims: (
        Quantity.objects.filter(claim__in=listed(claims)).select_related("event__merged_into").order_by("pk")
    ),
    [-1],
)
_WORDS = RecordsMadeOnce(
    lambda claims: (
        SupportingSpan.objects.filter(claim__in=listed(claims)).select_related("annotation").order_by("pk")
    ),
    [-1],
)
_CLAIM = ("pk", "withdrawn_at", *CLAIM_FIELDS, *SELDOM_FIELDS, "type__key", "inside_uuid")


def _claims(keys: list[int], around: F | Case) -> QuerySet[Claim, tuple[Any, ...]]:
    return Claim.objects.filter(pk__in=listed(keys)).annotate(inside_uuid=around).values_list(*_CLAIM)


_CLAIMS = MadeOnce(lambda keys: _claims(keys, F("inside__uuid")), [-1])
_CLAIMS_FOR_READERS = MadeOnce(
    lambda keys: _claims(keys, Case(When(seen_by(None, "inside"), then=F("inside__uuid")))), [-1]
)


def annotations_json(
    scope: QuerySet[Annotation] | list[int],
    role: Role | None = Role.VIEWER,
    parts: frozenset[str] | None = None,
) -> list[Json]:
    """The annotations of `scope`, or of those keys, in the order of the text, as contract ANNOTATION. Claims
    say how many others they stand in relation to that a visitor of that role sees. `parts` is what the claims
    own, where that has been asked already."""
    found = _ROWS.ask(scope) if isinstance(scope, list) else _in_order(scope)
    rows = [dict(zip(_ROW, row, strict=True)) for row in found]
    kinds = {row["kind"] for row in rows}
    keys = [row["id"] for row in rows]
    sentences = defaultdict(list)
    for annotation, number in _SENTENCES.ask(keys):
        sentences[annotation].append(number)
    told = {row["id"]: _anchor(row, sentences[row["id"]]) for row in rows}
    if kinds & set(SUPPORTING):
        _tell_support(told)
    if Kind.ACTOR in kinds:
        mentions = _MENTIONS.ask(keys)
        labels = labels_of_keys({who for _, who, _, _, naming in mentions if naming == Naming.ANONYMOUS})
        for key, who, uuid, name, _ in mentions:
            said = labels[who].whole if who in labels else name
            told[key]["actor"] = {"actor": str(uuid), "name": said}
    if Kind.EVENT in kinds:
        happened = EventMention.objects.filter(pk__in=keys)
        label = Coalesce("event__merged_into__label", "event__label")
        for key, uuid, name, *fact in happened.values_list("pk", SURVIVOR, label, *FACTUALITY):
            said = dict(zip(FACTUALITY, fact, strict=True)) if fact != [Factuality.HAPPENED, ""] else {}
            told[key]["event"] = {"event": str(uuid), "label": name, **said}
    if Kind.CLAIM in kinds:
        claims = [row["id"] for row in rows if row["kind"] == Kind.CLAIM]
        parts = owned(claims) if parts is None else parts
        _tell_claims(told, claims, role, parts)
        if parts & {"relations", "related"}:
            for claim, counted in counted_relations(claims, role).items():
                told[claim]["relations"] = counted
    return [told[key] for key in keys]


def _anchor(row: Any, sentences: list[int]) -> Json:
    return {
        "uuid": str(row["uuid"]),
        "kind": row["kind"],
        "extent": row["extent"].to_json(),
        "quotes": row["quotes"],
        "sentence": row["sentence__number"],
        "sentences": sentences,
        "version": row["version"],
        "author": row["author__name"] or (row["author__username"] or "").partition("@")[0],
        "origin": row["origin"],
    }


def _tell_support(told: dict[int, Json]) -> None:
    for key, *candidates, cue_type in _OWNERS.ask(list(told)):
        owner = next(uuid for uuid in candidates if uuid is not None)
        told[key]["support"] = {"slot": told[key]["kind"], "of": str(owner)}
        if cue_type:
            told[key]["support"]["cue_type"] = cue_type


def _tell_claims(told: dict[int, Json], keys: list[int], role: Role | None, own: frozenset[str]) -> None:
    topics = _topics(keys) if "topics" in own else defaultdict(list)
    quantities = _quantities(keys) if "quantities" in own else {}
    positions = _positions(keys) if "positions" in own else {}
    parts = _parts(keys) if "words" in own else {}
    chains = chains_json(keys) if "links" in own else {}
    targets = targets_json(keys) if "targets" in own else {}
    for found in (_CLAIMS if role else _CLAIMS_FOR_READERS).ask(keys):
        row = dict(zip(_CLAIM, found, strict=True))
        key = row["pk"]
        seldom = {
            **{name: row[name] for name in SELDOM_FIELDS if row[name] != SELDOM_FIELDS[name]},
            **{name: str(row[f"{name}_uuid"]) for name in POINTERS if row[f"{name}_uuid"]},
            **parts.get(key, {}),
            **({"targets": targets[key]} if key in targets else {}),
            **({"quantities": quantities[key]} if key in quantities else {}),
            **({"positions": positions[key]} if key in positions else {}),
        }
        told[key]["claim"] = {
            "type": row["type__key"],
            **{name: row[name] for name in CLAIM_FIELDS},
            "withdrawn": row["withdrawn_at"] is not None,
            "topics": topics[key],
            "chains": chains.get(key, []),
            **seldom,
        }


def _topics(keys: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for claim, key in _TOPICS.ask(keys):
        found[claim].append(key)
    return found


def _positions(keys: list[int]) -> dict[int, list[Json]]:
    found = defaultdict(list)
    for claim, concept, stand in _POSITIONS.ask(keys):
        found[claim].append({"concept": concept, "stand": stand})
    return found


def _quantities(keys: list[int]) -> dict[int, list[Json]]:
    found = defaultdict(list)
    for said in _QUANTITIES.all(keys):
        found[said.claim_id].append(_quantity(said))
    return found


def _parts(keys: list[int]) -> dict[int, Json]:
    """By claim, the words something is said of: when it was said, its period, hedges, glosses, marks."""
    found: dict[int, Json] = defaultdict(dict)
    for span in _WORDS.all(keys):
        assert span.claim_id is not None  # noqa: S101  asked for by its claim
        told, kind = found[span.claim_id], span.annotation.kind
        if kind in (Kind.TIME, Kind.PERIOD):
            told[f"{kind}_span"] = span_json(span)
        elif kind == Kind.GLOSS:
            told.setdefault("glosses", []).append(span_json(span))
        elif kind == Kind.HEDGE:
            told.setdefault("hedges", []).append({**span_json(span), "whose": span.whose})
        elif kind == Kind.QUOTED:
            told.setdefault("quoted", []).append({**span_json(span), "use": span.use})
    return found


def _quantity(said: Quantity) -> Json:
    return {
        "what": said.what,
        "low": None if said.low is None else f"{said.low.normalize():f}",
        "high": None if said.high is None else f"{said.high.normalize():f}",
        "qualifier": said.qualifier,
        "unit": said.unit,
        "words": said.words,
        "event": said.event and str((said.event.merged_into or said.event).uuid),
    }


def actors_json(actors: QuerySet[Actor]) -> list[Json]:
    """As contract ACTOR, with what else they and those merged into them are called. At most three queries."""
    rows = list(actors.select_related("kind", "article").order_by("name", "pk"))
    aliases = other_names([actor.pk for actor in rows])
    labels = labels_of(actor for actor in rows if actor.article_id)
    return [
        {
            "uuid": str(actor.uuid),
            "name": actor.name,
            "kind": actor.kind.key,
            "naming": actor.naming,
            "affiliation": actor.affiliation,
            **({"label": labels[actor.pk].short} if actor.pk in labels else {}),
            "aliases": aliases[actor.pk],
            "article": actor.article and str(actor.article.uuid),
        }
        for actor in rows
    ]
