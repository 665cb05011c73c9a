"""Periods say when a member takes part, and no two of one member overlap: triggers, on both databases alike.

A later migration that rebuilds network_period on SQLite must call `set_triggers` again.
"""

from django.db import migrations

_WHEN = """EXISTS (SELECT 1 FROM network_period p WHERE p.member_id = NEW.member_id AND p.id <> NEW.id
AND (NEW.until IS NULL OR p.since <= NEW.until) AND (p.until IS NULL OR p.until >= NEW.since))"""
_SQLITE = """CREATE TRIGGER network_period_no_overlap_{verb} BEFORE {verb} ON network_period WHEN {when}
BEGIN SELECT RAISE(ABORT, 'periods of a member overlap'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION network_period_no_overlap() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF {when} THEN RAISE EXCEPTION 'periods of a member overlap' USING ERRCODE = 'exclusion_violation'; END IF;
RETURN NEW; END $$"""
_POSTGRES = """CREATE TRIGGER network_period_no_overlap BEFORE INSERT OR UPDATE ON network_period
FOR EACH ROW EXECUTE FUNCTION network_period_no_overlap()"""


def set_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_FUNCTION.format(when=_WHEN))
        schema_editor.execute(_POSTGRES)
    else:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(_SQLITE.format(verb=verb, when=_WHEN))


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER network_period_no_overlap ON network_period")
        schema_editor.execute("DROP FUNCTION network_period_no_overlap()")
    else:
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER network_period_no_overlap_{verb}")


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_periods_of_members'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='member',
            name='a_member_leaves_after_it_came',
        ),
        migrations.RemoveField(
            model_name='member',
            name='since',
        ),
        migrations.RemoveField(
            model_name='member',
            name='until',
        ),
        migrations.RunPython(set_triggers, drop_triggers),
    ]
