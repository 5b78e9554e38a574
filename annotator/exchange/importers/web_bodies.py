"""What the bodies of Web Annotations mean here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from .bundle import ActorEntry, At, Body, EventEntry, Placed, Unmapped, as_uuid, identifier, placed
from .json_lines import Located
from .wishes import Meaning, Wishes

LABELLING = ("tagging", "classifying")
_CLAIM_COLUMNS = ("quotation_type", "voice", "polarity")
_PARTS = {"hedge": ("hedges", "whose"), "quoted": ("quoted", "use"), "gloss": ("glosses", "")}
"""Words that belong to a claim as a whole, by their kind: the claim's list, and what is said of them."""


class NotMeant(ValueError):
    """Something that is not taken over: what it is, and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what, self.why = what, why


@dataclass(frozen=True, slots=True)
class Meant:
    """One annotation as it is understood: what is `placed`, or words that are part `of` a claim."""

    at: At
    document: str = ""
    placed: Placed | None = None
    of: str = ""
    kind: str = ""
    words: Body | None = None
    actor: ActorEntry | None = None
    event: EventEntry | None = None
    codes: tuple[tuple[str, str], ...] = ()


def listed(value: Any) -> Iterator[Any]:
    """JSON-LD writes one of something with or without a list."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def uuid_of(written: Any, *key: str) -> UUID:
    """Its own, if it is a UUID ("urn:uuid:…" too); else made of what it is, or of `key` where it has none."""
    if isinstance(written, str) and written:
        if len(key) == 2 and (own := as_uuid(written.removeprefix("urn:uuid:"))):
            return own
        return identifier(key[0], written, *key[2:])
    return identifier(*key)


@dataclass(frozen=True, slots=True)
class _Said:
    """One body: why it is there, and its words or the thing it names."""

    purpose: str
    value: str = ""
    thing: str = ""
    name: str = ""


def _bodies(one: Located) -> Iterator[_Said]:
    motivation = next((m for m in listed(one.get("motivation")) if isinstance(m, str)), "")
    for body in listed(one.get("body")):
        if isinstance(body, str):
            yield _Said(motivation, thing=body)
        elif isinstance(body, dict):
            purpose = next((p for p in listed(body.get("purpose")) if isinstance(p, str)), motivation)
            if isinstance(body.get("value"), str):
                yield _Said(purpose, body["value"].strip())
            else:
                source = body.get("source", body.get("id"))
                name = str(source.get("name", "")) if isinstance(source, dict) else ""
                source = source.get("id") if isinstance(source, dict) else source
                yield _Said(purpose, thing=str(source or body.get("type", "a body"))[:200], name=name)
    for tag in listed(one.get("tags")):
        if isinstance(tag, str):
            yield _Said("tagging", tag.strip())
    if isinstance(one.get("text"), str) and one["text"].strip():
        yield _Said("commenting", one["text"].strip())


def _creator(one: Located) -> str:
    creator = next(listed(one.get("creator", one.get("user"))), "")
    creator = creator.get("name", creator.get("nickname", "")) if isinstance(creator, dict) else creator
    return creator if isinstance(creator, str) else ""


def foreign_meaning(
    at: At, one: Located, words: Body, uuid: UUID, wishes: Wishes
) -> Iterator[Meant | Unmapped]:
    """What the user's meanings make of its labels: one claim, actor or event, and topics. Raises NotMeant."""
    bodies = list(_bodies(one))
    labels = [said.value for said in bodies if said.purpose in LABELLING and said.value]
    meanings = {label: wishes.meaning(label) for label in labels}
    said_to_mean = [meaning for meaning in meanings.values() if meaning]
    things = {meaning for meaning in said_to_mean if meaning.kind in ("claim", "actor", "event")}
    if labels and all(meaning and meaning.kind == "leave" for meaning in meanings.values()):
        return
    if len(things) != 1:
        shown = ", ".join(f"“{label[:40]}”" for label in labels) or "no label"
        why = "mean several things at once" if things else "nobody said what that means here"
        raise NotMeant(shown, why)
    (thing,) = things
    topics = [meaning.code for meaning in said_to_mean if meaning.kind == "topic"]
    yield from _left_over(at, bodies, meanings, thing)
    if thing.kind == "claim":
        yield _claim(at, words, uuid, thing, topics, _creator(one), wishes)
    else:
        yield _named(at, words, uuid, thing, _creator(one))


def _left_over(
    at: At, bodies: list[_Said], meanings: dict[str, Meaning | None], thing: Meaning
) -> Iterator[Unmapped]:
    for label, meaning in meanings.items():
        if meaning is None:
            yield Unmapped(at, f"“{label[:60]}”", "nobody said what that means here")
        elif meaning.kind == "cue":
            yield Unmapped(at, f"“{label[:60]}”", "a cue belongs to a claim, and this does not say to which")
        elif meaning.kind == "topic" and thing.kind != "claim":
            yield Unmapped(
                at, f"“{label[:60]}”", f"a topic is of claims, and this is meant as an {thing.kind}"
            )
    for said in bodies:
        if said.purpose not in LABELLING:
            yield Unmapped(
                at, f"{said.purpose or 'a body'}: “{(said.value or said.thing)[:60]}”", "is no label"
            )


