"""What is known of browsers that are signed in no more: nothing, a day after."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

WHILE = timedelta(days=1)
"""How long what is told of a browser stays after its session: it may just be stored."""


def forget_sessions_over() -> int:
    """Delete sessions whose time is over, and from where and with what somebody came in by a session that is
    there no more; how many of both."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lte=now).delete()
    left = UserSession.objects.filter(last_seen_at__lte=now - WHILE)
    browsers, _ = left.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return sessions + browsers
