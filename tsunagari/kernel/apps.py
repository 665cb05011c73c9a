"""Wiring of the kernel: which modules of the apps above speak up when the process starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Rules and reactions register themselves; every role (web, worker, command) must know all of them."""

    name = "tsunagari.kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tsunagari.kernel import timetable  # noqa: F401 - books its own jobs

        autodiscover_modules("policies", "reactions", "clearing")
