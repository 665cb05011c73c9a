"""The index of this process, and how it keeps up with the database.

Each search asks one tiny question: the number of the last change. When it has moved, changed rows are read and put
on top; when too many have changed (an import, a first start), the base is built anew. Big bases are shared with
other processes and with the next start through a file."""

import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from tsunagari.directory.finder.taxonomies import spoken, term_names
from tsunagari.directory.models import FinderEntry
from tsunagari.directory.search import files
from tsunagari.directory.search.entries import Entry
from tsunagari.directory.search.index import Index

FEWEST_CHANGES = 64  # fewer changes than this never make a new base; above, one in ten does
WORTH_A_FILE = 1000
_KEPT_FILES = 2

_lock = threading.Lock()
_index: Index | None = None


def number() -> int:
    """The number of the last change; 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM directory_findergeneration WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def current() -> Index:
    """The snapshot that matches the database at this moment."""
    global _index
    wanted = number()
    found = _index
    if found is None or found.generation != wanted:
        with _lock:
            if _index is None or _index.generation != wanted:
                _index = _caught_up(_index if _index is not None else _from_file(), wanted)
            found = _index
    return found


def forget() -> None:
    """Start anew at the next search."""
    global _index
    _index = None


def _caught_up(index: Index | None, wanted: int) -> Index:
    if index is None:
        return _built(wanted)
    if index.generation == wanted:  # a number is never given twice: what is on disk is what the database says
        return index
    changed, gone = _since(index, wanted)
    if len(index.changed) + len(changed) + len(gone) > max(FEWEST_CHANGES, index.living // 10):
        return _built(wanted)
    return index.with_changes(list(_entries(changed)), gone, wanted)


def _since(index: Index, wanted: int) -> tuple[list[str], list[str]]:
    """Which entries changed and which left. Usually the rows with a higher number tell; when they do not add up (an
    entry left, a backup was put back), every row is compared."""
    if wanted > index.generation:
        rows = FinderEntry.objects.filter(generation__gt=index.generation).values_list("pk", flat=True)
        changed = [str(pk) for pk in rows]
        new = len(changed) - index.count(changed)
        if index.living + new == FinderEntry.objects.count():
            return changed, []
    stamps = index.stamps()
    there = {str(pk): stamp for pk, stamp in FinderEntry.objects.values_list("pk", "generation")}
    return [pk for pk, stamp in there.items() if stamps.get(pk) != stamp], list(stamps.keys() - there.keys())


def _built(wanted: int) -> Index:
    index = Index.of(_entries(None), wanted, term_names(), spoken())
    if index.living < WORTH_A_FILE or settings.TESTING:
        return index
    files.save(index, _folder() / str(wanted))
    for old in _files()[:-_KEPT_FILES]:
        shutil.rmtree(old, ignore_errors=True)
    return files.load(_folder() / str(wanted)) or index


def _from_file() -> Index | None:
    """The newest base on disk. Unless its number is the database's, every row is compared before use."""
    if settings.TESTING:
        return None
    return next((index for folder in reversed(_files()) if (index := files.load(folder)) is not None), None)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "finder"


def _files() -> list[Path]:
    found = [path for path in _folder().glob("*") if path.name.isdigit()] if _folder().exists() else []
    return sorted(found, key=lambda path: int(path.name))


def _entries(ids: Iterable[str] | None) -> Iterator[Entry]:
    rows = FinderEntry.objects.order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    fields = rows.values_list("pk", "generation", "tokens", "columns", "embedding")
    for pk, generation, tokens, columns, embedding in fields.iterator(chunk_size=2000):
        columns = json.loads(columns) if isinstance(columns, str) else columns
        yield Entry(
            id=str(pk),
            stamp=generation,
            tokens=bytes(tokens),
            terms=tuple(columns["terms"]),
            points=tuple((lat, lon) for lat, lon in columns["points"]),
            week=bytes.fromhex(columns["week"]),
            closed=tuple(columns["closed"]),
            dates=tuple((start, end) for start, end in columns["dates"]),
            fresh=columns["fresh"],
            until=columns["until"],
            spoken=tuple(columns["spoken"]),
            vector=bytes(embedding or b""),
        )
