"""allauth's settings. Which way of it is ours, and why, is told in docs/accounts.md."""

from collections.abc import Mapping
from typing import Any

from annotator import account_environment

_forms = "annotator.web.accounts.forms"


def allauth(environment: Mapping[str, str], *, sends_mail: bool, behind_tls: bool) -> dict[str, Any]:
    oidc = account_environment.openid_connect(environment)
    return {
        "ALLAUTH_TRUSTED_PROXY_COUNT": account_environment.trusted_proxies(environment),
        "AUTHENTICATION_BACKENDS": [
            "annotator.web.accounts.backend.EachOnce",
            "sesame.backends.ModelBackend",
        ],
        "ACCOUNT_ADAPTER": "annotator.web.accounts.adapter.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"username", "email"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "email*" if sends_mail else "email", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if sends_mail else "none",
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": sends_mail,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "Sourceline: ",
        "ACCOUNT_MAX_EMAIL_ADDRESSES": 5,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if behind_tls else "http",
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "sign_in",
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_FORMS": {
            "login": f"{_forms}.SignInForm",
            "signup": f"{_forms}.SignUpForm",
            "add_email": f"{_forms}.AddEmailForm",
            "change_password": f"{_forms}.ChangePasswordForm",
            "set_password": f"{_forms}.SetPasswordForm",
            "reset_password": f"{_forms}.ForgottenForm",
            "reset_password_from_key": f"{_forms}.NewPasswordForm",
            "reauthenticate": f"{_forms}.AgainForm",
        },
        "MFA_ADAPTER": "annotator.web.accounts.adapter.SecondFactors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Sourceline",
        "MFA_TOTP_TOLERANCE": 1,  # a step of 30 s early or late: clocks differ, and typing takes time
        "MFA_ALLOW_UNVERIFIED_EMAIL": not sends_mail,  # where no mail is sent, no address is ever verified
        "MFA_FORMS": {
            "authenticate": f"{_forms}.CodeForm",
            "reauthenticate": f"{_forms}.CodeAgainForm",
            "activate_totp": f"{_forms}.ActivateAppForm",
            "login_webauthn": f"{_forms}.PasskeySignInForm",
            "authenticate_webauthn": f"{_forms}.PasskeySecondForm",
            "reauthenticate_webauthn": f"{_forms}.PasskeyAgainForm",
            "add_webauthn": f"{_forms}.AddPasskeyForm",
            "edit_webauthn": f"{_forms}.EditPasskeyForm",
        },
        "SOCIALACCOUNT_ADAPTER": "annotator.web.accounts.adapter.OtherSignIns",
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": oidc}},
        "SOCIALACCOUNT_FORMS": {"signup": f"{_forms}.SignUpByOtherForm"},
        "SOCIALACCOUNT_STORE_TOKENS": False,
    }
