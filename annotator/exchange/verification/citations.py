"""Quotes, places and references: whether each claim stands where it says it stands."""

# ruff: noqa: S608  (all of it is written in this file)

import json
import re

from .links import fragment_problems
from .texts import disagreement, rows, whole

JOINER = " […] "
FROM_ARTICLE = (
    *("title", "outlet_seen", "outlet_original", "independent_source_group", "published_edtf"),
    *("published_min", "published_max", "language", "url", "reference_id"),
)
FROM_ANNOTATION = (
    *("article_id", "snapshot_sha256", "snapshot_length", "extent", "prefix", "suffix", "sentence_ids"),
)
EXTENT = re.compile(r"\d+-\d+(;\d+-\d+)*", re.ASCII)

NAMED = (
    "SELECT 1 FROM refers r WHERE r.target = 'annotations.annotation_id' AND r.value = a.annotation_id "
    "AND r.id = a.of_id UNION ALL "
    "SELECT 1 FROM claims c WHERE c.annotation_id = a.annotation_id AND c.claim_id = a.of_id"
)
UNNAMED = f"SELECT row, annotation_id, of_id FROM annotations a WHERE NOT EXISTS ({NAMED})"


def stretches(extent):
    """The stretches of an extent, or None if they are not in order, each after a gap."""
    if not EXTENT.fullmatch(extent):
        return None
    made = [tuple(map(int, part.split("-"))) for part in extent.split(";")]
    bounds = [bound for stretch in made for bound in stretch]
    return made if bounds == sorted(set(bounds)) else None


def check_annotations(texts, db, report):
    query = (
        "SELECT a.*, t.row AS snapshot_row, t.sha256 AS stated, t.length AS stated_length, "
        "t.article_id AS article FROM annotations a LEFT JOIN snapshots t USING (snapshot_id)"
    )
    for a in rows(db, query):
        for words in annotation_problems(a, texts):
            report.problem("annotations", a["row"], a["annotation_id"], words)
    for a in rows(db, UNNAMED):
        words = f"{a['of_id']}, which it is said to be marked for, does not name it"
        report.problem("annotations", a["row"], a["annotation_id"], words)


def annotation_problems(a, texts):
    own = (a["snapshot_sha256"], a["snapshot_length"], a["article_id"])
    if own != (a["stated"], a["stated_length"], a["article"]):
        yield f"digest, length or article are not those of snapshots.csv row {a['snapshot_row']}"
    extent, quotes = stretches(a["extent"]), strings(a["quotes"])
    if quotes is None:
        yield "quotes is not a JSON array of strings"
    elif extent is None or len(extent) != len(quotes) or extent[-1][1] > whole(a["snapshot_length"]):
        yield "the extent is not one stretch for each quote, in order, inside the text"
    else:
        yield from place_problems(a, extent, quotes, texts)


def strings(cell):
    try:
        found = json.loads(cell)
    except ValueError:
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


def place_problems(a, extent, quotes, texts):
    identifiers = a["sentence_ids"].split(";")
    for identifier in identifiers:
        s = texts.sentence(identifier)
        if s and (s[5] != a["snapshot_id"] or not any(x < s[2] and s[1] < y for x, y in extent)):
            yield f"it does not stand in sentence {s[0]}"
    known = texts.known(identifiers)
    full = texts.full(a["snapshot_sha256"])
    if full is not None:
        known = [(0, full), *known]
    for quote, (start, end) in zip(quotes, extent):  # noqa: B905  (Python 3.9)
        wrong, unknown = disagreement(quote, start, known)
        if len(quote) != end - start:
            yield f"the quote has {len(quote)} code points, its stretch {start}-{end} has {end - start}"
        elif wrong is not None:
            yield f"the quote is not what its sentence has at {wrong}"
        elif unknown is not None:
            yield f"no sentence given here holds the quote at {unknown}"
    before = (a["prefix"], extent[0][0] - len(a["prefix"]), "prefix")
    for words, start, name in (before, (a["suffix"], extent[-1][1], "suffix")):
        if start < 0 or start + len(words) > whole(a["snapshot_length"]):
            yield f"the {name} reaches beyond the text"
        elif disagreement(words, start, known)[0] is not None:
            yield f"the {name} is not what stands beside the quote"


