"""References of articles, each formatted once in a build: that takes longer than all else of a row."""

import sqlite3
from pathlib import Path

from annotator.citations.csl import ArticleRecord, cite


class ReferencesKept:
    """Lie in a folder on the disk, not in memory, until `close`."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "references.sqlite", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        self._db.execute("CREATE TABLE reference (article TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def __call__(self, article: ArticleRecord) -> str:
        """The article in APA style. What is asked for again is what was said first."""
        found = self._db.execute("SELECT words FROM reference WHERE article = ?", [article.uuid]).fetchone()
        if found is None:
            found = (cite(article),)
            self._db.execute("INSERT INTO reference VALUES (?, ?)", [article.uuid, *found])
        return str(found[0])

    def close(self) -> None:
        self._db.close()
