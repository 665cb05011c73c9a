"""When: rules, the days they do not hold, and dates somebody confirmed."""

from django.db import models
from django.db.models import Q

from tsunagari.directory.models.base import HsdsRow, text
from tsunagari.directory.models.location import Location
from tsunagari.directory.models.service import Service, ServiceAtLocation
from tsunagari.directory.terms import ClosureKind, Frequency, Holidays, OccurrenceState


class Schedule(HsdsRow):
    """A rule of opening (HSDS schedule, RFC 5545 words). `holidays` is ours: what a national holiday does to it."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = models.SmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True, default="")
    freq = models.CharField(max_length=8, choices=Frequency, blank=True, default="")
    interval = models.PositiveSmallIntegerField(null=True, blank=True)
    byday = models.CharField(max_length=64, blank=True, default="")
    byweekno = models.CharField(max_length=64, blank=True, default="")
    bymonthday = models.CharField(max_length=128, blank=True, default="")
    byyearday = models.CharField(max_length=128, blank=True, default="")
    description = text()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    schedule_link = models.URLField(max_length=2000, blank=True, default="")
    attending_type = text()
    notes = text()
    holidays = models.CharField(max_length=8, choices=Holidays, default=Holidays.UNKNOWN)

    class Privacy:
        open = (
            "id", "service", "location", "service_at_location", "valid_from", "valid_to", "dtstart", "timezone",
            "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description",
            "opens_at", "closes_at", "schedule_link", "attending_type", "notes", "holidays",
        )  # fmt: skip


class Closure(models.Model):
    """A time when the rules of a service do not hold: shut, or (with times) other hours."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="closures")
    kind = models.CharField(max_length=16, choices=ClosureKind)
    rule = (
        text()
    )  # yearly "12-29/01-03"; dates "2026-08-10" or "2026-08-10/2026-08-12"; weekday "MO"; monthly "-1" or "3MO"
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    note = text()

    class Privacy:
        open = ("id", "service", "kind", "rule", "opens_at", "closes_at", "note")


class Occurrence(HsdsRow):
    """One date of an activity. Without `confirmed_at` it is only expected, and the page says so."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="occurrences")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    all_day = models.BooleanField(default=False)  # the list named the day but no time
    state = models.CharField(max_length=10, choices=OccurrenceState, default=OccurrenceState.PLANNED)
    label = text()
    note = text()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["service", "starts_at", "label"], name="occurrence_once"),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="a_confirmed_date_says_when",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"])]

    class Privacy:
        open = (
            "id", "service", "location", "starts_at", "ends_at", "all_day", "state", "label", "note", "confirmed_at",
        )  # fmt: skip
        internal = ("confirmed_by",)
