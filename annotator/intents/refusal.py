"""Why something that a user asked for is not done: what, where, and by which rule."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any


class Refused(ValueError):
    """`field` is the path of what is wrong ("claim.chains.0.sources.1.actor"), `rule` a short fixed name."""

    def __init__(self, field: str, rule: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field, self.rule, self.message = field, rule, message

    @property
    def all(self) -> "tuple[Refused, ...]":
        """Everything that is wrong: of most refusals themselves alone."""
        return (self,)

    def told_at(self, place: "Callable[[str], str]") -> "Refused":
        """The same of fields that whoever asked knows by other paths."""
        return together([Refused(place(one.field), one.rule, one.message) for one in self.all])


class RefusedTogether(Refused):
    """Several things are wrong with one object. It is told as the first of them wherever one alone is."""

    def __init__(self, every: "Sequence[Refused]") -> None:
        super().__init__(every[0].field, every[0].rule, every[0].message)
        self._every = tuple(every)

    @property
    def all(self) -> tuple[Refused, ...]:
        return self._every


def together(every: Sequence[Refused]) -> Refused:
    """One refusal of all of these, of which there is at least one."""
    return every[0] if len(every) == 1 else RefusedTogether(every)


@dataclass(frozen=True, slots=True)
class ItemRefused:
    """One of several that were sent together, by its place among them, and why it is refused."""

    item: int
    field: str
    rule: str
    message: str


class RefusedItems(Exception):
    """Of several things to be done together or not at all, these cannot be; where not `all_looked_at`, no
    further ones were looked at."""

    def __init__(self, items: Sequence[ItemRefused], *, all_looked_at: bool = True) -> None:
        least = "" if all_looked_at else "At least "
        super().__init__(
            f"{least}{len({one.item for one in items})} of them cannot be done, so none of them is"
        )
        self.items = tuple(items)


class Taken(Exception):
    """The identifier is in use elsewhere. Says no more, so that nobody learns where."""


class VersionNeeded(Exception):
    """The object exists and differs; changing it needs the version that the change was based on."""


class Stale(Exception):
    """Somebody changed the object since; `current` is what it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__("somebody changed this since it was read")
        self.current = current


class Carried(Exception):
    """The annotation was carried to a later text of its article since; `current` is where it is now."""

    def __init__(self, current: Any, text: int) -> None:
        super().__init__(
            f"this was carried to a newer text of the article (text {text}) meanwhile: what you wrote is kept"
            " here, open that text and save it there"
        )
        self.current = current


class Overtaken(Stale):
    """Somebody decided on the object since; `decision` is what they decided."""

    def __init__(self, current: Any, decision: Any) -> None:
        super().__init__(current)
        self.decision = decision


def check_seen(seen: Collection[str] | None, now: str, current: Any) -> None:
    """Of what counts no versions: raises VersionNeeded where nobody said which state they saw, Stale where
    they saw none that is `now`."""
    if seen is None:
        raise VersionNeeded
    if now not in seen:
        raise Stale(current)


class Vanished(Exception):
    """What was to be changed has been deleted since."""

    def __init__(self) -> None:
        super().__init__("somebody deleted this since it was read")


class InUse(Exception):
    """Something else still points here; the message says what."""
