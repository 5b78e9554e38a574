"""`routes.txt` read: who may do what at each address, and which objects stand in its arguments there."""

from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("routes.txt")
COLUMNS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WIDTHS = (67, *(9 for _ in COLUMNS))

MEMBERS = ("viewer", "annotator", "reviewer", "manager")
STRANGERS = ("anonymous", "outsider", "other_manager")
"""Who belongs to nothing here; the last manages another project."""
TOKENS = ("read_token", "write_token", "manage_token")
"""Programs with a token of the manager's, of those scopes; they come to the API alone."""
BARRED = ("expired_token", "revoked_token")
"""Tokens of the manager's that open nothing any more."""
CHANGES_NOTHING = {"/api/v1/verify/"}
"""Where a token to read is enough to send something."""
STILL = "!"
"""Behind a word: in an archived project as well."""
WHO = {
    "anyone": {*STRANGERS, *MEMBERS, *TOKENS},
    "account": {*STRANGERS, *MEMBERS, *TOKENS} - {"anonymous"},
    "reader": {*MEMBERS, *TOKENS},
    "viewer": {*MEMBERS, *TOKENS},
    "annotator": {"annotator", "reviewer", "manager", "write_token", "manage_token"},
    "reviewer": {"reviewer", "manager", "manage_token"},
    "manager": {"manager", "manage_token"},
    "author": {"annotator"},
    "maker": {"annotator", "manager", "manage_token"},
    "nobody": set(),
}
"""A word of the table → who may, in a project that is not public."""


@dataclass(frozen=True)
class Row:
    """`may` names who by method; `objects` what stands in an argument (or after `?`) by argument, in order;
    `still` the methods that are marked to go on in an archived project.

    An object is the name of one in `places.py`, or a value in quotes.
    """

    route: str
    may: dict[str, str]
    objects: tuple[tuple[str, str], ...]
    still: frozenset[str] = frozenset()

    def allows(self, who: str, method: str, *, public: bool = False) -> bool:
        word = self.may[method]
        if who == "read_token" and method != "GET" and self.route not in CHANGES_NOTHING:
            return False
        return who in (WHO["anyone"] if public and word == "reader" else WHO[word])

    def goes_on_archived(self, method: str) -> bool:
        """Whether whoever may do it may do it in an archived project too."""
        return method in self.still or (method == "GET" and self.may[method] in ("reader", "viewer"))

    @property
    def of_a_project(self) -> bool:
        """Whether it is behind some project's door."""
        return not set(self.may.values()) & {"anyone", "account", "nobody"}

    @property
    def named(self) -> dict[str, str]:
        return {name: of for name, of in self.objects if not name.startswith("?")}


def read(text: str) -> list[Row]:
    """Raises ValueError with the line for a word that is none."""
    return [_row(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _row(line: str) -> Row:
    route, *rest = line.split()
    words, objects = rest[: len(COLUMNS)], rest[len(COLUMNS) :]
    still = {method for method, word in zip(COLUMNS, words, strict=False) if word.endswith(STILL)}
    words = [word.removesuffix(STILL) for word in words]
    strange = [word for word in words if word != "-" and word not in WHO]
    if strange or len(words) < len(COLUMNS) or not all("=" in one for one in objects):
        raise ValueError(f"tests/permissions/routes.txt: not understood: {line!r} {strange}")
    may = {method: word for method, word in zip(COLUMNS, words, strict=True) if word != "-"}
    named = tuple((one.split("=", 1)[0], one.split("=", 1)[1]) for one in objects)
    return Row(route, may, named, frozenset(still))


def written(row: Row) -> str:
    """The row as it stands in the file."""
    marks = dict.fromkeys(row.still, STILL)
    cells = (row.route, *(row.may.get(method, "-") + marks.get(method, "") for method in COLUMNS))
    line = "".join(f"{cell:<{width}} " for cell, width in zip(cells, WIDTHS, strict=True))
    return (line + " ".join(f"{name}={of}" for name, of in row.objects)).rstrip()


def rows() -> list[Row]:
    return read(FILE.read_text())
