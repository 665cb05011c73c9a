"""A list that comes again and still names an entry says that the entry is still there."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tsunagari.directory.finder.confirming import confirmed
from tsunagari.directory.importing.current import chunks
from tsunagari.directory.models import Keeper, Report, Service


def confirm(service_ids: Iterable[UUID], *, source: str, at: datetime, by: UUID | None) -> int:
    """Count these entries, all named by the list just taken in, as confirmed by it today; how many that were.

    Whoever takes a list in says: this is what its owner publishes now. So an entry that stands in it does not fade
    after ninety days only because nothing about it changed. It holds for an entry when
    - the list keeps it: the entry came from this source (`Service.source`). Another list, or our own export coming
      back, vouches for nothing;
    - no person keeps it: where staff named a keeper, they wanted her word, and she goes on being asked;
    - no voice that it is wrong waits for an answer: a list cannot outvote somebody who stood before a closed door;
    - it has not been withdrawn.
    An entry that is gone from the list is not named here, fades, and asks to be looked at. Fields in which list and
    staff disagree are decided one by one elsewhere; that the entry exists is not in doubt then. Nothing else of the
    entry changes, so its version and its HSDS `last_modified` stay, and open forms of editors stay good."""
    kept_by_somebody = Keeper.objects.filter(ended_at=None).values("service")
    doubted = Report.objects.filter(answered_at=None).values("service")
    own = Service.objects.filter(source=source, withdrawn_at=None).exclude(source="")
    own = own.exclude(pk__in=kept_by_somebody).exclude(pk__in=doubted)
    said = [pk for some in chunks(service_ids) for pk in own.filter(pk__in=some).values_list("pk", flat=True)]
    for some in chunks(said):
        Service.objects.filter(pk__in=some).update(confirmed_at=at, confirmed_by=by)
    confirmed(said, at=at)
    return len(said)
