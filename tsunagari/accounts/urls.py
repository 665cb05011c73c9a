"""Signing in and looking after one's keys: allauth's views, named one by one; what is not named here is not there."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path, re_path

from tsunagari.accounts import views
from tsunagari.kernel.pages import sign_in_page as door

urlpatterns = [
    path("login/", door(account.login), name="account_login"),
    path("logout/", door(account.logout), name="account_logout"),
    path("inactive/", door(account.account_inactive), name="account_inactive"),
    path("signup/", views.no_signup, name="account_signup"),
    path("reauthenticate/", door(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", door(account.password_change), name="account_change_password"),
    path("password/reset/", door(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", door(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        door(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        door(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("keys/", door(mfa.index), name="mfa_index"),
    path("keys/authenticate/", door(mfa.authenticate), name="mfa_authenticate"),
    path("keys/reauthenticate/", door(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("keys/app/activate/", door(totp.activate_totp), name="mfa_activate_totp"),
    path("keys/app/deactivate/", door(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("keys/codes/", door(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("keys/codes/generate/", door(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("keys/codes/download/", door(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("keys/passkeys/", door(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("keys/passkeys/add/", door(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("keys/passkeys/login/", door(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("keys/passkeys/reauthenticate/", door(passkey.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("keys/passkeys/<int:pk>/remove/", door(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("keys/passkeys/<int:pk>/edit/", door(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<str:token>/acceptance/", views.acceptance, name="invitation_acceptance"),
]
