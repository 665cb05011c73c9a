"""Who signs in, what the town asked of them, who was asked to come, and the sessions that are open."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from tsunagari.accounts.terms import Duty


class Accounts(BaseUserManager["Account"]):
    """Accounts are found by their mail address, whatever case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username or "")

    def create_account(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account that can sign in at once: for tests and the demo town; people come by invitation."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One natural person who may sign in. It opens nothing by itself: duties, postings and seats do.

    There is no superuser and no staff flag, so there is none to steal. `deactivated_at` set: this person left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100, blank=True, default="")
    made_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = models.UUIDField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        ordering = ("kana", "name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(deactivated_at__isnull=True, deactivated_by__isnull=True)
                | Q(deactivated_at__isnull=False, deactivated_by__isnull=False),
                name="somebody_answers_for_a_closed_account",
            )
        ]

    class Privacy:
        internal = ("id", "made_at", "last_login", "deactivated_at", "deactivated_by")
        personal = {
            "email": "2 years after the account is closed",
            "name": "2 years after the account is closed",
            "kana": "2 years after the account is closed",
        }
        confidential = {"password": "until the account is closed"}

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.deactivated_at is None


class DutyTerms(models.QuerySet["DutyTerm"]):
    def on(self, day: date) -> "DutyTerms":
        """Terms that hold on this day; the last day is included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class DutyTerm(models.Model):
    """The town asked this person to do this task from one day to another. No row for today: she does not do it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="duty_terms")
    duty = models.CharField(max_length=16, choices=Duty)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    objects = DutyTerms.as_manager()

    class Meta:
        ordering = ("-since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_duty_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["account", "duty"], condition=Q(until__isnull=True), name="one_open_term_per_duty"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="somebody_answers_for_an_ended_duty",
            ),
        ]

    class Privacy:
        internal = ("id", "account", "duty", "since", "until", "given_at", "given_by", "ended_at", "ended_by")


class Invitation(models.Model):
    """Somebody was asked to come, by mail. Only a hash of the link's token is stored: the table opens no door.

    `accepted_at` empty and `expires_at` ahead: the link still works. `withdrawn_at` set: it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    duties = models.JSONField(default=list, blank=True)
    organization_id = models.UUIDField(null=True, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.UUIDField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="an_accepted_invitation_names_the_account",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="somebody_answers_for_a_withdrawn_invitation",
            ),
        ]

    class Privacy:
        internal = (
            "id", "token_hash", "duties", "organization_id", "invited_at", "invited_by", "expires_at",
            "accepted_at", "accepted_by", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip
        personal = {"email": "1 year after the invitation ran out"}


class Session(AbstractBaseSession):
    """An open sign-in. `account_id` stands beside the sealed data so that leaving closes every one of them."""

    account_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Privacy:
        internal = ("session_key", "session_data", "expire_date", "account_id")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from tsunagari.accounts.sessions import SessionStore

        return SessionStore
