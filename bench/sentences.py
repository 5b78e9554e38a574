"""How well, and how fast, texts are cut into sentences: scored on gold documents.

    bench/sentences.py [FOLDER]

FOLDER holds gold documents; where none is named, our own are taken (`tests/sources/text/gold/`). A row is
printed for each of its files:

- `….jsonl`: a document a line, `{text, lang, sentences: [[start, end]], paragraphs: [[start, end]]}`, in code
  points, end exclusive;
- `en_….txt`: the language, then a sentence a line, an empty line between two paragraphs;
- `golden_rules….json`: `[{text, expected: [sentence]}]`; a rule counts where all its sentences are right.

Each paragraph is cut by itself, a document without paragraphs as a whole, every run of blanks between its
sentences as one. A sentence counts where its start and end are right, blanks at either end aside. Ends with 1
where a figure is below its limit; characters in a second of work are the machine's affair and only told.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from results.figures import Figure, tell

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "sources" / "text" / "gold"
LIMITS = {
    "en_gum": 96.0,
    "en_ewt": 88.0,
    "ersatz_ar": 96.0,
    "ersatz_de": 82.1,
    "ersatz_fr": 91.2,
    "fa_perdt": 99.8,
    "fa_seraji": 94.4,
    "tr_imst": 91.2,
    "uk_iu": 96.9,
    "ur_udtb": 97.0,
    "golden_rules": 100.0,
}
"""By how a file's name begins: the least F1 of its sentences, or of its rules how many of a hundred."""
OF_OURS = 100.0
FAST = 3_000_000
"""Characters in a second of work that a processor of today is to reach."""

Span = tuple[int, int]
Cut = Callable[[str, str], Iterable[Span]]
"""Of a text and its language where its sentences are."""
Unit = tuple[str, str, list[Span]]
"""What is cut by itself: a text, its language, and its sentences."""


@dataclass(slots=True)
class Score:
    """Sentences that were `found` as they are in the gold, of how many that were `cut` and are `gold`."""

    found: int = 0
    cut: int = 0
    gold: int = 0
    characters: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        return 100 * self.found / max(self.cut, 1)

    @property
    def recall(self) -> float:
        return 100 * self.found / max(self.gold, 1)

    @property
    def f1(self) -> float:
        return 200 * self.found / max(self.cut + self.gold, 1)


def score(units: Iterable[Unit], cut: Cut) -> Score:
    total = Score()
    for text, language, sentences in units:
        spans = list(cut(text, language))  # and what is made once for the language
        begun = time.process_time()
        for _ in cut(text, language):
            pass
        total.seconds += time.process_time() - begun
        ours, gold = _trimmed(text, spans), _trimmed(text, sentences)
        total.found += len(ours & gold)
        total.cut += len(ours)
        total.gold += len(gold)
        total.characters += len(text)
    return total


def rules_kept(path: Path, cut: Cut) -> Score:
    """Of golden rules how many come out right."""
    total = Score()
    for rule in json.loads(path.read_text(encoding="utf-8")):
        text = rule["text"]
        ours = [text[start:end].strip() for start, end in cut(text, "en")]
        total.found += ours == [sentence.strip() for sentence in rule["expected"]]
        total.cut, total.gold = total.cut + 1, total.gold + 1
    return total


def _trimmed(text: str, spans: Iterable[Span]) -> set[Span]:
    found = set()
    for start, end in spans:
        words = text[start:end]
        if words.strip():
            left = len(words) - len(words.lstrip())
            found.add((start + left, start + left + len(words.strip())))
    return found


def units_of(path: Path) -> Iterator[Unit]:
    if path.suffix == ".txt":
        yield from _of_lines(path)
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield from _of_document(json.loads(line))


def _of_lines(path: Path) -> Iterator[Unit]:
    language = path.stem.partition("_")[0]
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        if sentences := [line.strip() for line in paragraph.split("\n") if line.strip()]:
            yield _joined(sentences, " ", language)


def _of_document(document: dict) -> Iterator[Unit]:
    text, language = document["text"], document["lang"]
    sentences = sorted((start, end) for start, end in document["sentences"])
    paragraphs = document.get("paragraphs") or []
    if len(paragraphs) < 2:
        yield _flat(text, sentences, language)
        return
    for first, last in paragraphs:
        inside = [(start - first, end - first) for start, end in sentences if first <= start < last]
        yield text[first:last], language, inside


def _flat(text: str, sentences: list[Span], language: str) -> Unit:
    """The sentences alone, one blank where any stood between two."""
    pieces: list[str] = []
    spans: list[Span] = []
    at, before = 0, 0
    for start, end in sentences:
        if pieces and start > before:
            pieces.append(" ")
            at += 1
        pieces.append(text[start:end])
        spans.append((at, at + end - start))
        at, before = at + end - start, end
    return "".join(pieces), language, spans


def _joined(sentences: list[str], between: str, language: str) -> Unit:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + len(between)
    return between.join(sentences), language, spans


def limit_of(path: Path) -> float:
    """0 where none is set."""
    if path.resolve().parent == OWN:
        return OF_OURS
    return next((least for name, least in LIMITS.items() if path.name.startswith(name)), 0.0)


def missed(folder: Path, cut: Cut) -> list[str]:
    """Scores every file, prints the table, and tells which are below their limits."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".jsonl"))
    rules = sorted(folder.glob("golden_rules*.json"))
    if not files and not rules:
        raise SystemExit(f"There are no gold documents in {folder}.")
    print(f"{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}{'limit':>10}{'M chars/s':>12}")
    below, characters, seconds = [], 0, 0.0
    for path in files:
        found = score(units_of(path), cut)
        characters, seconds = characters + found.characters, seconds + found.seconds
        speed = found.characters / max(found.seconds, 1e-9) / 1e6
        row = f"{path.stem:<24}{found.precision:>10.1f}{found.recall:>10.1f}{found.f1:>10.1f}"
        print(f"{row}{limit_of(path) or '–':>10}{speed:>12.2f}", flush=True)
        below += [f"{path.stem}: {found.f1:.2f}"] if found.f1 < limit_of(path) else []
    for path in rules:
        found = rules_kept(path, cut)
        print(f"{path.stem:<24}{f'{found.found}/{found.gold}':>30}", flush=True)
        below += [f"{path.stem}: {found.found}/{found.gold}"] if found.f1 < limit_of(path) else []
    if seconds:
        said = (
            "" if characters / seconds >= FAST else f": less than {FAST / 1e6:.0f}, on this machine as it is"
        )
        print(f"altogether {characters / seconds / 1e6:.2f} million characters in a second of work{said}")
        rate, goal = [characters / seconds / 1e6], FAST / 1e6
        what = "million characters in a second of work"
        tell(Figure("Cutting into sentences", what, "1/s", rate, goal=goal, more_is_better=True))
    return below


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("folder", nargs="?", type=Path, default=OWN)
    folder = reads.parse_args().folder
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder.")
    sys.path.insert(0, str(ROOT))
    from sources.text.segment import SEGMENTER, VERSION, sentence_spans

    print(f"{SEGMENTER} {VERSION}, {folder}")
    if below := missed(folder, sentence_spans):
        raise SystemExit(f"Below their limits: {'; '.join(below)}.")


if __name__ == "__main__":
    main()
