"""An HSDS package against what is there: rows to insert, to change, to take away, and what only a person decides."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID, as_text, columns
from tsunagari.directory.importing.current import chunks
from tsunagari.directory.importing.tables import UNIQUE, Fitting, fingerprint
from tsunagari.directory.importing.writing import default_of
from tsunagari.directory.models import Contact, Location, ServiceAtLocation, SourceRecord
from tsunagari.directory.terms import ImportKind

# Remembered field by field; of all other rows only a fingerprint is kept.
REMEMBERED = frozenset({"service", "organization", "location"})
Base = dict[str, Any]


@dataclass(slots=True)
class Difference:
    """What taking the package would do."""

    new: dict[str, list[list[Any]]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, dict[UUID, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    removed: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    conflicts: list[tuple[str, UUID, str, str, str]] = field(default_factory=list)  # entity, id, field, ours, theirs
    base: Base = field(default_factory=dict)
    # Places here whose address is hidden, and who stands there: packages usually leave without what tells where.
    secret: set[UUID] = field(default_factory=set)


def compare(fittings: dict[str, Fitting], source: str) -> Difference:
    """Three-way: last package, this package, the directory. One query per 900 rows that may exist already."""
    found = Difference(base=_base(source), secret=_secret())
    for entity, fitting in fittings.items():
        if entity in WITHOUT_ID:
            _compare_groups(fitting, found)
        else:
            _compare_rows(fitting, found)
    _find_removed(fittings, found)
    return found


def _secret() -> set[UUID]:
    places = set(Location.objects.filter(address_hidden=True).values_list("pk", flat=True))
    if not places:
        return places
    stands = set(ServiceAtLocation.objects.filter(location__address_hidden=True).values_list("pk", flat=True))
    desks = Contact.objects.filter(Q(location__address_hidden=True) | Q(service_at_location__in=stands))
    return places | stands | set(desks.values_list("pk", flat=True))


def _base(source: str) -> Base:
    rows: Base = {}
    records = SourceRecord.objects.filter(source=source, kind=ImportKind.HSDS).values_list("values", flat=True)
    for values in records:
        rows.update(values.get("rows", {}))
    return rows


def _compare_rows(fitting: Fitting, found: Difference) -> None:
    entity, at = fitting.entity, fitting.names.index("id")
    model = MODELS[entity]._default_manager
    if not model.exists():
        found.new[entity] = fitting.rows
        return
    theirs = {row[at]: row for row in fitting.rows}
    ours: dict[UUID, tuple[Any, ...]] = {}
    for some in chunks(theirs):
        ours.update({row[0]: row[1:] for row in model.filter(pk__in=some).values_list("pk", *fitting.names)})
    fresh = [row for pk, row in theirs.items() if pk not in ours]
    found.new[entity] = _without_known(fitting, fresh) if entity in UNIQUE else fresh
    for pk, now in ours.items():
        if tuple(theirs[pk]) != now and not entity.startswith("taxonomy"):
            _decide(fitting, pk, theirs[pk], now, found)


def _without_known(fitting: Fitting, rows: list[list[Any]]) -> list[list[Any]]:
    """Rows that stand there under another id already are not inserted again."""
    keys = UNIQUE[fitting.entity]
    owner = next(name for name in keys if name.endswith("_id")) if fitting.entity != "taxonomy" else ""
    places = [fitting.names.index(name) for name in keys if name in fitting.names]
    if not rows or len(places) < len(keys) or not owner:
        return rows
    known: set[Any] = set()
    for some in chunks({row[fitting.names.index(owner)] for row in rows}):
        known |= set(MODELS[fitting.entity]._default_manager.filter(**{f"{owner}__in": some}).values_list(*keys))
    return [row for row in rows if tuple(row[place] for place in places) not in known]


def _decide(fitting: Fitting, pk: UUID, theirs: list[Any], ours: tuple[Any, ...], found: Difference) -> None:
    entity, base = fitting.entity, found.base.get(f"{fitting.entity}:{pk}")
    if pk in found.secret:
        theirs = _with_what_was_withheld(fitting, theirs, ours)
    if entity in REMEMBERED and isinstance(base, dict):
        for name, new, now in zip(fitting.names, theirs, ours, strict=True):
            if new == now or as_text(new) == base.get(name, ""):
                continue
            if as_text(now) == base.get(name, ""):
                found.changed[entity].setdefault(pk, {})[name] = new
            else:
                found.conflicts.append((entity, pk, name, as_text(now), as_text(new)))
        return
    differing = {n: new for n, new, now in zip(fitting.names, theirs, ours, strict=True) if new != now}
    if not differing:
        return
    if base is None or fingerprint(ours) == base:
        found.changed[entity][pk] = differing
    elif fingerprint(theirs) != base:
        now = dict(zip(fitting.names, ours, strict=True))
        found.conflicts += [(entity, pk, name, as_text(now[name]), as_text(new)) for name, new in differing.items()]


def _with_what_was_withheld(fitting: Fitting, theirs: list[Any], ours: tuple[Any, ...]) -> list[Any]:
    """What a package does not say of a hidden place stays as it stands here; its area said as its name is no name."""
    said = dict(zip(fitting.names, theirs, strict=True))
    if said.get("name") == said.get("area"):
        said["name"] = ""
    return [now if said[name] in ("", None) else said[name] for name, now in zip(fitting.names, ours, strict=True)]


def _compare_groups(fitting: Fitting, found: Difference) -> None:
    """Rows without ids: those of one entry are compared, and replaced, together."""
    at = fitting.names.index("service_id")
    theirs: dict[UUID, list[list[Any]]] = defaultdict(list)
    for row in fitting.rows:
        theirs[row[at]].append(row)
    ours: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for some in chunks(theirs):
        for row in MODELS[fitting.entity]._default_manager.filter(service_id__in=some).values_list(*fitting.names):
            ours[row[at]].append(row)
    for pk, rows in theirs.items():
        now, base = group_print(ours[pk]), found.base.get(f"{fitting.entity}:{pk}")
        new = group_print(rows)
        if now == new:
            continue
        if not ours[pk] or base is None or now == base:
            found.removed[fitting.entity].append(pk)
            found.new[fitting.entity] += rows
        elif new != base:
            found.conflicts.append(("service", pk, fitting.entity, _lines(ours[pk]), _lines(rows)))


def group_print(rows: Any) -> str:
    """A fingerprint of some rows whatever their order."""
    return fingerprint(sorted("\x1e".join(map(as_text, row)) for row in rows))


def _lines(rows: Any) -> str:
    return "\n".join(" ".join(filter(None, map(as_text, row[1:]))) for row in rows)


def _find_removed(fittings: dict[str, Fitting], found: Difference) -> None:
    """Rows the last package had and this one has not, if nobody changed them here; entries themselves always stay."""
    for entity, fitting in fittings.items():
        if entity in WITHOUT_ID or entity in REMEMBERED or entity.startswith("taxonomy"):
            continue
        at = fitting.names.index("id")
        have = {f"{entity}:{row[at]}" for row in fitting.rows}
        gone = [key for key in found.base if key.startswith(f"{entity}:") and key not in have]
        others = [name for name in columns(entity) if name not in fitting.names]
        usual = [as_text(default_of(MODELS[entity], name)) for name in others]
        width = len(fitting.names) + 1
        for some in chunks(UUID(key.partition(":")[2]) for key in gone):
            rows = MODELS[entity]._default_manager.filter(pk__in=some).values_list("pk", *fitting.names, *others)
            for row in rows:
                same = fingerprint(row[1:width]) == found.base[f"{entity}:{row[0]}"]
                same &= not any(value in found.secret for value in row[1:] if isinstance(value, UUID))
                if same and [as_text(value) for value in row[width:]] == usual:
                    found.removed[entity].append(row[0])
