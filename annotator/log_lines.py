"""What a line of the log looks like."""

import logging
import re

from sources.request_id import request_id

_SECRETS = re.compile(
    r"""(?P<before>
        /invitations/(?=[^/\s?]{8})            # an invitation's token
      | /password/(?=[0-9A-Za-z]{1,20}-)       # a key to set a new password
      | /account/email/(?=[^/\s?]{8})          # a key that proves an address
      | \bsesame=                              # a link that signs in
    )[^/\s?&"'<>]+""",
    re.VERBOSE,
)
"""What opens something to whoever reads it, in the addresses that Django logs."""


class OneLineForRefusals(logging.Formatter):
    """What a stranger sent and was refused takes one line: no traceback, no line break of theirs.

    Each line can name the request it belongs to, as `request_id`: the one that is being answered, or the one
    that the line tells of where that is answered already. In addresses stars stand for what would let whoever
    reads the log in.
    """

    def format(self, record: logging.LogRecord) -> str:
        told_of = getattr(getattr(record, "request", None), "request_id", "")
        record.request_id = request_id() or told_of or "-"
        return _SECRETS.sub(r"\g<before>***", self._told(record))

    def _told(self, record: logging.LogRecord) -> str:
        if not record.name.startswith("django.security"):
            return super().format(record)
        # A record of its own: what other handlers are handed stays whole.
        refused = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(refused).replace("\r", "\\r").replace("\n", "\\n")
