"""Signing in and looking after one's keys: allauth's views, named one by one; what is not named here is not there."""

from django.urls import path, re_path

from tsunagari.kernel.later import later
from tsunagari.kernel.pages import sign_in_page

views = later("tsunagari.accounts.views")
account = later("allauth.account.views", wear=sign_in_page)
mfa = later("allauth.mfa.base.views", wear=sign_in_page)
codes = later("allauth.mfa.recovery_codes.views", wear=sign_in_page)
totp = later("allauth.mfa.totp.views", wear=sign_in_page)
passkey = later("allauth.mfa.webauthn.views", wear=sign_in_page)

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", views.no_signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("keys/", mfa.index, name="mfa_index"),
    path("keys/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("keys/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("keys/app/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("keys/app/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("keys/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("keys/codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keys/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keys/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("keys/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("keys/passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("keys/passkeys/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("keys/passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<str:token>/acceptance/", views.acceptance, name="invitation_acceptance"),
]
