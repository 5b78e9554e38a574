"""`brat/`: every included text with its claims in brat's standoff format, in the layout of PolNeAR.

`Source`, `Cue` and `Content` are text-bound annotations, each link of a chain is an `Attribution` event that
joins them. No fragment holds a line break, which brat does not allow, nor a tab; the note of an annotation
then says its whole extent. `verify.py` carries this file: the standard library alone, Python 3.9.
"""

import json
import re

BRAT_PIECE = re.compile("[^\t-\r\x1c-\x1e\x85\u2028\u2029]+")
"""What may stand in a fragment: no tab, and nothing that a reader might take for the end of a line."""
BRAT_NOTE = "Sourceline"
"""Type of the notes with our identifiers, and name of the register that actors are normalised to."""
BRAT_ANNOTATED = """
    SELECT a.annotation_id, a.kind, a.of_id, a.extent, a.quotes, a.cue_type,
        p.name, p.kind AS actor_kind, p.naming,
        EXISTS (SELECT 1 FROM claim_speakers s WHERE s.mention_id = a.annotation_id) AS speaks,
        c.claim_type, c.quotation_type, c.voice, c.polarity, c.negated, c.review_status, c.paraphrase
    FROM annotations a LEFT JOIN actors p ON a.kind = 'actor' AND p.actor_id = a.of_id
    LEFT JOIN claims c ON a.kind = 'claim' AND c.claim_id = a.of_id
    WHERE a.snapshot_id = ? AND (a.kind IN ('claim', 'actor')
        OR (a.kind = 'cue' AND EXISTS (SELECT 1 FROM attributions t WHERE t.attribution_id = a.of_id)))
    ORDER BY a.row
"""
BRAT_CLAIMS = """
    SELECT c.claim_id, c.inside_claim_id FROM annotations a JOIN claims c ON c.claim_id = a.of_id
    WHERE a.snapshot_id = ? AND a.kind = 'claim' ORDER BY a.row
"""
BRAT_LINKS = """
    SELECT attribution_id, link, role, act, basis, quotation_type, cue_ids FROM attributions
    WHERE claim_id = ? AND outer_link = 'FALSE' ORDER BY CAST(chain AS INTEGER), CAST(link AS INTEGER)
"""
BRAT_SPEAKERS = """
    SELECT s.actor_id, s.mention_id, s.jointly, s.role_at_time, p.name, p.kind, p.naming
    FROM claim_speakers s LEFT JOIN actors p ON p.actor_id = s.actor_id
    WHERE s.attribution_id = ? ORDER BY CAST(s.position AS INTEGER), s.row
"""
BRAT_CAPTURED = "SELECT snapshot_id FROM snapshots WHERE sha256 = ? ORDER BY row"
BRAT_OF_CLAIM = (
    ("ClaimType", "claim_type"),
    ("QuotationType", "quotation_type"),
    ("Voice", "voice"),
    ("Polarity", "polarity"),
    ("ReviewStatus", "review_status"),
)
BRAT_OF_ACTOR = (("ActorKind", "actor_kind"), ("Naming", "naming"))
BRAT_OF_LINK = (
    ("LinkRole", "role"),
    ("Act", "act"),
    ("LinkBasis", "basis"),
    ("LinkQuotationType", "quotation_type"),
)
"""Attribute and column, of a `Content`, of a `Source` or `Mention`, of an `Attribution`."""
BRAT_VALUES = (
    ("ClaimType", "Content", "claims", "claim_type"),
    ("QuotationType", "Content", "claims", "quotation_type"),
    ("Voice", "Content", "claims", "voice"),
    ("Polarity", "Content", "claims", "polarity"),
    ("ReviewStatus", "Content", "claims", "review_status"),
    ("CueType", "Cue", "annotations", "cue_type"),
    ("ActorKind", "Source|Mention", "actors", "kind"),
    ("Naming", "Source|Mention", "actors", "naming"),
    ("LinkRole", "Attribution", "attributions", "role"),
    ("Act", "Attribution", "attributions", "act"),
    ("LinkBasis", "Attribution", "attributions", "basis"),
    ("LinkQuotationType", "Attribution", "attributions", "quotation_type"),
)
BRAT_CONF = """\
[entities]
Content
Source
Mention
Cue

[relations]
Inside\tArg1:Content, Arg2:Content
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]
Attribution\tContent:Content, Cue*:Cue, Source*:Source, Relays?:Attribution

[attributes]
Negated\tArg:Content
"""
BRAT_VISUAL = """\
[labels]
Content | Content | Con
Source | Source | Src
Mention | Mention | Men
Cue | Cue
Attribution | Attribution | Attr
Inside | Inside | In
Relays | Relays | Rel

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken
ARC_DEFAULT\tcolor:black, arrowHead:triangle-5
ATTRIBUTE_DEFAULT\tglyph:*
Content\tbgColor:#ffe3b0
Source\tbgColor:#b8dcff
Mention\tbgColor:#dfe9f2
Cue\tbgColor:#c9efc4
Attribution\tbgColor:#e4d4f4
Inside\tdashArray:3-3
Negated\tglyph:¬
"""
BRAT_LISTED = (
    ("filename", "t.snapshot_id"),
    ("title", "r.title"),
    ("author", "r.authors"),
    ("publisher", "r.outlet_seen"),
    ("publication_date", "r.published_edtf"),
    ("url", "r.url"),
    ("language", "r.language"),
    ("article_id", "r.article_id"),
)
"""Column of `metadata.tsv`, by PolNeAR's name where it has one, and where it comes from."""


