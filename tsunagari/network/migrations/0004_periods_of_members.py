"""Each member's one stretch of time becomes its first period."""

from datetime import datetime, time
from uuid import UUID

from django.db import migrations
from django.utils import timezone

# Stands in the record where the act was a command on the server.
SERVER = UUID("00000000-0000-4000-8000-000000000001")


def copy(apps, schema_editor):
    Member, Period = apps.get_model("network", "Member"), apps.get_model("network", "Period")
    for member in Member.objects.all():
        ended = timezone.make_aware(datetime.combine(member.until, time())) if member.until else None
        Period.objects.create(
            member=member, since=member.since, until=member.until, decided_on=member.since, decided_by=SERVER,
            ended_at=ended, ended_by=SERVER if ended else None,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_joining'),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
