"""The parts of town that entries stand in."""

from tsunagari.directory.models import Location


def areas() -> list[str]:
    """Their names, for a filter."""
    rows = Location.objects.exclude(area="").order_by("area").values_list("area", flat=True).distinct()
    return list(rows)
