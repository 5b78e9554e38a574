"""What a line of the log looks like."""

import logging

from sources.request_id import request_id


class OneLineForRefusals(logging.Formatter):
    """What a stranger sent and was refused takes one line: no traceback, no line break of theirs.

    Each line can name the request it belongs to, as `request_id`.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id() or "-"
        if not record.name.startswith("django.security"):
            return super().format(record)
        # A record of its own: what other handlers are handed stays whole.
        refused = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(refused).replace("\r", "\\r").replace("\n", "\\n")
