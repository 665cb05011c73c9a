"""Who holds a referral sees in the database that its slip is there, also without a duty or a posting at either side."""

from django.db import migrations

from tsunagari.kernel import rows

TOWN, HELD = rows.has_duty("coordinator"), rows.herself("holder_id")
SLIP = (
    f"{rows.hers('sender_id')} OR {HELD} OR (protected_at IS NULL AND {TOWN}) OR EXISTS (SELECT 1 FROM"
    " referrals_referral r WHERE r.slip_id = referrals_slip.id AND ("
    + rows.hers("r.receiver_id")
    + f" OR {rows.herself('r.holder_id')}))"
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in rows.guarded("referrals_slip", SLIP):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_town_at_a_glance")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