def _claim(
    at: At, words: Body, uuid: UUID, thing: Meaning, topics: list[str], by: str, wishes: Wishes
) -> Meant:
    if not wishes.voice or not wishes.quotation_type:
        why = "nobody said in whose voice claims are here, and how they are quoted"
        raise NotMeant(f"a claim of type “{thing.code}”", why)
    claim: Body = {
        "type": thing.code,
        "topics": list(dict.fromkeys(topics)),
        "voice": wishes.voice,
        "quotation_type": wishes.quotation_type,
    }
    codes = (("claim_type", thing.code), *(("topic", topic) for topic in claim["topics"]))
    return Meant(at, placed=placed(at, uuid, "claim", words, claim, by), codes=codes)


def _named(at: At, words: Body, uuid: UUID, thing: Meaning, by: str) -> Meant:
    """An actor or event is called by the words that mean it; the same words mean the same one."""
    if not words["quotes"]:
        raise NotMeant(f"an {thing.kind}", "is called by its words, and the file does not give them")
    name = " ".join(" ".join(words["quotes"]).split())
    called = identifier("w3c", thing.kind, thing.code, name)
    what = placed(at, uuid, thing.kind, words, {thing.kind: str(called)}, by)
    if thing.kind == "actor":
        actor = ActorEntry(at, called, {"name": name, "kind": thing.code})
        return Meant(at, placed=what, actor=actor, codes=(("actor_kind", thing.code),))
    event = EventEntry(at, called, {"label": name, "type": thing.code})
    return Meant(at, placed=what, event=event, codes=(("event_type", thing.code),))


def own_meaning(at: At, one: Located, words: Body, uuid: UUID, wishes: Wishes) -> Iterator[Meant | Unmapped]:
    """What our own file says: of actors and events as much as it says where it mentions them, of chains who
    speaks first. Who is anonymous, or mentioned nowhere, has to be here already. Raises NotMeant."""
    bodies = list(_bodies(one))
    links = [
        said.thing.removeprefix("urn:uuid:") for said in bodies if said.purpose == "linking" and said.thing
    ]
    people = [s.thing.removeprefix("urn:uuid:") for s in bodies if s.purpose == "identifying" and s.thing]
    kind = next((said.value for said in bodies if said.purpose == "classifying"), "")
    tags = dict(
        said.value.split(":", 1) for said in bodies if said.purpose == "tagging" and ":" in said.value
    )
    by = _creator(one)
    if one.get("motivation") == "classifying":
        topics = [said.value[6:] for said in bodies if said.value.startswith("topic:")]
        claim: Body = {name: tags[name] for name in _CLAIM_COLUMNS if name in tags}
        claim |= {
            "type": kind,
            "negated": tags.get("negated") == "TRUE",
            "status": "draft" if tags.get("review_status") == "draft" else "submitted",
            "paraphrase": next((said.value for said in bodies if said.purpose == "describing"), ""),
            "topics": topics,
            "inside": links[0] if links else None,
            "chains": [[{"sources": [{"actor": who} for who in people]}]] if people else [],
        }
        codes = (("claim_type", kind), *(("topic", topic) for topic in topics))
        yield Meant(at, placed=placed(at, uuid, "claim", words, claim, by), codes=codes)
    elif kind in ("actor", "event") and people:
        named = next((s.name for s in bodies if s.thing.endswith(people[0])), "")
        what = placed(at, uuid, kind, words, {kind: people[0]}, by)
        yield Meant(at, placed=what, **_described(at, kind, people[0], named, tags))
    elif kind in _PARTS and links:
        says = tags.get("says", "")
        part = {**words, "uuid": str(uuid)} | ({_PARTS[kind][1]: says} if _PARTS[kind][1] else {})
        yield Meant(at, of=links[0], kind=kind, words=part)
    else:
        raise NotMeant(f"{kind or 'words'} “{' … '.join(words['quotes'])[:60]}”", _LINK)


_LINK = "the file does not say which link of a chain it is of: import the release, which does"


def _described(at: At, kind: str, uuid: str, name: str, tags: dict[str, str]) -> dict[str, Any]:
    """The actor or event itself; nobody anonymous, of whom the file has the label alone."""
    called = as_uuid(uuid)
    if called is None:
        raise NotMeant(f"{kind} {uuid[:60]}", "is not named by a UUID")
    if kind == "event":
        key = tags.get("event_type", "")
        return {
            "event": EventEntry(at, called, {"label": name, "type": key}),
            "codes": (("event_type", key),),
        }
    if tags.get("naming") == "anonymous":
        return {}
    key = tags.get("actor_kind", "")
    body = {"name": name, "kind": key, "naming": tags.get("naming", "")}
    return {"actor": ActorEntry(at, called, body), "codes": (("actor_kind", key),)}


def spans_of_claims(meant: list[Meant]) -> tuple[list[tuple[str, Placed]], list[Unmapped]]:
    """Everything to be placed with the key of its document, claims with the words that are part of them; and
    those whose claim is not in the file."""
    parts: dict[str, list[Meant]] = {}
    for one in meant:
        if one.of:
            parts.setdefault(one.of, []).append(one)
    made = []
    for one in meant:
        if one.placed is None:
            continue
        body = one.placed.body
        for part in parts.pop(str(one.placed.uuid), ()) if "claim" in body else ():
            name = _PARTS[part.kind][0]
            claim = {**body["claim"], name: [*body["claim"].get(name, ()), part.words]}
            body = {**body, "claim": claim}
        made.append((one.document, replace(one.placed, body=body)))
    loose = [
        Unmapped(part.at, part.kind, "the claim it belongs to is not in the file")
        for some in parts.values()
        for part in some
    ]
    return made, loose
