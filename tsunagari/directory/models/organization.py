"""Who offers something: organisations and what identifies them."""

from django.db import models

from tsunagari.directory.models.base import HsdsRow, text
from tsunagari.directory.terms import Sector


class Organization(HsdsRow):
    """An organisation, department, club or company that offers services. No row: nobody answers for anything."""

    name = models.TextField()
    kana = text()
    alternate_name = text()
    description = text()
    email = models.EmailField(blank=True, default="")
    website = models.URLField(max_length=2000, blank=True, default="")
    tax_status = text()
    tax_id = text()
    year_incorporated = models.PositiveIntegerField(null=True, blank=True)
    legal_status = text()
    logo = text()
    uri = models.URLField(max_length=2000, blank=True, default="")
    parent_organization = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    sector = models.CharField(max_length=16, choices=Sector, default=Sector.OTHER)
    last_modified = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("kana", "name", "id")
        indexes = [models.Index(fields=["name"]), models.Index(fields=["last_modified"])]

    class Privacy:
        open = (
            "id", "name", "kana", "alternate_name", "description", "email", "website", "tax_status", "tax_id",
            "year_incorporated", "legal_status", "logo", "uri", "parent_organization", "sector", "last_modified",
        )  # fmt: skip
        internal = ("withdrawn_at", "withdrawn_by", "version")

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(HsdsRow):
    """A number others know the organisation by, such as 法人番号."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="organization_identifiers")
    identifier_scheme = text()
    identifier_type = models.TextField()
    identifier = models.TextField()

    class Privacy:
        open = ("id", "organization", "identifier_scheme", "identifier_type", "identifier")


class Program(HsdsRow):
    """A programme under which an organisation gathers several services."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="programs")
    name = models.TextField()
    alternate_name = text()
    description = models.TextField()

    class Privacy:
        open = ("id", "organization", "name", "alternate_name", "description")
