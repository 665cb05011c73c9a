"""The audit cannot be changed through the application's own database rights."""

from typing import Any

from django.db import migrations

from tsunagari.kernel import append_only

TABLE = "kernel_auditline"


def _lock(apps: Any, editor: Any) -> None:
    append_only.lock(editor.connection, TABLE)


def _unlock(apps: Any, editor: Any) -> None:
    append_only.unlock(editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(_lock, _unlock)]
