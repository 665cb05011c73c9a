"""`tsunagari export KIND FILE`: the form follows the file's name."""

import sys
from pathlib import Path

from tsunagari.directory.exporting.files import cp932_bytes, csv_bytes, xlsx_bytes
from tsunagari.directory.exporting.lists import table
from tsunagari.directory.terms import ImportKind

DONE, REFUSED = 0, 2


def export_file(kind: str, path: str | Path) -> int:
    """Write everything of a kind: .csv (UTF-8), .cp932.csv or .sjis.csv (Shift_JIS), .xlsx, and .zip for HSDS."""
    path = Path(path)
    if kind not in ImportKind.values:
        return _refused(f"種類「{kind}」はありません。{'、'.join(ImportKind.values)}のどれかを選んでください。")
    try:
        if kind == ImportKind.HSDS:
            from tsunagari.directory.exporting import hsds

            path.write_bytes(hsds.package())
            return DONE
        return _list(ImportKind(kind), path)
    except OSError:
        return _refused(f"{path} に書き込めません。場所と権限を確かめてください。")


def _list(kind: ImportKind, path: Path) -> int:
    headings, rows = table(kind)
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
