"""Rows of a release's `annotations.csv` as the spans of bodies."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from .bundle import Body, Placed, Unmapped, span
from .bundle import placed as place
from .release_tables import Release, Row, values


class Words:
    """Spans by the identifier of their annotation. `unmapped` are those that could not be given to
    anything."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.unmapped: list[Unmapped] = []

    def row(self, identifier: str) -> Row:
        return self.release.annotations[identifier]

    def span(self, identifier: str, **more: Any) -> Body:
        return self._words(self.row(identifier), UUID(identifier), **more)

    def spans(self, identifiers: str) -> list[Body]:
        return [self.span(one) for one in values(identifiers)]

    def first(self, identifiers: str, what: str) -> Body | None:
        """The one span; of several the first, and the others are told."""
        found = values(identifiers)
        for other in found[1:]:
            self.leave(self.row(other), f"{what} has words already: it takes one stretch")
        return self.span(found[0]) if found else None

    def placed(self, row: Row, kind: str, what: Body) -> Placed:
        at = self.release.at("annotations", row)
        return place(at, UUID(row["annotation_id"]), kind, self._words(row, None), what, row["author"])

    def leave(self, row: Row, why: str) -> None:
        said = f"{row['kind']} “{' … '.join(json.loads(row['quotes']))[:60]}”"
        self.unmapped.append(Unmapped(self.release.at("annotations", row), said, why))

    def _words(self, row: Row, uuid: UUID | None, **more: Any) -> Body:
        return span(
            stretches(row["extent"]),
            json.loads(row["quotes"]),
            uuid=uuid,
            prefix=row["prefix"],
            suffix=row["suffix"],
            **more,
        )


def stretches(extent: str) -> list[tuple[int, int]]:
    """ "10-40;52-90" as pairs."""
    parts: Iterable[list[str]] = (part.split("-") for part in extent.split(";"))
    return [(int(start), int(end)) for start, end in parts]
