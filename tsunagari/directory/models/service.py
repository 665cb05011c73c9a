"""What the finder finds: an entry is a Service, be it a place to be, help, or an activity."""

from django.db import models

from tsunagari.directory.models.base import HsdsRow, text
from tsunagari.directory.models.location import Location
from tsunagari.directory.models.organization import Organization, Program
from tsunagari.directory.terms import Answer, Kind, Room, Status


class Service(HsdsRow):
    """One entry of the directory. It lives in the finder only while somebody keeps confirming it:
    `confirmed_at` empty means nobody has said yet that it is true."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="services")
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.SET_NULL, related_name="services")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SERVICE)
    name = models.TextField()
    kana = text()
    alternate_name = text()
    description = text()
    url = models.URLField(max_length=2000, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    interpretation_services = text()
    application_process = text()
    fees_description = text()
    wait_time = text()
    accreditations = text()
    eligibility_description = text()
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.EmailField(blank=True, default="")
    licenses = text()
    alert = text()
    last_modified = models.DateTimeField(auto_now=True)
    # What HSDS lacks and people need.
    when_text = text()  # the days and hours as the list said them, beside the rules read from them
    room = models.CharField(max_length=8, choices=Room, default=Room.UNKNOWN)
    room_at = models.DateTimeField(null=True, blank=True)
    room_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)  # an Account or a Keeper
    source = text()  # the list it came from, shown as it must be: 「出典：…」
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["last_modified"]), models.Index(fields=["confirmed_at"])]

    class Privacy:
        open = (
            "id", "organization", "program", "kind", "name", "kana", "alternate_name", "description", "url", "email",
            "status", "interpretation_services", "application_process", "fees_description", "wait_time",
            "accreditations", "eligibility_description", "minimum_age", "maximum_age", "assured_date",
            "assurer_email", "licenses", "alert", "last_modified", "when_text", "room", "room_at",
            "confirmed_at", "source",
        )  # fmt: skip
        internal = ("room_by", "confirmed_by", "withdrawn_at", "withdrawn_by", "version")

    def __str__(self) -> str:
        return self.name


class ServiceText(models.Model):
    """The entry in another language, written by a person. No row: the page says that it is in Japanese only."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    name = models.TextField()
    description = text()
    when_text = text()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "language"], name="one_text_per_language")]

    class Privacy:
        open = ("id", "service", "language", "name", "description", "when_text")


class FirstVisit(models.Model):
    """What a person who has never been there wants to know before the first step through the door."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="first_visit", primary_key=True)
    greeter = text()  # who meets you
    silent_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    alone_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    companion_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    short_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)  # ten minutes is fine
    anonymous_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    child_ok = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    smoking = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    step_free = models.CharField(max_length=4, choices=Answer, default=Answer.ASK)
    toilet = text()  # 多目的トイレ, 和式だけ …
    cost = text()
    steps = text()  # from the station or the car park to the chair
    languages = text()
    note = text()

    class Privacy:
        open = (
            "service", "greeter", "silent_ok", "alone_ok", "companion_ok", "short_ok", "anonymous_ok", "child_ok",
            "smoking", "step_free", "toilet", "cost", "steps", "languages", "note",
        )  # fmt: skip


class ServiceAtLocation(HsdsRow):
    """This service is offered at that location."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="service_at_locations")
    description = text()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_once_per_location")]

    class Privacy:
        open = ("id", "service", "location", "description")


class ServiceArea(HsdsRow):
    """Where the people must live whom a service is for."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="service_areas")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="service_areas"
    )
    name = text()
    description = text()
    extent = text()
    extent_type = text()
    uri = text()

    class Privacy:
        open = ("id", "service", "service_at_location", "name", "description", "extent", "extent_type", "uri")


class CostOption(HsdsRow):
    """A price somebody pays. No row and 「無料」 among the features: it is free."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = text()
    currency = models.CharField(max_length=3, blank=True, default="JPY")
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    amount_description = text()

    class Privacy:
        open = ("id", "service", "valid_from", "valid_to", "option", "currency", "amount", "amount_description")


class RequiredDocument(HsdsRow):
    """A paper to bring along."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="required_documents")
    document = text()
    uri = models.URLField(max_length=2000, blank=True, default="")

    class Privacy:
        open = ("id", "service", "document", "uri")


class Unit(HsdsRow):
    """What a capacity counts: people, seats, families."""

    name = models.TextField()
    scheme = text()
    identifier = text()
    uri = models.URLField(max_length=2000, blank=True, default="")

    class Privacy:
        open = ("id", "name", "scheme", "identifier", "uri")


class ServiceCapacity(HsdsRow):
    """How many more can come, as counted at `updated`."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    available = models.DecimalField(max_digits=8, decimal_places=0)
    maximum = models.DecimalField(max_digits=8, decimal_places=0, null=True, blank=True)
    description = text()
    updated = models.DateTimeField()

    class Privacy:
        open = ("id", "service", "unit", "available", "maximum", "description", "updated")
