"""What allauth may do here: nobody signs up alone, no second factor lies in clear, mail goes through the outbox."""

import base64
import os
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest

from tsunagari.accounts.models import Account
from tsunagari.kernel import audit, outbox
from tsunagari.kernel.access import Actor
from tsunagari.kernel.keyfiles import byte_key

_PLACE = b"second-factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation only; what allauth would mail itself goes through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: Account, email: str, context: dict[str, Any]) -> None:
        """Asked by anybody who knows the address: the link goes to the account's own mail, made by the worker."""
        outbox.announce("password.asked", by=Actor(account_id=user.pk), about=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing else is mailed: a mail to an unknown address would tell its reader who has an account."""

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        audit.record("session.opened", by=Actor(account_id=user.pk), about=user)
        return super().post_login(request, user, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The peer of our own proxy (granian and nginx set REMOTE_ADDR right); a client's header is never believed."""
        return str(request.META.get("REMOTE_ADDR", ""))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, sealed with a key that is not in the database: a stolen backup signs nobody in."""

    def _key(self) -> AESGCM:
        return AESGCM(byte_key(Path(settings.KEY_DIR) / "second_factor"))

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(nonce + self._key().encrypt(nonce, text.encode(), _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        raw = base64.b64decode(encrypted_text)
        return self._key().decrypt(raw[:12], raw[12:], _PLACE).decode()
