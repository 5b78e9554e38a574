"""What this server offers to whoever has no account, or wants another way into theirs."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.providers.base import Provider
from django import template
from django.conf import settings

from sources.actions.invitations import SESSION_KEY, invitation_told_by
from sources.models import Invitation

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    return settings.SENDS_MAIL


@register.simple_tag(takes_context=True)
def may_sign_up(context: dict[str, Any]) -> bool:
    return get_adapter(context["request"]).is_open_for_signup(context["request"])


@register.simple_tag(takes_context=True)
def open_invitation(context: dict[str, Any]) -> Invitation | None:
    """The one by which whoever asks came here, as long as it is open."""
    return invitation_told_by(context["request"].session.get(SESSION_KEY, ""))


@register.simple_tag(takes_context=True)
def other_sign_ins(context: dict[str, Any]) -> list[Provider]:
    """The OpenID Connect provider that the environment names, if it names one."""
    return get_social_adapter(context["request"]).list_providers(context["request"])