def brat_fragments(extent, quotes):
    """(start, end, words) of each stretch, cut where brat lets no fragment go on; blank ones are left out."""
    for stretch, words in zip(extent.split(";"), quotes):  # noqa: B905  (Python 3.9)
        begin = int(stretch.split("-")[0])
        for found in BRAT_PIECE.finditer(words):
            if not found[0].isspace():
                yield begin + found.start(), begin + found.end(), found[0]


class BratLines:
    """The lines of one text: numbers each kind from 1 and remembers which line is which annotation's."""

    def __init__(self):
        self.counts, self.names, self.places = {}, {}, {}

    def add(self, letter, body):
        """The name of the new line, and the line."""
        self.counts[letter] = number = self.counts.get(letter, 0) + 1
        return f"{letter}{number}", f"{letter}{number}\t{body}\n"

    def span(self, kind, fragments):
        places = ";".join(f"{start} {end}" for start, end, _ in fragments)
        return self.add("T", f"{kind} {places}\t{' '.join(words for *_, words in fragments)}")

    def attributes(self, name, row, columns):
        values = ((attribute, row[column]) for attribute, column in columns)
        return "".join(self.add("A", f"{of} {name} {value}")[1] for of, value in values if value)

    def note(self, kind, name, words):
        return self.add("#", f"{kind} {name}\t{words}")[1]


def brat_json(thing):
    return json.dumps(thing, ensure_ascii=False)


def brat_line(words):
    return " ".join(words.split())


def brat_rows(db, query, value):
    cursor = db.execute(query, [value])
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, found)) for found in cursor)  # noqa: B905  (Python 3.9)


def brat_annotation(lines, a):
    """The text-bound line, and those that say more of it; nothing for words that are all blank."""
    fragments = list(brat_fragments(a["extent"], json.loads(a["quotes"])))
    if not fragments:
        return ""
    kinds = {"claim": "Content", "cue": "Cue", "actor": "Source" if a["speaks"] else "Mention"}
    name, text = lines.span(kinds[a["kind"]], fragments)
    lines.names[a["annotation_id"]], lines.places[name] = name, fragments
    note = {"id": a["annotation_id"]}
    if len(fragments) > 1 or a["extent"] != "{}-{}".format(*fragments[0]):
        note["extent"] = a["extent"]
    if a["kind"] == "claim":
        lines.names[a["of_id"]] = name
        text += lines.attributes(name, a, BRAT_OF_CLAIM)
        text += lines.add("A", f"Negated {name}")[1] if a["negated"] == "TRUE" else ""
        text += lines.note("AnnotatorNotes", name, brat_line(a["paraphrase"])) if a["paraphrase"] else ""
    elif a["kind"] == "cue":
        text += lines.attributes(name, a, (("CueType", "cue_type"),))
    else:
        text += lines.attributes(name, a, BRAT_OF_ACTOR)
        text += lines.add("N", f"Reference {name} {BRAT_NOTE}:{a['of_id']}\t{brat_line(a['name'])}")[1]
    return text + lines.note(BRAT_NOTE, name, brat_json(note))


