"""The door in the database itself (kernel/rows.py): tables of class 2 show a person's request only her own side."""

from django.db import migrations

from tsunagari.kernel import rows

ITS_REFERRAL = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id)"
ITS_SLIP = "EXISTS (SELECT 1 FROM referrals_slip s WHERE s.id = {table}.slip_id)"
TOWN, HELD = rows.has_duty("coordinator"), rows.herself("holder_id")
CONDITIONS = {
    "referrals_referral": f"{rows.hers('sender_id')} OR {rows.hers('receiver_id')} OR {HELD} OR {TOWN}",
    "referrals_slip": f"{rows.hers('sender_id')} OR {HELD} OR (protected_at IS NULL AND {TOWN}) OR EXISTS (SELECT 1 FROM"
    " referrals_referral r WHERE r.slip_id = referrals_slip.id AND " + rows.hers("r.receiver_id") + ")",
    "referrals_wipe": f"{HELD} OR {ITS_REFERRAL}",
    "referrals_switch": ITS_SLIP,
    "referrals_unprotecting": ITS_SLIP,
    **dict.fromkeys(
        ("referrals_step", "referrals_handover", "referrals_attempt", "referrals_followup", "referrals_receiverlink"),
        ITS_REFERRAL,
    ),
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, condition in CONDITIONS.items():
            for statement in rows.guarded(table, condition.format(table=table)):
                schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
