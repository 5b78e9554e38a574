"""What the exporters are told of a release: plain values, no database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from annotator.intents.release import Scope


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One key of one facet of the codebook: `facet` is `claim_type`, `topic`, `actor_kind` and so on.

    `parent` and `merged_into` are keys of the same facet.
    """

    facet: str
    key: str
    name: str
    definition: str = ""
    retired: bool = False
    examples: tuple[str, ...] = ()
    parent: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A release as its readers see it. `created` is the one date of all its files; it must be aware."""

    project: str
    slug: str
    number: int
    title: str
    created: datetime
    software_version: str
    notes: str = ""
    licence: str = ""
    contributors: tuple[str, ...] = ()
    homepage: str = ""
    scope: Scope = field(default_factory=Scope)
    with_texts: bool = False
    codebook_version: str = ""
    codebook: tuple[CodebookEntry, ...] = field(default=())

    @property
    def folder(self) -> str:
        """The one top folder of the ZIP. Number 0 is an export that is no release."""
        return f"{self.slug}-release-{self.number}" if self.number else f"{self.slug}-export"

    @property
    def address(self) -> str:
        """Of the release's permanent page; an export that is no release has the installation's, if any."""
        if not (self.homepage and self.number):
            return self.homepage
        return f"{self.homepage.rstrip('/')}/p/{self.slug}/releases/{self.number}/"

    @property
    def moment(self) -> datetime:
        return self.created.astimezone(UTC).replace(microsecond=0)

    def levels(self, facet: str) -> tuple[str, ...]:
        return tuple(entry.key for entry in self.codebook if entry.facet == facet and not entry.merged_into)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that lies in the archive: `path` from the top folder, `size` in bytes, `rows` of a table."""

    path: str
    size: int
    sha256: str
    rows: int | None = None

    @property
    def in_data(self) -> str:
        return self.path.removeprefix("data/")
