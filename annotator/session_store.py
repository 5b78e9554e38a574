"""Sessions as Django keeps them; only what every page asks of one is asked by a statement made once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from annotator.queries.visitors import session_of


class SessionStore(db.SessionStore):
    """Its name is part of what the sessions are signed with: under another one everybody is signed out."""

    def load(self) -> dict[str, Any]:
        found = session_of(self.session_key) if self.session_key else None
        if found is None or found[1] <= timezone.now():
            self._session_key = None
            return {}
        decoded: dict[str, Any] = self.decode(found[0])
        return decoded
