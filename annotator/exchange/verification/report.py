"""What the checks found, in words."""

MOST_LINES = 1000


class Report:
    """What failed; only the first lines are kept. `citations` counts claims, `held` the good ones."""

    def __init__(self):
        self.lines: list[str] = []
        self.count = 0
        self.failed: dict[str, set[str]] = {"claims": set(), "annotations": set()}
        self.citations, self.texts_included, self.texts_missing = 0, 0, 0

    def problem(self, table, row, name, words):
        """Something is wrong with one row; `name` is its identifier."""
        self.say(f"{table}.csv row {row} ({name}): {words}")
        if table in self.failed:
            self.failed[table].add(name)

    def say(self, words):
        """Something is wrong with a file or with the whole."""
        self.count += 1
        if len(self.lines) < MOST_LINES:
            self.lines.append(words)

    @property
    def held(self):
        return max(0, self.citations - len(self.failed["claims"]))

    @property
    def ok(self):
        return self.count == 0
