"""Where: locations, their addresses, and how one reaches the people there."""

from django.db import models

from tsunagari.directory.models.base import HsdsRow, text
from tsunagari.directory.models.organization import Organization
from tsunagari.directory.terms import LocationType


class Location(HsdsRow):
    """A place on the map or on line. `address_hidden`: only the area is ever said (a shelter, a private home)."""

    location_type = models.CharField(max_length=8, choices=LocationType, default=LocationType.PHYSICAL)
    url = models.URLField(max_length=2000, blank=True, default="")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="locations"
    )
    name = text()
    kana = text()
    alternate_name = text()
    description = text()
    transportation = text()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = text()
    external_identifier_type = text()
    area = text()  # the ward or school district people say: 飾磨, 網干
    municipality_code = models.CharField(max_length=6, blank=True, default="")
    address_hidden = models.BooleanField(default=False)
    last_modified = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)

    class Privacy:
        open = (
            "id", "location_type", "url", "organization", "name", "kana", "alternate_name", "description",
            "transportation", "latitude", "longitude", "external_identifier", "external_identifier_type", "area",
            "municipality_code", "address_hidden", "last_modified",
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.name)


class Address(HsdsRow):
    """A postal address of a location; never shown for a location whose address is hidden."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="addresses")
    attention = text()
    address_1 = models.TextField()
    address_2 = text()
    city = models.TextField()
    region = text()
    state_province = models.TextField()
    postal_code = models.CharField(max_length=16)
    country = models.CharField(max_length=2, default="JP")
    address_type = models.CharField(max_length=8, choices=LocationType, default=LocationType.PHYSICAL)

    class Privacy:
        open = (
            "id", "location", "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
            "country", "address_type",
        )  # fmt: skip


class Contact(HsdsRow):
    """A named desk or role one can turn to. Names of private persons do not belong here."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    name = text()
    title = text()
    department = text()
    email = models.EmailField(blank=True, default="")

    class Privacy:
        open = (
            "id", "organization", "service", "service_at_location", "location", "name", "title", "department", "email",
        )  # fmt: skip


class Phone(HsdsRow):
    """A number to call. It belongs to exactly what it names; `description` says who answers and when."""

    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField(max_length=64)
    extension = models.PositiveIntegerField(null=True, blank=True)
    type = text()
    description = text()

    class Privacy:
        open = (
            "id", "location", "service", "organization", "contact", "service_at_location", "number", "extension",
            "type", "description",
        )  # fmt: skip


class Language(HsdsRow):
    """A language spoken at a service, a location or on a phone."""

    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="languages"
    )
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    phone = models.ForeignKey(Phone, null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    name = text()
    code = models.CharField(max_length=16, blank=True, default="")
    note = text()

    class Privacy:
        open = ("id", "service", "location", "phone", "name", "code", "note")


class Accessibility(HsdsRow):
    """Something about a building that lets a person in, or keeps her out."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    description = text()
    details = text()
    url = models.URLField(max_length=2000, blank=True, default="")

    class Privacy:
        open = ("id", "location", "description", "details", "url")


class Funding(HsdsRow):
    """Where the money comes from."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="funding"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="funding"
    )
    source = text()

    class Privacy:
        open = ("id", "organization", "service", "source")


class Url(HsdsRow):
    """A further web address."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="additional_websites"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="additional_urls"
    )
    label = text()
    url = models.URLField(max_length=2000)

    class Privacy:
        open = ("id", "organization", "service", "label", "url")
