"""What the checks found, in words."""

MOST_LINES = 1000


class Report:
    """What failed; only the first problems are kept. `citations` counts claims, `held` the good ones;
    `notes` say what was not looked at, which is neither a fault nor a pass.

    A problem is (table, row, identifier, words); of a file or the whole dataset only the words are given.
    """

    def __init__(self):
        self.problems: list[tuple[str, int, str, str]] = []
        self.notes: list[str] = []
        self.count = 0
        self.failed: dict[str, set[str]] = {"claims": set(), "annotations": set()}
        self.citations, self.texts_included, self.texts_missing = 0, 0, 0

    def problem(self, table, row, name, words):
        """Something is wrong with one row; `name` is its identifier."""
        self.keep(table, row, name, words)
        if table in self.failed:
            self.failed[table].add(name)

    def say(self, words):
        """Something is wrong with a file or with the whole."""
        self.keep("", 0, "", words)

    def note(self, words):
        """Something could not be checked here, though nothing is known to be wrong with it."""
        if words not in self.notes:
            self.notes.append(words)

    def keep(self, table, row, name, words):
        self.count += 1
        if len(self.problems) < MOST_LINES:
            self.problems.append((table, row, name, words))

    @property
    def lines(self):
        return [
            f"{t}.csv row {row} ({name}): {words}" if t else words for t, row, name, words in self.problems
        ]

    @property
    def held(self):
        return max(0, self.citations - len(self.failed["claims"]))

    @property
    def ok(self):
        return self.count == 0

    def as_json(self):
        """The same for programs: what `say` says, as what json.dumps takes."""
        return {
            "ok": self.ok,
            "citations": self.citations,
            "held": self.held,
            "texts_included": self.texts_included,
            "texts_missing": self.texts_missing,
            "count": self.count,
            "notes": self.notes,
            "problems": [
                {"table": table, "row": row, "id": name, "words": words}
                for table, row, name, words in self.problems
            ],
        }
