"""Where an entry of a demo file stands, to be named when it is refused."""

from dataclasses import dataclass


class EntryRefused(ValueError):
    """An entry of a demo file that cannot be used. The message names file, line and entry."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """Where an entry stands: `line` is that of its key or quote, 0 where it was not found."""

    file: str
    entry: str
    line: int = 0

    def refuse(self, why: str) -> EntryRefused:
        at = f"{self.file}:{self.line}" if self.line else self.file
        return EntryRefused(f"{at}: {self.entry}: {why}")
