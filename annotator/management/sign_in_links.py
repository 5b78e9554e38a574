"""One-time sign-in links for one's own machine, and the first user they are for."""

import getpass
import os
import pwd
from pathlib import Path

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from sesame.utils import get_query_string

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
# They begin where all addresses do; finding one by the root would load every page.
_OF_ACCOUNTS = "annotator.web.accounts.urls"


def first_user() -> AbstractBaseUser | None:
    """The user of this machine, made if there is nobody yet; None if there are others but not this one.

    Has no password: the only way in is a link, which only someone with the data folder can make.
    """
    users = get_user_model().objects
    name = local_name()
    found = users.filter(username=name, is_active=True).first()
    if found is None and not users.exists():
        return users.create_user(username=name, name=_full_name() or name)  # no password: none fits
    return found


def local_name() -> str:
    """The name that this machine knows us by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


def link_for(user: AbstractBaseUser, address: str = "") -> str:
    """A link that signs `user` in once, within a day, on the server at `address` or the last one started."""
    return (address or last_address()) + reverse("sign_in_link", _OF_ACCOUNTS) + get_query_string(user)


def password_link_for(user: AbstractBaseUser, address: str = "") -> str:
    """A link by which whoever opens it sets a new password for `user`, once, within a day."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    there = reverse("account_reset_password_from_key", _OF_ACCOUNTS, kwargs=key)
    return (address or last_address()) + there


def remember_address(address: str) -> None:
    _address_file().write_text(address)


def last_address() -> str:
    """Where `serve` last listened with this data folder, without a final slash."""
    try:
        return _address_file().read_text().strip() or DEFAULT_ADDRESS
    except OSError:
        return DEFAULT_ADDRESS


def _address_file() -> Path:
    return Path(settings.DATA_DIR) / "address"


def _full_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_gecos.split(",")[0].strip()[:200]
    except KeyError:
        return ""
