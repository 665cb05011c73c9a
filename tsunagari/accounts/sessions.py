"""Sessions in the database, each with its account beside it."""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's database sessions in our own table: `deactivate` must find a person's sessions without opening all."""

    @classmethod
    def get_model_class(cls) -> Any:
        from tsunagari.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        account = data.get(SESSION_KEY)
        row.account_id = UUID(account) if account else None  # type: ignore[attr-defined]
        return row
