"""How much the events of an import may join: n claims with m speakers are n times m things to store, from a
line that is only n + m long."""

from dataclasses import dataclass

MOST_PARTS = 200
"""Of one event: its parts, and the speakers whom its note names."""
MOST_COPIES = 20_000
"""Of all events of an import together: what each says of its second claim and of further ones."""


@dataclass(slots=True)
class Room:
    """What is left of it for the events to come."""

    copies: int = MOST_COPIES

    def why_not(self, claims: int, parts: int) -> str:
        """Why an event of so many claims and parts (claims among them) is not taken over; empty where it
        is, and its room is taken."""
        if parts > MOST_PARTS:
            return f"joins {parts:,} parts, at most {MOST_PARTS} are taken over"
        copies = max(claims - 1, 0) * (parts - claims)
        if copies > self.copies:
            return f"the events join each of several claims with the same more than {MOST_COPIES:,} times"
        self.copies -= copies
        return ""
