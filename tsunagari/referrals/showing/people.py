"""Names of those who hold something, and those who could take it over."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.network import standing


def account_names(ids: Iterable[Any]) -> dict[Any, str]:
    """Names by account id, in one query."""
    return dict(Account.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


def organization_names(ids: Iterable[Any]) -> dict[Any, str]:
    """Names by organisation id, in one query."""
    return dict(Organization.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


def colleagues(organization_id: UUID, *, but: UUID | None = None) -> QuerySet[Account]:
    """Who may hold a person's matter there today, except one."""
    able = [one for one in standing.holders(organization_id) if one != but]
    return Account.objects.filter(pk__in=able).order_by("name", "pk")
