"""allauth's forms in our words and our dress. What they check is theirs."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as others
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from sources.actions.accounts import rename
from sources.actions.tokens import open_tokens, revoke_tokens
from sources.models import User

from ..forms.fields import NameField, Styled

log = logging.getLogger(__name__)

NAME: dict[str, Any] = {
    "label": "Name",
    "help_text": "What others see beside your work. Without one they see what you sign in with, of an e-mail "
    "address only what stands before the @.",
}


CHOOSING = "At least ten characters: no password that many have, nothing like your name, not digits alone."


class Dressed(Styled):
    """Labels instead of words within the fields, which vanish as one types."""

    words: dict[str, tuple[str, str]] = {}
    """Field → label and hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["class"] = "input"
                field.help_text = ""
            if name in self.words:
                field.label, field.help_text = self.words[name]
        for name in ("password1", "code"):
            if name in self.fields and name not in self.words:
                self._explain(name)

    def _explain(self, name: str) -> None:
        if name == "password1":
            self.fields[name].help_text = CHOOSING
        else:
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class OwnNameForm(Styled):
    name = NameField(max_length=200, required=False, **NAME)

    def apply(self, *, by: User) -> None:
        rename(by=by, name=self.cleaned_data["name"])


class SignInForm(Dressed, account.LoginForm):
    words = {"login": ("Sign-in name or e-mail address", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "off"}
        self.fields["login"].widget.attrs["spellcheck"] = "false"


class NewAccount(Dressed):
    """Without an address where no mail is sent: none could be proved, and whose it is would be told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["email"]


class SignUpForm(NewAccount, account.SignupForm):
    name = NameField(max_length=200, required=False, **NAME)
    words = {
        "username": ("Sign-in name", "Letters, digits and . + - _ It cannot be changed later."),
        "email": ("E-mail address", "Where a forgotten password can be reset. Nobody else sees it."),
    }
    field_order = ["username", "name", "email", "password1"]


class SignUpByOtherForm(NewAccount, others.SignupForm):
    words = SignUpForm.words


class AddEmailForm(Dressed, account.AddEmailForm):
    words = {"email": ("E-mail address", "A mail goes there; the link in it proves that it is yours.")}


class AsksAboutTokens(Dressed):
    """A new password ends sessions, and no token: whoever has some is told so, and may revoke them too."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = open_tokens(self.user).count() if self.user else 0
        if count:
            some = "token for programs goes" if count == 1 else "tokens for programs go"
            self.fields["revoke"] = forms.BooleanField(
                required=False,
                label="Revoke my tokens for programs as well",
                help_text=f"{count} {some} on otherwise. Revoke them if somebody else may know it.",
            )

    def revoke_if_asked(self) -> None:
        if self.user and self.cleaned_data.get("revoke"):
            revoke_tokens(by=self.user)


class ChangePasswordForm(AsksAboutTokens, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Password until now", ""),
        "password1": ("New password", CHOOSING),
        "password2": ("New password again", ""),
    }

    def save(self) -> None:
        super().save()
        self.revoke_if_asked()


class SetPasswordForm(Dressed, account.SetPasswordForm):
    words = {"password2": ("The same again", "")}


class ForgottenForm(Dressed, account.ResetPasswordForm):
    words = {"email": ("E-mail address", "One that you have given to your account.")}


class NewPasswordForm(AsksAboutTokens, account.ResetPasswordKeyForm):
    words = {"password1": ("New password", CHOOSING), "password2": ("New password again", "")}

    def save(self) -> None:
        super().save()
        self.revoke_if_asked()


class AgainForm(Dressed, account.ReauthenticateForm):
    pass


class CodeForm(Dressed, factors.AuthenticateForm):
    words = {"code": ("Code", "The six digits that your app shows, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.focus("code")


class CodeAgainForm(Dressed, factors.ReauthenticateForm):
    words = CodeForm.words


class ActivateAppForm(Dressed, totp.ActivateTOTPForm):
    words = {"code": ("Code", "The six digits that the app shows now.")}


class Passkey(Dressed):
    """What a stranger sent is taken apart by a library that ends in any error for what is no passkey."""

    def _sound(self, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except (ValidationError, ImmediateHttpResponse):
            raise
        except Exception as error:
            log.info("A passkey was refused: %r", error)
            raise ValidationError("That is no passkey of this account.") from None


class PasskeySignInForm(Passkey, webauthn.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._sound(super().clean_credential)


class PasskeySecondForm(Passkey, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._sound(super().clean_credential)


class PasskeyAgainForm(Passkey, webauthn.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._sound(super().clean_credential)


class AddPasskeyForm(Passkey, webauthn.AddWebAuthnForm):
    name = NameField(max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        return self._sound(super().clean)

    words = {
        "name": ("Name of the passkey", "By which you know it again: the phone or the key that holds it."),
        "passwordless": (
            "Sign in with it alone",
            "The device asks for its PIN, face or finger, and nobody for a password. Otherwise the passkey "
            "is asked for after the password.",
        ),
    }


class EditPasskeyForm(Dressed, webauthn.EditWebAuthnForm):
    name = NameField(max_length=100)
    words = {"name": AddPasskeyForm.words["name"]}
