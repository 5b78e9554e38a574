"""What the environment says about accounts: mail, OpenID Connect, proxies. Half a setting is an error.

Each function takes the environment and raises ImproperlyConfigured, naming the variable and what it wants.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BACKENDS = "django.core.mail.backends"
# Scheme → port where none is said, STARTTLS, TLS from the first byte.
_MAIL_SCHEMES = {"smtp": (25, False, False), "smtp+tls": (587, True, False), "smtps": (465, False, True)}
_MAIL_FORM = "smtp+tls://USER:PASSWORD@HOST:PORT (STARTTLS), smtps://… (TLS), smtp://… (neither) or console:"


def mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings of mail; SENDS_MAIL says whether there is any way to send one."""
    address, sender = environment.get("SOURCELINE_MAIL_URL", ""), environment.get("SOURCELINE_MAIL_FROM", "")
    if not address:
        if sender:
            raise ImproperlyConfigured("SOURCELINE_MAIL_FROM is set but not SOURCELINE_MAIL_URL.")
        return {"SENDS_MAIL": False, "EMAIL_BACKEND": f"{_BACKENDS}.dummy.EmailBackend"}
    if "@" not in sender:
        raise ImproperlyConfigured(
            "SOURCELINE_MAIL_URL needs SOURCELINE_MAIL_FROM beside it: the address that mails come from."
        )
    said = {"SENDS_MAIL": True, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    if address == "console:":
        return {**said, "EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    parts, port = urlsplit(address), None
    with suppress(ValueError):
        port = parts.port
    # What was written is not repeated: a password may stand in it.
    if parts.scheme not in _MAIL_SCHEMES or not parts.hostname or (port is None and _has_port(parts.netloc)):
        raise ImproperlyConfigured(f"SOURCELINE_MAIL_URL must be {_MAIL_FORM}.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"SOURCELINE_MAIL_URL has something after its host; a / ? or # in a password is written "
            f"%2F %3F %23. It must be {_MAIL_FORM}."
        )
    usual, starttls, tls = _MAIL_SCHEMES[parts.scheme]
    return {
        **said,
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": tls,
        "EMAIL_TIMEOUT": 10,  # seconds
    }


def _has_port(netloc: str) -> bool:
    return netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2] != ""


def openid_connect(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The one provider that allauth is told of, or none."""
    names = ("SOURCELINE_OIDC_URL", "SOURCELINE_OIDC_ID", "SOURCELINE_OIDC_SECRET")
    url, client, secret = (environment.get(name, "").strip() for name in names)
    missing = [name for name, value in zip(names, (url, client, secret), strict=True) if not value]
    name = environment.get("SOURCELINE_OIDC_NAME", "").strip()
    if len(missing) == len(names) and not name:
        return []
    if missing:
        raise ImproperlyConfigured(f"Sign-in by OpenID Connect lacks {' and '.join(missing)}.")
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.scheme not in ({"https", "http"} if local else {"https"}):
        raise ImproperlyConfigured(
            "SOURCELINE_OIDC_URL must be the https address of the provider, where "
            "/.well-known/openid-configuration lies; http is for a provider on this machine alone."
        )
    return [
        {
            "provider_id": "oidc",
            "name": name or str(parts.hostname),
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": url.rstrip("/"), "oauth_pkce_enabled": True},
        }
    ]


def trusted_proxies(environment: Mapping[str, str]) -> int:
    """How many proxies of one's own stand in front and add to X-Forwarded-For; 0 believes nobody."""
    said = environment.get("SOURCELINE_PROXIES", "") or "0"
    if not (said.isascii() and said.isdigit()) or int(said) > 10:
        raise ImproperlyConfigured(
            "SOURCELINE_PROXIES must be the number of proxies in front of Sourceline that add to "
            f"X-Forwarded-For, 0 to 10; it is {said[:20]!r}."
        )
    return int(said)


def hosts(environment: Mapping[str, str], usual: str) -> list[str]:
    """The names that this server answers to. Links in mails are made of them, so no name may be any name."""
    said = [one.strip() for one in environment.get("SOURCELINE_HOSTS", usual).split(",")]
    if "*" in said:
        raise ImproperlyConfigured(
            "SOURCELINE_HOSTS must name this server's hosts. * would let whoever asks choose the host of the "
            "links in other people's mails."
        )
    return [one for one in said if one]
