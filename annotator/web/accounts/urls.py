"""Where allauth's views stand. All of those that are used are named here, and no other is there."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as others
from allauth.usersessions import views as sessions
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..views import accounts
from . import leaving

urlpatterns = [
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-in/", accounts.sign_in, name="account_login"),
    path("sign-in/link/", accounts.sign_in_link, name="sign_in_link"),
    path("sign-in/code/", accounts.second_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", never_cache(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/off/", never_cache(account.account_inactive), name="account_inactive"),
    path("sign-in/by/<slug:provider_id>/", leaving.by_other, name="openid_connect_login"),
    path("sign-in/by/<slug:provider_id>/back/", leaving.back, name="openid_connect_callback"),
    path("sign-in/by/cancelled", never_cache(others.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/by/refused", never_cache(others.login_error), name="socialaccount_login_error"),
    path("sign-out/", never_cache(account.logout), name="sign_out"),
    path("sign-out/", never_cache(account.logout), name="account_logout"),
    path("sign-up/", never_cache(account.signup), name="account_signup"),
    path("sign-up/by/", never_cache(others.signup), name="socialaccount_signup"),
    path(
        "sign-up/sent/", never_cache(account.email_verification_sent), name="account_email_verification_sent"
    ),
    path("password/", never_cache(account.password_reset), name="account_reset_password"),
    path("password/sent/", never_cache(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[^/]{1,200})/$",
        never_cache(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/set/",
        never_cache(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/", accounts.account, name="account"),
    path("account/", accounts.account, name="mfa_index"),
    path("account/", accounts.account, name="mfa_list_webauthn"),
    path("account/again/", never_cache(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", never_cache(factors.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/again/passkey/",
        never_cache(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", never_cache(account.password_change), name="account_change_password"),
    path("account/password/first/", never_cache(account.password_set), name="account_set_password"),
    path("account/email/", never_cache(account.email), name="account_email"),
    path("account/email/<str:key>/", never_cache(account.confirm_email), name="account_confirm_email"),
    path("account/app/", never_cache(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/off/", never_cache(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", never_cache(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", never_cache(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/", never_cache(webauthn.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("account/codes/", never_cache(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/", never_cache(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "account/codes/file/", never_cache(codes.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
    path("account/sessions/", never_cache(sessions.list_usersessions), name="usersessions_list"),
    path("account/others/", never_cache(others.connections), name="socialaccount_connections"),
]

for one in urlpatterns:  # allauth's answer PUT as they do POST, and OPTIONS
    one.callback = require_http_methods(["GET", "HEAD", "POST"])(one.callback)
