"""What can be done to many claims at once: a literal list."""

from dataclasses import dataclass
from typing import Any, Protocol

from annotator.models import BatchRow, Claim
from sources.models import User

from .coding_many import code_one
from .deciding_many import decide_one, take_back
from .giving_back import give_back


class Do(Protocol):
    def __call__(self, *, by: User, claim: Claim, intent: Any) -> None:
        """Change the claim, whose lock is held and which stands as it was shown. Raises Refused."""


class Undo(Protocol):
    def __call__(self, *, by: User, claim: Claim, row: BatchRow) -> None:
        """Make the claim, which stands as the batch left it, what it was. Raises Refused."""


@dataclass(frozen=True)
class Deed:
    """`undo` is given only where the history does not tell all there is to take back."""

    do: Do
    undo: Undo = give_back


DEEDS: dict[str, Deed] = {
    "code": Deed(code_one),
    "decide": Deed(decide_one, take_back),
}