def check_claims(files, texts, db, package, report):
    references = {item["id"]: item for item in json.loads(files.read("data/references.json"))}
    for a in rows(db, "SELECT row, article_id, reference_id, title, url FROM articles"):
        item = references.get(a["reference_id"], {})
        if (item.get("title"), item.get("URL", "")) != (a["title"], a["url"]):
            report.problem("articles", a["row"], a["article_id"], "references.json has another title or url")
    stated = ", ".join(f"a.{name} AS article_{name}" for name in ("row", "citation", *FROM_ARTICLE))
    noted = ["row", "quotes", "kind", "of_id", *FROM_ANNOTATION]
    # Of releases before format 4 neither the text of a claim nor the texts of an article are told.
    numbered = {column[1] for table in ("claims", "articles") for column in columns_of(db, table)}
    if {"snapshot_id", "text_number", "n_texts"} <= numbered:
        stated += ", a.n_texts AS article_n_texts, s.number AS text_numbered"
        noted.append("snapshot_id")
    query = (
        f"SELECT c.*, {stated}, {', '.join(f'n.{name} AS note_{name}' for name in noted)} FROM claims c "
        "LEFT JOIN articles a ON a.article_id = c.article_id "
        "LEFT JOIN annotations n ON n.annotation_id = c.annotation_id"
    )
    if "text_numbered" in stated:
        query += " LEFT JOIN snapshots s ON s.snapshot_id = c.snapshot_id"
    for c in rows(db, query):
        report.citations += 1
        if c["note_row"] is None or c["article_row"] is None:
            continue  # told already: a reference to nothing
        problems = [
            *repetition_problems(c, package),
            *sentence_list_problems(c, texts),
            *fragment_problems(c, c["url"], beside(c)),
        ]
        if c["annotation_id"] in report.failed["annotations"]:
            problems.append(f"its annotation, annotations.csv row {c['note_row']}, does not hold")
        for words in problems:
            report.problem("claims", c["row"], c["claim_id"], words)


def repetition_problems(c, package):
    for name in FROM_ARTICLE:
        if c[name] != c["article_" + name]:
            yield f"{name} is not that of articles.csv row {c['article_row']}"
    for name in FROM_ANNOTATION:
        if c[name] != c["note_" + name]:
            yield f"{name} is not that of annotations.csv row {c['note_row']}"
    if c.get("snapshot_id") != c.get("note_snapshot_id") or c.get("text_number") != c.get("text_numbered"):
        yield f"snapshot_id or text_number are not those of annotations.csv row {c['note_row']} and its text"
    if (c["note_kind"], c["note_of_id"]) != ("claim", c["claim_id"]):
        yield f"annotations.csv row {c['note_row']} does not belong to it"
    if c["quote"] != JOINER.join(strings(c["note_quotes"]) or ()):
        yield f"the quote is not that of annotations.csv row {c['note_row']}"
    if c["quote_printed"] != " ".join(c["quote"].split()):
        yield "quote_printed is not the quote"
    printed = iter(c["quote_printed"])
    if not c["quote_bare"] or not all(letter in printed for letter in c["quote_bare"]):
        yield "quote_bare has something that the quote has not"
    extent = stretches(c["extent"])
    if not extent or (c["first_start"], c["last_end"]) != (str(extent[0][0]), str(extent[-1][1])):
        yield "first_start and last_end are not the ends of the extent"
    if c["permalink"] != package.get("homepage", "").rstrip("/") + f"/c/{c['claim_id']}/":
        yield "the permalink is not the page of this claim at the homepage in datapackage.json"
    if c["release_version"] != package["version"]:
        yield f"it says release {c['release_version']}, this is {package['version']}"


def sentence_list_problems(c, texts):
    sentences = [texts.sentence(identifier) for identifier in c["sentence_ids"].split(";")]
    if not all(sentences):
        return
    if c["sentences"] != joined(sentences):
        yield "sentences is not what sentences.csv has"
    text = c["text_number"] if whole(c.get("article_n_texts") or "") > 1 else ""
    if c["citation"] != c["article_citation"] + locator((sentence[0] for sentence in sentences), text):
        yield f"the citation is not that of articles.csv row {c['article_row']} with its sentences"


def joined(sentences):
    made, last, last_gap = "", None, ""
    for number, _, _, text, gap, _ in sorted(sentences):
        if last is not None:
            made += last_gap if number == last + 1 else JOINER
        made, last, last_gap = made + text, number, gap
    return made


def columns_of(db, table):
    return db.execute(f"PRAGMA table_info({table})").fetchall()


def locator(numbers, text=""):
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    named = f"text {text}, " if text else ""
    return f" [{named}sentence{'' if words.isdigit() else 's'} {words}]"


def beside(c):
    """Where the terms of a claim's link stand: its first stretch with what surrounds it, its sentences."""
    return (c["prefix"] + c["quote"].split(JOINER)[0] + c["suffix"], c["sentences"])
