"""Label Studio's JSON export: tasks with annotations, each a list of regions and relations.

Taken are regions of `Text` objects (`value` with `start`, `end`, `text` and a list of labels) and relations
between them. Offsets count code points, in older versions UTF-16 code units: the words beside them tell.
Regions of `HyperText` and `Paragraphs` lie in markup, by XPath, and are told; so are predictions.
"""

from collections.abc import Iterator
from typing import Any

from sources.text.digest import sha256_hex

from .bundle import At, Bundle, NotRead, Unmapped
from .files import Files
from .json_lines import Located, read_json
from .labelled import Labelled, Region, Tie, bundle_of, record_of, whole
from .wishes import Wishes

_LABELS = ("labels", "choices")


def read_label_studio(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead where no file ends in `.json`, or one is no export."""
    names = files.ending(".json")
    if not names:
        raise NotRead(At(files.name), "holds no file that ends in .json")
    unmapped = list(files.skipped)
    texts: list[Labelled] = []
    for name in names:
        exported = read_json(files.text(name), name)
        tasks = exported if isinstance(exported, list) else [exported]
        if not all(isinstance(task, Located) and isinstance(task.get("data"), dict) for task in tasks):
            raise NotRead(At(name), "is no export of Label Studio as JSON: a list of tasks with data")
        for number, task in enumerate(tasks, start=1):
            texts += _Task(task, name, number, wishes, unmapped).texts()
    return bundle_of("label_studio", texts, unmapped)


class _Task:
    def __init__(
        self, task: Located, file: str, number: int, wishes: Wishes, unmapped: list[Unmapped]
    ) -> None:
        self.task, self.file, self.wishes, self.unmapped = task, file, wishes, unmapped
        self.called = f"task {str(task.get('id', number))[:40]}"
        self.at = At(file, task.line, self.called)

    def leave(self, at: At, what: str, why: str) -> None:
        self.unmapped.append(Unmapped(at, what[:200], why))

    def texts(self) -> Iterator[Labelled]:
        """One for each annotation: what two people marked is told apart, and lies on the same text."""
        for prediction in _listed(self.task.get("predictions")):
            at = self._at(prediction, self.at, "prediction")
            self.leave(at, "a prediction", "what a model proposed is not taken over")
        given = self.task.get("annotations", self.task.get("completions"))
        for number, annotation in enumerate(_listed(given), start=1):
            at = self._at(annotation, self.at)
            if not isinstance(annotation, dict):
                self.leave(at, f"annotation {number}", "is no object")
            elif annotation.get("was_cancelled") is True or annotation.get("skipped") is True:
                self.leave(at, f"annotation {number}", "was skipped by whoever made it")
            else:
                yield from self._annotation(annotation, at, number)

    def _annotation(self, annotation: dict[str, Any], at: At, number: int) -> Iterator[Labelled]:
        made: Labelled | None = None
        by = annotation.get("completed_by")
        by = by.get("email", by.get("id")) if isinstance(by, dict) else by
        who = str(by) if isinstance(by, str) or whole(by) is not None else ""
        seen: set[str] = set()
        ties: list[Tie] = []
        for place, result in enumerate(_listed(annotation.get("result")), start=1):
            here = self._at(result, at, "result")
            if not isinstance(result, dict):
                self.leave(here, f"result {place}", "is no object")
            elif result.get("type") == "relation":
                ties += self._ties(result, here, place)
            elif (text := self._text(result, here, place)) is not None:
                if made is None:
                    name = annotation.get("id", number)
                    key = f"{self.called}\x1f{name}\x1f{sha256_hex(text)}"
                    record = record_of(self.task["data"], text)
                    made = Labelled(at, key, self.called, text, self.wishes, record=record)
                if made.text != text:
                    self.leave(here, f"result {place}", "lies in another text of the task than the first")
                elif str(result.get("id")) in seen:
                    self.leave(here, f"result {place}", "its identifier stands twice: the first is taken")
                else:
                    seen.add(str(result.get("id", f"result {place}")))
                    made.regions += self._regions(result, here, place, who, text)
        if made is not None:
            made.ties += ties
            yield made
        else:
            for tie in ties:
                self.leave(tie.at, tie.name, "joins regions that are not taken over")

    def _text(self, result: dict[str, Any], at: At, place: int) -> str | None:
        """The text that the region lies in: the only one of the task, the one that `to_name` names, or the
        only one that has the words: which object of the configuration shows which is not in the file."""
        value = result.get("value")
        if not isinstance(value, dict):
            self.leave(at, f"result {place}", "has no value")
            return None
        if "startOffset" in value or isinstance(value.get("start"), str):
            self.leave(at, f"result {place}", "lies in markup, by XPath: only plain text is read")
            return None
        if whole(value.get("start")) is None or whole(value.get("end")) is None:
            self.leave(at, f"result {place} ({str(result.get('type'))[:40]})", "marks no words of a text")
            return None
        data = {key: text for key, text in self.task["data"].items() if isinstance(text, str)}
        to = result.get("to_name")
        marked = data.get(to) if isinstance(to, str) else None
        marked = next(iter(data.values())) if len(data) == 1 else marked
        if marked is None:
            within = [text for text in data.values() if _stands(value, text)]
            marked = within[0] if len(set(within)) == 1 else None
        if marked is None:
            self.leave(at, f"result {place}", "nothing tells which text of the task it lies in")
        return marked

    def _regions(self, result: dict[str, Any], at: At, place: int, who: str, text: str) -> Iterator[Region]:
        value = result["value"]
        start, end, words = value["start"], value["end"], value.get("text")
        name = str(result.get("id", f"result {place}"))
        labels = [one for key in _LABELS for one in _listed(value.get(key)) if isinstance(one, str)]
        wide = not isinstance(words, str) and any(letter > "\uffff" for letter in text[:end])
        if wide:
            why = "has no words, and emoji or the like before it may count once or twice"
            self.leave(at, f"{name} {start}–{end}", why)
        elif not 0 <= start < end:
            self.leave(at, f"{name} {start}–{end}", "marks no words: it ends where it begins, or before")
        elif not labels:
            self.leave(at, f"{name} {start}–{end}", "has no label")
        else:
            known = [label for label in labels if self.wishes.meaning(label)]
            label = (known or labels)[0]
            for other in labels:
                if other != label:
                    self.leave(at, f"{name} {other}", f"one label is taken for these words: {label}")
            quotes = (words,) if isinstance(words, str) and words else None
            yield Region(at, name, label, ((start, end),), quotes, who)

    def _ties(self, result: dict[str, Any], at: At, place: int) -> Iterator[Tie]:
        one, other = result.get("from_id"), result.get("to_id")
        labels = [label for label in _listed(result.get("labels")) if isinstance(label, str)]
        if not isinstance(one, str) or not isinstance(other, str):
            self.leave(at, f"result {place} (relation)", "does not say what it joins")
            return
        if not labels:
            self.leave(at, f"relation {one} {other}", "has no label")
        for label in labels:
            yield Tie(at, f"relation {one} {other}", label, one, other)

    def _at(self, value: Any, otherwise: At, kind: str = "annotation") -> At:
        """By task and identifier too: an export may be one line."""
        if not isinstance(value, Located):
            return otherwise
        one = f", {kind} {str(value['id'])[:40]}" if "id" in value else ""
        return At(self.file, value.line, f"{self.called}{one}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _stands(value: dict[str, Any], text: str) -> bool:
    words = value.get("text")
    return isinstance(words, str) and bool(words) and words in text