def brat_sources(lines, speakers):
    """The names of the lines of those who speak, and what no line says of them: one who is named nowhere in
    the text, a role, several who speak together."""
    names, said = [], []
    for s in speakers:
        name = lines.names.get(s["mention_id"])
        if name:
            names.append(name)
            one = {"source": name}
        else:
            one = {"actor": s["actor_id"], "name": s["name"], "kind": s["kind"], "naming": s["naming"]}
        if s["role_at_time"]:
            one["role_at_time"] = s["role_at_time"]
        if s["jointly"] and len(speakers) > 1:
            one["jointly"] = s["jointly"]
        said.append(one)
    return names, said if any(set(one) != {"source"} for one in said) else []


def brat_chains(db, lines, claim):
    """The events of the claim's own links; each but the first of a chain relays the one before it."""
    content, before = lines.names.get(claim), ""
    for link in brat_rows(db, BRAT_LINKS, claim) if content else ():
        cues = [lines.names[cue] for cue in link["cue_ids"].split(";") if cue in lines.names]
        speakers = list(brat_rows(db, BRAT_SPEAKERS, link["attribution_id"]))
        sources, said = brat_sources(lines, speakers)
        trigger, text = lines.span("Attribution", lines.places[cues[0] if cues else content])
        parts = [f"Attribution:{trigger}", f"Content:{content}"]
        for role, names in (("Cue", cues), ("Source", sources)):
            parts += [f"{role}{number if number > 1 else ''}:{one}" for number, one in enumerate(names, 1)]
        parts += [f"Relays:{before}"] if link["link"] != "1" and before else []
        before, event = lines.add("E", " ".join(parts))
        note = {"id": link["attribution_id"], "sources": said} if said else {"id": link["attribution_id"]}
        text += event + lines.attributes(before, link, BRAT_OF_LINK)
        yield link["attribution_id"], text + lines.note(BRAT_NOTE, before, brat_json(note))


def brat_lines(db, snapshot):
    lines = BratLines()
    for a in brat_rows(db, BRAT_ANNOTATED, snapshot):
        yield a["annotation_id"], brat_annotation(lines, a)
    inside = []
    for claim, outer in db.execute(BRAT_CLAIMS, [snapshot]):
        yield from brat_chains(db, lines, claim)
        inside += [(claim, outer)] if claim in lines.names and outer in lines.names else []
    for claim, outer in inside:
        yield claim, lines.add("R", f"Inside Arg1:{lines.names[claim]} Arg2:{lines.names[outer]}")[1]


def write_brat(db, snapshot):
    """(identifier, bytes) of the `.ann` of a text; `db` has the dataset's tables."""
    for table, column in (
        ("annotations", "snapshot_id"),
        ("attributions", "claim_id"),
        ("claim_speakers", "mention_id"),
        ("claim_speakers", "attribution_id"),
    ):
        db.execute(f"CREATE INDEX IF NOT EXISTS brat_{table}_{column} ON {table} ({column})")
    for identifier, text in brat_lines(db, snapshot):
        yield identifier, text.encode()


def brat_snapshots(db, digest):
    """The captures of the text with that digest."""
    db.execute("CREATE INDEX IF NOT EXISTS brat_snapshots_sha256 ON snapshots (sha256)")
    return [snapshot for (snapshot,) in db.execute(BRAT_CAPTURED, [digest])]


def write_brat_conf(db, package):
    """Types, and what values attributes may have: those that the tables may have."""
    fields = {
        (table["name"], field["name"]): field.get("constraints", {}).get("enum", [])
        for table in package["resources"]
        for field in table["schema"]["fields"]
    }
    yield "the types", BRAT_CONF.encode()
    for attribute, types, table, column in BRAT_VALUES:
        values = "|".join(fields[table, column])
        yield attribute, f"{attribute}\tArg:{types}, Value:{values}\n".encode() if values else b""


def write_brat_visual(db, package):
    yield "the colours", BRAT_VISUAL.encode()


def write_brat_metadata(db, package):
    """The articles of the texts, a line each, cells parted by tabs."""
    yield "the header", ("\t".join(name for name, _ in BRAT_LISTED) + "\n").encode()
    columns = ", ".join(column for _, column in BRAT_LISTED)
    query = (
        f"SELECT {columns} FROM snapshots t JOIN articles r ON r.article_id = t.article_id "  # noqa: S608
        "WHERE t.text_included = 'TRUE' ORDER BY t.row"
    )
    for cells in db.execute(query):
        yield cells[0], ("\t".join(map(brat_line, cells)) + "\n").encode()


BRAT_FOLDER = {
    "brat/annotation.conf": write_brat_conf,
    "brat/visual.conf": write_brat_visual,
    "brat/metadata.tsv": write_brat_metadata,
}
"""What lies in the folder beside the texts and their annotations."""
