"""The command that measures a network from two lists, without a database."""

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from tsunagari.network.metrics import Network, Organization, report

# Words of a sector by which the secretariat is known when the list does not say who hosts.
_HOST_SECTORS = frozenset({"host", "secretariat", "gov", "government", "事務局", "行政各部署"})
_NO = frozenset({"", "0", "no", "false", "n", "いいえ"})


def _rows(path: Path, *needed: str) -> list[dict[str, str]]:
    """The rows of a CSV (UTF-8, with or without BOM); ValueError when a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(needed) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: no column {', '.join(sorted(missing))}")
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]


def _yes(row: dict[str, str], column: str, otherwise: bool) -> bool:
    return row[column].lower() not in _NO if column in row else otherwise


def _members(path: Path, host: str) -> list[Organization]:
    """Columns id and sector; if there, `host` and `answered` (1/0) and `active` (0: not in this wave)."""
    rows = [row for row in _rows(path, "id", "sector") if row["id"] and _yes(row, "active", True)]
    named = [row["id"] for row in rows if row["id"] == host or (not host and _yes(row, "host", False))]
    in_office = [row["id"] for row in rows if row["sector"].lower() in _HOST_SECTORS]
    if not named and not host and len(in_office) == 1:
        named = in_office
    return [Organization(row["id"], row["sector"], row["id"] in named, _yes(row, "answered", True)) for row in rows]


def _network(members: list[Organization], edges: Path) -> Network:
    """Columns source and target; what somebody who did not answer is said to have named is not counted."""
    silent = {one.id for one in members if not one.answered}
    rows = _rows(edges, "source", "target")
    return Network(members, [(row["source"], row["target"]) for row in rows if row["source"] not in silent])


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def metrics(options: argparse.Namespace) -> int:
    """Every measure of a network; 2 when a list cannot be read."""
    try:
        members = _members(options.members, options.host)
        before = _network(members, options.before) if options.before else None
        found = _rounded(report(_network(members, options.edges), before))
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as fault:
        print(fault, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for name, value in found.items():
            print(f"{name}\t{json.dumps(value, ensure_ascii=False)}")
    return 0
