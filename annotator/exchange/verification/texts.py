"""What the tables say of the captured texts and of the sentences cut from them."""

# ruff: noqa: S608  (all of it is written in this file)

import hashlib
from functools import lru_cache

from .links import fragment_problems


def whole(cell):
    """The number in a cell; -1, which fits nowhere, if it is none (the row is named for that already)."""
    return int(cell) if cell and cell.isascii() and cell.isdigit() else -1


def rows(db, query):
    """Each row as a dictionary, one at a time."""
    cursor = db.execute(query)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, found)) for found in cursor)  # noqa: B905  (Python 3.9)


class Texts:
    """What is known of each captured text: cited sentences with the gaps after them, or all of it."""

    def __init__(self, files, db):
        self._files, self._db = files, db
        self.sentence = lru_cache(maxsize=20000)(self._sentence)
        self.full = lru_cache(maxsize=8)(self._full)

    def _full(self, digest):
        path = f"data/texts/{digest}.txt"
        return self._files.read(path).decode() if path in self._files.paths else None

    def _sentence(self, identifier):
        query = "SELECT number, start, end, text, gap_after, snapshot_id FROM sentences WHERE sentence_id = ?"
        found = self._db.execute(query, [identifier]).fetchone()
        return found and (whole(found[0]), whole(found[1]), whole(found[2]), *found[3:])

    def known(self, identifiers):
        """Stretches of text as (start, words)."""
        sentences = filter(None, map(self.sentence, identifiers))
        return [piece for s in sentences for piece in ((s[1], s[3]), (s[2], s[4]))]


def disagreement(words, start, known):
    """Where `words` at `start` are not what is known, and where nothing is known; None for nowhere."""
    seen = bytearray(len(words))
    for at, text in known:
        low, high = max(start, at), min(start + len(words), at + len(text))
        if low < high:
            ours, theirs = words[low - start : high - start], text[low - at : high - at]
            if ours != theirs:
                return low + next(i for i, letter in enumerate(ours) if letter != theirs[i]), None
            seen[low - start : high - start] = b"\1" * (high - low)
    unknown = [i for i, covered in enumerate(seen) if not covered and not words[i].isspace()]
    return None, (start + unknown[0] if unknown else None)


def check_texts(files, db, report):
    """Captured texts and their digests as snapshots.csv, articles.csv and the files state them."""
    paths = set()
    query = (
        "SELECT s.*, a.row AS article_row, a.snapshot_sha256 AS stated FROM snapshots s "
        "LEFT JOIN articles a USING (article_id)"
    )
    for s in rows(db, query):
        path = f"data/texts/{s['sha256']}.txt"
        paths.add(path)
        for words in snapshot_problems(s, files, path, report):
            report.problem("snapshots", s["row"], s["snapshot_id"], words)
    for path in sorted(p for p in files.paths if p.startswith("data/texts/") and p not in paths):
        report.say(f"{path} is the text of no snapshot")
    used = "SELECT snapshot_id FROM sentences"
    for s in rows(db, f"SELECT row, snapshot_id FROM snapshots WHERE snapshot_id NOT IN ({used})"):
        report.problem("snapshots", s["row"], s["snapshot_id"], "no sentence comes from it")
    has = "SELECT 1 FROM snapshots WHERE article_id = ? AND sha256 = ?"
    for row, article, digests in db.execute("SELECT row, article_id, snapshot_sha256 FROM articles"):
        for digest in digests.split(";"):
            if not db.execute(has, [article, digest]).fetchone():
                report.problem("articles", row, article, f"no snapshot of it has the digest {digest!r}")


def snapshot_problems(s, files, path, report):
    if s["sha256"] not in (s["stated"] or "").split(";"):
        yield f"its digest is not among those of articles.csv row {s['article_row']}"
    if (path in files.paths) != (s["text_included"] == "TRUE"):
        yield "text_included does not agree with the files in texts/"
    if path not in files.paths:
        report.texts_missing += 1
        return
    report.texts_included += 1
    text = files.read(path)
    if hashlib.sha256(text).hexdigest() != s["sha256"] or len(text.decode()) != whole(s["length"]):
        yield "the included text has another digest or length"


def check_sentences(texts, db, report):
    before = None
    query = (
        "SELECT s.*, t.row AS snapshot_row, t.sha256 AS stated, t.length, t.article_id AS article, a.url "
        "FROM sentences s LEFT JOIN snapshots t USING (snapshot_id) "
        "LEFT JOIN articles a ON a.article_id = s.article_id "
        "ORDER BY s.snapshot_id, CAST(s.start AS INTEGER), s.row"
    )
    for s in rows(db, query):
        for words in sentence_problems(s, before, texts):
            report.problem("sentences", s["row"], s["sentence_id"], words)
        before = s
    cited = "SELECT value FROM refers WHERE tbl = 'annotations' AND col = 'sentence_ids'"
    for s in rows(db, f"SELECT row, sentence_id FROM sentences WHERE sentence_id NOT IN ({cited})"):
        report.problem("sentences", s["row"], s["sentence_id"], "no annotation stands in it")


def sentence_problems(s, before, texts):
    start, end, number = whole(s["start"]), whole(s["end"]), whole(s["number"])
    if hashlib.sha256(s["text"].encode()).hexdigest() != s["sha256"]:
        yield "the text does not have the digest stated beside it"
    if end - start != len(s["text"]) or not s["text"] or end > whole(s["length"]):
        yield f"{start}-{end} does not fit a sentence of {len(s['text'])} code points in its snapshot"
    if (s["snapshot_sha256"], s["article_id"]) != (s["stated"], s["article"]):
        yield f"digest or article are not those of snapshots.csv row {s['snapshot_row']}"
    if before and before["snapshot_id"] == s["snapshot_id"]:
        last, last_end = whole(before["number"]), whole(before["end"])
        follows = number == last + 1 and start != last_end + len(before["gap_after"])
        if number <= last or start < last_end or follows:
            yield f"number or offsets do not follow from those of sentences.csv row {before['row']}"
    full = texts.full(s["snapshot_sha256"])
    if full is not None and full[start : end + len(s["gap_after"])] != s["text"] + s["gap_after"]:
        yield "the included text has other words there"
    yield from fragment_problems(s, s["url"] or "", (s["text"],))
