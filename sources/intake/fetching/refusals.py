"""Why an address was not fetched, and whether to ask again."""

from __future__ import annotations

from sources.intake.refusal import Refusal, Refused


class TryLater(Refused):
    """The site is to be asked again in `seconds`, and `host`, where given, for nothing before that. Where it
    did not say when itself (`unsaid`), whoever asks in vain again waits longer each time."""

    def __init__(self, refusal: Refusal, seconds: float, host: str = "", *, unsaid: bool = False):
        super().__init__(refusal)
        self.seconds, self.host, self.unsaid = seconds, host, unsaid


class Answered(Refused):
    """`host` answered, and not that it is to be asked later: there is nothing to be had of that page."""

    def __init__(self, refusal: Refusal, host: str):
        super().__init__(refusal)
        self.host = host


class NeverNow(Refused):
    """`host` wants to be asked again later than anybody waits: it is asked for nothing more."""

    def __init__(self, refusal: Refusal, host: str):
        super().__init__(refusal)
        self.host = host


class NotItsTurn(TryLater):
    """Somebody else is asking `host`, or it was asked just now, or told us to wait: it is no attempt."""

    def __init__(self, refusal: Refusal, seconds: float, host: str):
        super().__init__(refusal, seconds, host)
