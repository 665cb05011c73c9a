"""A file to a `Sheet`: what kind of file it is, where its headings stand, what is padding."""

import re
from pathlib import Path

from . import text
from .columns import is_known
from .sheet import HEADER_DEPTH, MAX_FILE_BYTES, Row, Sheet, SheetError, letters

_NUMBER = re.compile(r"[-+]?[\d.,:/\s]+")
# Characters no list means to hold and no database or workbook takes.
_CONTROL = str.maketrans("", "", "".join(chr(code) for code in range(32) if chr(code) not in "\t\n\r"))


def read(source: bytes | Path) -> Sheet:
    """Read a CSV, TSV or xlsx list. Raises `SheetError` and nothing else for anything a file can hold."""
    data = _bytes(source)
    found, notes = _rows(data)
    found = [Row(row.no, tuple(clean(cell) for cell in row.cells)) for row in found]
    found = [row for row in found if any(row.cells)]
    if not found:
        raise SheetError("empty", "ファイルに中身がありません。一覧の入ったファイルを選んでください。")
    at = _header_index(found)
    width = max(_filled(row) for row in found[at:])
    columns = _columns(found[at], found[at + 1 :], width)
    keep = [index for index, name in enumerate(columns) if name]
    rows = tuple(Row(row.no, _picked(row.cells, keep)) for row in found[at + 1 :])
    if not rows:
        raise SheetError("no_rows", "見出しの下に行がありません。一覧の入ったファイルを選んでください。", found[at].no)
    return Sheet(found[at].no, tuple(columns[index] for index in keep), rows, notes)


def _bytes(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            if source.stat().st_size > MAX_FILE_BYTES:
                raise SheetError("too_big", _TOO_BIG)
            data = source.read_bytes()
        except OSError:
            message = "ファイルが見つからないか、開けません。場所と名前を確かめてください。"
            raise SheetError("missing", message) from None
    if len(data) > MAX_FILE_BYTES:
        raise SheetError("too_big", _TOO_BIG)
    return data


_TOO_BIG = f"ファイルが大きすぎます（{MAX_FILE_BYTES // 1024 // 1024} MBまで）。表を分けて読み込んでください。"


def _rows(data: bytes) -> tuple[list[Row], tuple[str, ...]]:
    if not data.strip(b"\x00 \r\n\t"):
        raise SheetError("empty", "ファイルが空です。一覧の入ったファイルを選んでください。")
    if data.startswith(b"PK"):
        from . import workbook  # openpyxl comes with it: only who hands in a workbook pays

        return workbook.rows(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = (
            "古いExcel形式（.xls）か、パスワードのかかったファイルです。"
            "パスワードを外し「.xlsx」で保存し直してください。"
        )
        raise SheetError("old_excel", message)
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise SheetError("not_a_list", "表のファイルではありません。CSVかExcel（.xlsx）のファイルを選んでください。")
    if data[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        message = "表ではなくウェブページなどのファイルです。CSVかExcel（.xlsx）のファイルを選んでください。"
        raise SheetError("not_a_list", message)
    return text.rows(data), ()


def clean(cell: str) -> str:
    """One newline style, no control characters, no blanks around: what two programs agree on."""
    if not cell:
        return cell
    cell = cell.translate(_CONTROL)
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip(" \t\n\u3000\ufeff")


def _header_index(rows: list[Row]) -> int:
    """The heading row: the one with most known column names; failing that, the first that looks like one."""
    top = rows[:HEADER_DEPTH]
    known = [sum(1 for cell in row.cells if cell and is_known(cell)) for row in top]
    if max(known) >= 2:
        return known.index(max(known))
    width = max(_filled(row) for row in rows[:200])
    for index, row in enumerate(top):
        names = [cell for cell in row.cells if cell]
        if len(names) >= max(1, width * 0.6) and not any(_NUMBER.fullmatch(name) for name in names):
            return index
    message = "見出しの行が見つかりません。1行目に「名称」「住所」などの列の名前を入れてください。"
    raise SheetError("no_header", message, rows[0].no)


def _filled(row: Row) -> int:
    """Columns up to the last one with something in it."""
    return max((at for at, cell in enumerate(row.cells, 1) if cell), default=0)


def _columns(header: Row, rows: list[Row], width: int) -> list[str]:
    """Heading names: unnamed columns with content get one, repeated names are told apart, padding is ''."""
    used = [False] * width
    for row in rows:
        for at, cell in enumerate(row.cells[:width]):
            if cell:
                used[at] = True
    names: list[str] = []
    for at in range(width):
        name = re.sub(r"\s*\n\s*", "", header.cells[at]) if at < len(header.cells) else ""
        if not name and used[at]:
            name = f"（{letters(at + 1)}列）"
        copies = sum(1 for other in names if other == name or other.startswith(f"{name}（")) if name else 0
        taken = name in names
        names.append(f"{name}（{copies + 1}）" if taken else name)
    return names


def _picked(cells: tuple[str, ...], keep: list[int]) -> tuple[str, ...]:
    have = len(cells)
    return tuple(cells[index] if index < have else "" for index in keep)
