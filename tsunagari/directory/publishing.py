"""Makes a change seen: the finder's rows and the HSDS documents, in the transaction of the change itself."""

from collections.abc import Iterable
from uuid import UUID

from tsunagari.directory import documents, finder
from tsunagari.directory.models import Organization, Service


def refresh(services: Iterable[UUID] = (), organizations: Iterable[UUID] = ()) -> None:
    """Publish these services and organisations anew. Every action that changes an entry ends here; calling it
    for something unchanged does no harm, and something withdrawn disappears."""
    named = list(organizations)
    wanted = list(dict.fromkeys([*services, *documents.services_of(named)]))
    documents.refresh_organizations(named)
    with finder.refreshing(wanted):
        documents.refresh_services(wanted)
    if named and not wanted:
        finder.next_generation()  # an organisation without entries changed: counts that processes keep are old


def refresh_all() -> None:
    """Publish the whole directory anew: after a demo town, an import of everything, or a change of how we index."""
    refresh(
        Service.objects.values_list("pk", flat=True).iterator(),
        Organization.objects.values_list("pk", flat=True).iterator(),
    )
