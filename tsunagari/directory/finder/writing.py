"""From services to rows of the finder, in the transaction of the change itself."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Greatest
from django.utils.timezone import localdate, now

from tsunagari.directory.bulk import Among, Row, store
from tsunagari.directory.finder.calendar import openings
from tsunagari.directory.finder.reading import Source, sources
from tsunagari.directory.models import FinderEntry, FinderGeneration, Service
from tsunagari.directory.search.crew import Cut, crew
from tsunagari.directory.search.entries import NEVER, Indexed
from tsunagari.directory.terms import Status

_BATCH = 2000
_NAMES = ("service_id", "generation", "tokens", "columns", "card")
_MEANING = ("embedding", "embedded_text_hash")  # emptied when the text has changed: the job encodes it anew
_IN_FINDER = Q(withdrawn_at=None, status=Status.ACTIVE)


def refresh(service_ids: Iterable[UUID]) -> None:
    """Make the finder say of these services what the database says; what was withdrawn or is at rest leaves it.
    One new number tells all processes. Calling it for something unchanged does no harm."""
    with refreshing(service_ids):
        pass


@contextmanager
def refreshing(service_ids: Iterable[UUID]) -> Iterator[None]:
    """The same at the end of a block: of very many services other cores cut the words while the block goes on."""
    wanted = list(dict.fromkeys(service_ids))
    if not wanted:
        yield
        return
    with transaction.atomic(), crew(len(wanted)) as cut:
        batches = [_read(wanted[start : start + _BATCH], cut) for start in range(0, len(wanted), _BATCH)]
        yield
        generation = next_generation()
        for batch in batches:
            _write(batch, generation)


def renew() -> None:
    """Move the horizon of dates on: monthly rules and closures are only written some months ahead."""
    refresh(Service.objects.filter(_IN_FINDER).values_list("pk", flat=True))


def next_generation() -> int:
    """A number higher than all before, in microseconds of the clock, so that a number is never used twice: not after
    a rolled back transaction, not after a restored backup. The row stays locked until the transaction ends, so
    numbers become visible in their order."""
    FinderGeneration.objects.get_or_create(pk=1)
    # Without its field PostgreSQL's server-side binding keeps only the lower half of so large a number.
    clock = Value(time.time_ns() // 1000, output_field=BigIntegerField())
    FinderGeneration.objects.filter(pk=1).update(number=Greatest(F("number") + 1, clock))
    return FinderGeneration.objects.values_list("number", flat=True).get(pk=1)


@dataclass(slots=True)
class _Batch:
    """Services asked for; what the finder shows of those it has, and what it finds them by, in the same order."""

    ids: Sequence[UUID]
    shown: list[tuple[UUID, str, dict[str, Any], dict[str, Any]]]  # id, hash of the meaning, columns, card
    found_by: Iterable[Indexed]


def _read(ids: Sequence[UUID], cut: Cut) -> _Batch:
    found = sources(Service.objects.filter(_IN_FINDER, Among("id", ids)))
    shown = [(source.service.pk, text_hash(source.meaning_text), _columns(source), source.card()) for source in found]
    return _Batch(ids, shown, cut([source.said for source in found]))


def _write(batch: _Batch, generation: int) -> None:
    standing = FinderEntry.objects.filter(Among("service_id", batch.ids))
    before = dict(standing.values_list("service_id", "embedded_text_hash"))
    if gone := before.keys() - {pk for pk, *_ in batch.shown}:
        FinderEntry.objects.filter(Among("service_id", gone)).delete()
    same: list[Row] = []

    def changed() -> Iterator[Row]:
        for (pk, meaning, columns, card), (tokens, spoken) in zip(batch.shown, batch.found_by, strict=True):
            row = [pk, generation, tokens, {**columns, "spoken": spoken}, card]
            if before.get(pk) == meaning:
                same.append(row)
            else:
                yield [*row, None, ""]

    there = {(pk,) for pk in before}
    store(FinderEntry, (*_NAMES, *_MEANING), changed(), unique=("service_id",), there=there)
    store(FinderEntry, _NAMES, same, unique=("service_id",), there=there)


def text_hash(text: str) -> str:
    """What tells whether a text is still the one that was encoded."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _columns(source: Source) -> dict[str, Any]:
    service = source.service
    opened = openings(source.schedules, source.closures, source.occurrences, localdate())
    said = service.confirmed_at
    leaves = settings.ENTRY_LEAVES_AFTER_DAYS * 86400
    since = int((said or service.last_modified or now()).timestamp())
    return {
        "terms": source.terms,
        "points": source.points,
        "week": opened.week.hex(),
        "closed": sorted(opened.closed),
        "dates": sorted(set(opened.dates)),
        "fresh": int(said.timestamp()) if said else 0,
        "until": since + leaves if leaves else NEVER,
    }
