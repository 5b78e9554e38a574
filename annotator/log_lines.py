"""What a line of the log looks like."""

import logging


class OneLineForRefusals(logging.Formatter):
    """What a stranger sent and was refused takes one line: no traceback, no line break of theirs."""

    def format(self, record: logging.LogRecord) -> str:
        if not record.name.startswith("django.security"):
            return super().format(record)
        # A record of its own: what other handlers are handed stays whole.
        refused = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(refused).replace("\r", "\\r").replace("\n", "\\n")
