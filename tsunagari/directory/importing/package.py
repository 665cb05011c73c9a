"""An HSDS package (zip of CSV files) or HSDS JSON, as tables of text cells with the line each row stands on."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsunagari.directory.exporting.tables import MODELS, columns
from tsunagari.directory.sheets.neutral import plain
from tsunagari.directory.sheets.reading import clean
from tsunagari.directory.sheets.sheet import MAX_FILE_BYTES, SheetError

# 50,000 services are 60 MB of CSV; ten times the data of a large city.
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 16 * 1024 * 1024
MAX_ROWS = 2_000_000
# Objects inside objects inside objects: HSDS nests four deep.
MAX_DEPTH = 12


@dataclass(slots=True)
class Table:
    """The rows of one entity: columns we know, cells in their order, and lines (or positions in a JSON list)."""

    entity: str
    columns: tuple[str, ...]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_package(path: Path) -> dict[str, Table]:
    """Tables by entity, parents first. Raises `SheetError` for what is no package."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES * 4:
            raise SheetError("too_big", "ファイルが大きすぎます（256 MBまで）。分けて読み込んでください。")
        data = path.read_bytes()
    except OSError:
        message = "ファイルが見つからないか、開けません。場所と名前を確かめてください。"
        raise SheetError("missing", message) from None
    if data.startswith(b"PK"):
        tables = _from_zip(data)
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        tables = _from_json(data)
    else:
        raise SheetError("no_package", "HSDSのパッケージ（CSVを入れたzip）かHSDSのJSONを選んでください。")
    if not any(tables.get(entity) and tables[entity].rows for entity in ("service", "organization", "location")):
        raise SheetError("empty", "パッケージに service、organization、location のどれもありません。")
    return {entity: tables[entity] for entity in MODELS if entity in tables}


def _from_zip(data: bytes) -> dict[str, Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive.infolist())
            found = {}
            for part in archive.infolist():
                entity = Path(part.filename).name.lower().removesuffix(".csv").removesuffix("s")
                entity = entity if entity in MODELS else Path(part.filename).name.lower().removesuffix(".csv")
                if entity in MODELS and part.filename.lower().endswith(".csv"):
                    found[entity] = _table(entity, archive.read(part))
            return found
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError):
        raise SheetError("broken_package", "zipファイルが壊れているか、パスワードがかかっています。") from None


def _guard(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or len(parts) > 500 or (unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO):
        raise SheetError(
            "bomb", "zipファイルの中身が大きすぎるか、不自然に圧縮されています。分けて読み込んでください。"
        )


def _table(entity: str, data: bytes) -> Table:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"{entity}.csv の{line}行目に読めない文字があります。UTF-8で保存し直してください。"
        raise SheetError("encoding", message, line) from None
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""))
    header = [name.strip() for name in next(reader, [])]
    known = columns(entity)
    taken = [(at, name) for at, name in enumerate(header) if name in known]
    table = Table(entity, tuple(name for _, name in taken))
    positions, line = [at for at, _ in taken], 2
    try:
        for cells in reader:
            if cells:
                width = len(cells)
                table.rows.append([cells[at] if at < width else "" for at in positions])
                table.lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise SheetError(
            "broken_csv", f"{entity}.csv の{line}行目を読めません。引用符を確かめてください。", line
        ) from None
    if len(table.rows) > MAX_ROWS:
        raise SheetError("too_many_rows", f"{entity}.csv の行が多すぎます（{MAX_ROWS:,}行まで）。")
    table.rows = [[_cell(cell) for cell in row] for row in table.rows]
    return table


def _cell(cell: str) -> str:
    # Most cells are ids, codes, addresses of pages and short words without anything to clean.
    if (
        not cell
        or cell.isalnum()
        or (cell.isascii() and cell.isprintable() and cell[0] not in " '" and cell[-1] != " ")
    ):
        return cell
    return plain(clean(cell))


_SINGULAR = {
    "services": "service", "organizations": "organization", "locations": "location", "programs": "program",
    "service_at_locations": "service_at_location", "phones": "phone", "schedules": "schedule",
    "service_areas": "service_area", "languages": "language", "contacts": "contact", "addresses": "address",
    "accessibility": "accessibility", "funding": "funding", "cost_options": "cost_option",
    "required_documents": "required_document", "additional_urls": "url", "additional_websites": "url",
    "organization_identifiers": "organization_identifier", "capacities": "service_capacity", "attributes": "attribute",
    "organization": "organization", "program": "program", "location": "location", "service": "service", "unit": "unit",
    "taxonomy_term": "taxonomy_term",
}  # fmt: skip
# The object inside is a parent of the one it stands in, not a child.
_PARENTS = frozenset({"organization", "program", "location", "service", "unit", "taxonomy_term"})


def _from_json(data: bytes) -> dict[str, Table]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise SheetError("broken_json", "JSONとして読めません。書き出し直してください。") from None
    gathered: dict[str, dict[str, dict[str, Any]]] = {}
    for position, (entity, thing) in enumerate(_top(found), 1):
        _gather(entity, thing, gathered, position, 0)
    tables = {}
    for entity, things in gathered.items():
        names = tuple(name for name in columns(entity) if any(name in thing for thing in things.values()))
        rows = [[_json_cell(thing.get(name)) for name in names] for thing in things.values()]
        tables[entity] = Table(entity, names, rows, [thing["~position"] for thing in things.values()])
    return tables


def _top(found: Any) -> Iterator[tuple[str, Any]]:
    """Objects of a list, of an API page (`contents`), or of a document with one list per entity."""
    if isinstance(found, dict) and isinstance(found.get("contents"), list):
        found = found["contents"]
    if isinstance(found, dict) and "id" not in found:
        for name, things in found.items():
            if name in _SINGULAR and isinstance(things, list):
                yield from ((_SINGULAR[name], thing) for thing in things)
        return
    for thing in found if isinstance(found, list) else [found]:
        if isinstance(thing, dict):
            yield _kind_of(thing), thing


def _kind_of(thing: dict[str, Any]) -> str:
    if "service" in thing and "location" in thing:
        return "service_at_location"
    if "location_type" in thing:
        return "location"
    return "service" if "status" in thing or "organization" in thing or "organization_id" in thing else "organization"


def _gather(entity: str, thing: Any, gathered: dict[str, dict[str, dict[str, Any]]], position: int, depth: int) -> None:
    """Put an object into its table, then the objects inside it, each knowing its owner."""
    if not isinstance(thing, dict) or depth > MAX_DEPTH:
        return
    own = {name: value for name, value in thing.items() if not isinstance(value, (dict, list))}
    own["~position"] = position
    key = str(thing.get("id") or f"~{len(gathered.get(entity, {}))}")
    for name, value in thing.items():
        inside = _SINGULAR.get(name)
        if inside is None:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, dict):
                continue
            if inside in _PARENTS and not isinstance(value, list):
                own.setdefault(f"{inside}_id", child.get("id"))
                _gather(inside, child, gathered, position, depth + 1)
            else:
                _gather(inside, _owned(entity, thing, inside, child), gathered, position, depth + 1)
    held = gathered.setdefault(entity, {}).setdefault(key, {})
    held.update({name: value for name, value in own.items() if value is not None})


def _owned(entity: str, thing: dict[str, Any], inside: str, child: dict[str, Any]) -> dict[str, Any]:
    if inside == "attribute":
        return {"link_id": thing.get("id"), "link_entity": entity, **child}
    return {f"{entity}_id": thing.get("id"), **child}


def _json_cell(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(str(value).replace("\x00", ""))
