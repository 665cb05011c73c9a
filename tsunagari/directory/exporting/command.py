"""`tsunagari export KIND FILE [--with-hidden]`: the form follows the file's name."""

import sys
from pathlib import Path

from tsunagari.accounts.terms import Duty
from tsunagari.directory.exporting.files import cp932_bytes, csv_bytes, xlsx_bytes
from tsunagari.directory.exporting.lists import table
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel import audit
from tsunagari.kernel.access import Actor

# Whoever may run commands on the server may do what the secretariat does.
OPERATOR = Actor(duties=frozenset({Duty.SECRETARIAT}))
DONE, REFUSED = 0, 2


def export_file(kind: str, path: str | Path, *, hidden: bool = False) -> int:
    """Write everything of a kind: .csv (UTF-8), .cp932.csv or .sjis.csv (Shift_JIS), .xlsx, and .zip for HSDS.

    `hidden`: with the addresses that are never shown; that it left is written down before it does."""
    path = Path(path)
    if kind not in ImportKind.values:
        return _refused(f"種類「{kind}」はありません。{'、'.join(ImportKind.values)}のどれかを選んでください。")
    if hidden:
        audit.record_reading("list.hand_over", by=OPERATOR, kind=kind)
    try:
        if kind == ImportKind.HSDS:
            from tsunagari.directory.exporting import hsds

            path.write_bytes(hsds.package(hidden=hidden))
            return DONE
        return _list(ImportKind(kind), path, hidden)
    except OSError:
        return _refused(f"{path} に書き込めません。場所と権限を確かめてください。")


def _list(kind: ImportKind, path: Path, hidden: bool) -> int:
    headings, rows = table(kind, hidden=hidden)
    name = path.name.lower()
    if name.endswith(".xlsx"):
        path.write_bytes(xlsx_bytes(headings, rows))
    elif name.endswith((".cp932.csv", ".sjis.csv")):
        data, lost = cp932_bytes(headings, rows)
        path.write_bytes(data)
        if lost:
            print(f"Shift_JISにない文字を〓にしました：{' '.join(lost)}", file=sys.stderr)
    elif name.endswith(".csv"):
        path.write_bytes(csv_bytes(headings, rows))
    else:
        return _refused("ファイル名の終わりを .csv、.cp932.csv、.xlsx のどれかにしてください。")
    return DONE


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return REFUSED
