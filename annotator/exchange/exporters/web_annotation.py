"""`annotations.jsonld`: every annotation after the W3C Web Annotation Data Model, one a line.

`verify.py` carries this file: the standard library alone, Python 3.9.
"""

import json

ANNO_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": "http://schema.org/sha256"}]
MOTIVATIONS = {"claim": "classifying", "actor": "identifying", "event": "identifying"}
"""Why a kind of words is marked; what only supports something else is linked to it."""
CLAIM_COLUMNS = ("quotation_type", "voice", "polarity", "negated", "review_status")
ANNOTATED = """
    SELECT a.annotation_id, a.kind, a.of_id, a.says, a.article_id, a.snapshot_sha256, a.extent, a.quotes,
        a.prefix, a.suffix, a.author, a.made_at, r.url, r.archive_url, s.captured_at, s.text_included,
        t.claim_id, coalesce(nullif(p.label, ''), p.name, e.label, '') AS called, c.row AS claim,
        p.kind AS actor_kind, p.naming, e.type AS event_type
    FROM annotations a LEFT JOIN articles r ON r.article_id = a.article_id
    LEFT JOIN snapshots s ON s.snapshot_id = a.snapshot_id
    LEFT JOIN attributions t ON t.attribution_id = a.of_id LEFT JOIN actors p ON p.actor_id = a.of_id
    LEFT JOIN events e ON e.event_id = a.of_id LEFT JOIN claims c ON c.claim_id = a.of_id
    ORDER BY a.row
"""
ANNO_SPEAKERS = (
    "SELECT actor_id, actor FROM claim_speakers WHERE claim_id = ? AND link = '1' "
    "GROUP BY actor_id ORDER BY min(row)"
)
ANNO_SPOKEN = "SELECT claim_id FROM claim_speakers WHERE mention_id = ? GROUP BY claim_id ORDER BY min(row)"


def anno_words(purpose, value):
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def anno_link(purpose, identifier, name=""):
    """A body that is a thing of the dataset: a claim, an actor, an event."""
    source = {"id": "urn:uuid:" + identifier, "name": name} if name else "urn:uuid:" + identifier
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def claim_bodies(claim, speakers):
    """What the claim says, of what type, how, about what and who says it: its row, and (actor, name) each."""
    yield anno_words("classifying", claim["claim_type"])
    if claim["paraphrase"]:
        yield anno_words("describing", claim["paraphrase"])
    for column in CLAIM_COLUMNS:
        if claim[column]:
            yield anno_words("tagging", f"{column}:{claim[column]}")
    for topic in filter(None, claim["topics"].split(";")):
        yield anno_words("tagging", f"topic:{topic}")
    for actor, name in speakers:
        yield anno_link("identifying", actor, name)
    if claim["inside_claim_id"]:
        yield anno_link("linking", claim["inside_claim_id"])


def stored_claim(db, row):
    cursor = db.execute("SELECT * FROM claims WHERE row = ?", [row])
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone()))  # noqa: B905  (Python 3.9)


def anno_bodies(db, a):
    """What is said of the marked words."""
    if a["kind"] == "claim":
        claim = stored_claim(db, a["claim"])
        yield from claim_bodies(claim, db.execute(ANNO_SPEAKERS, [claim["claim_id"]]))
    elif a["kind"] in MOTIVATIONS:
        yield anno_words("classifying", a["kind"])
        for column in ("actor_kind", "naming", "event_type"):
            if a[column]:
                yield anno_words("tagging", f"{column}:{a[column]}")
        yield anno_link("identifying", a["of_id"], a["called"])
        for (claim,) in db.execute(ANNO_SPOKEN, [a["annotation_id"]]):
            yield anno_link("linking", claim)
    else:
        yield anno_words("classifying", a["kind"])
        if a["says"]:
            yield anno_words("tagging", f"says:{a['says']}")
        yield anno_link("linking", a["claim_id"] or a["of_id"], a["called"])


def anno_state(a):
    """The text that was read: when it was captured, its digest, and where copies are."""
    copies = [a["archive_url"]] if a["archive_url"] else []
    if a["text_included"] == "TRUE":
        copies.append(f"texts/{a['snapshot_sha256']}.txt")
    made = {"type": "TimeState", "sha256": a["snapshot_sha256"]}
    if a["captured_at"]:
        made["sourceDate"] = a["captured_at"]
    if copies:
        made["cached"] = copies
    return made


def anno_targets(a):
    """One for each stretch, by its words and by its place in code points, which both select the same."""
    web = a["url"].lower().startswith(("http://", "https://"))
    quotes, extent = json.loads(a["quotes"]), a["extent"].split(";")
    for number, (quote, stretch) in enumerate(zip(quotes, extent)):  # noqa: B905  (Python 3.9)
        words = {"type": "TextQuoteSelector", "exact": quote}
        if number == 0 and a["prefix"]:
            words["prefix"] = a["prefix"]
        if number == len(quotes) - 1 and a["suffix"]:
            words["suffix"] = a["suffix"]
        start, end = map(int, stretch.split("-"))
        yield {
            "type": "SpecificResource",
            "source": a["url"] if web else "urn:uuid:" + a["article_id"],
            "state": anno_state(a),
            "selector": [words, {"type": "TextPositionSelector", "start": start, "end": end}],
        }


def annotation(a, bodies):
    """Of a row of `ANNOTATED` with what is said of its words."""
    made = {
        "id": "urn:uuid:" + a["annotation_id"],
        "type": "Annotation",
        "motivation": MOTIVATIONS.get(a["kind"], "linking"),
    }
    if a["author"]:
        made["creator"] = {"type": "Person", "name": a["author"]}
    if a["made_at"]:
        made["created"] = a["made_at"]
    return {**made, "body": list(bodies), "target": list(anno_targets(a))}


def write_annotations(db, package):
    """(identifier, bytes) of the head, of each annotation and of the foot."""
    db.execute("CREATE INDEX anno_speakers ON claim_speakers (claim_id, link)")
    db.execute("CREATE INDEX anno_spoken ON claim_speakers (mention_id)")
    head = {
        "@context": ANNO_CONTEXT,
        "id": "annotations.jsonld",
        "type": "AnnotationCollection",
        "label": package["title"],
        "created": package["created"],
        "generator": {"type": "Software", "name": "Sourceline"},
    }
    page = {"id": head["id"] + "#page", "type": "AnnotationPage", "startIndex": 0}
    begin = anno_json(head)[:-1] + ', "first": ' + anno_json(page)[:-1] + ', "items": ['
    yield "the collection", begin.encode()
    cursor = db.execute(ANNOTATED)
    names = [column[0] for column in cursor.description]
    count = 0
    for found in cursor:
        a = dict(zip(names, found))  # noqa: B905  (Python 3.9)
        yield (
            a["annotation_id"],
            ((",\n" if count else "\n") + anno_json(annotation(a, anno_bodies(db, a)))).encode(),
        )
        count += 1
    yield "the collection", f'\n]}}, "total": {count}}}\n'.encode()


def anno_json(thing):
    return json.dumps(thing, ensure_ascii=False)
