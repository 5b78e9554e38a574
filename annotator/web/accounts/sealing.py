"""Secrets of second factors as they lie in the database: sealed with the server's secret key."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_PURPOSE = b"sourceline: second factors"


class OtherKey(Exception):
    """What is sealed was sealed with another key, or was changed since."""


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text. Raises OtherKey; never returns anything else, since an empty secret has codes as well."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise OtherKey from None


def _keys() -> MultiFernet:
    """Of today's secret key and, to read by, of those that it replaced."""
    return MultiFernet([_key(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(force_bytes(secret))
    return Fernet(urlsafe_b64encode(derived))
