"""Why an address was not fetched, and whether to ask again."""

from __future__ import annotations

from sources.intake.refusal import Refusal, Refused


class TryLater(Refused):
    """The site asks to be asked again in `seconds`."""

    def __init__(self, refusal: Refusal, seconds: float):
        super().__init__(refusal)
        self.seconds = seconds


class NotItsTurn(TryLater):
    """Somebody else is asking `host`, or it was asked just now: it is no attempt."""

    def __init__(self, refusal: Refusal, seconds: float, host: str):
        super().__init__(refusal, seconds)
        self.host = host
