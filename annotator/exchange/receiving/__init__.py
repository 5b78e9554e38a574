"""Taking into a project what a reader of `importers/` returned: `receive` is the one entry point."""

from .receive import receive
from .report import Report, Told

__all__ = ["Report", "Told", "receive"]
