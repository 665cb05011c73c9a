"""Rows to files: CSV for Excel (UTF-8 with mark), CSV in Shift_JIS, xlsx. No cell runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from tsunagari.directory.sheets.neutral import neutral
from tsunagari.directory.sheets.reading import clean
from tsunagari.directory.sheets.sheet import MAX_CELL

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def safe(cell: str) -> str:
    """A cell as every program reads it back: one newline style, no control characters, no formula."""
    return neutral(clean(_CONTROL.sub("", cell)))


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel opens by double click: UTF-8 with mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def cp932_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[bytes, list[str]]:
    """CSV in Shift_JIS for old programs, and the characters it cannot hold (they become 〓), each named once."""
    lost: dict[str, None] = {}
    text = csv_bytes(headings, rows).decode("utf-8-sig")
    # The two that differ between Windows and JIS tables, so that ～ and － survive the way Windows writes them.
    text = text.replace("〜", "～").replace("−", "－").replace("‖", "∥")
    try:
        return text.encode("cp932"), []
    except UnicodeEncodeError:
        pass
    out = []
    for char in text:
        try:
            out.append(char.encode("cp932"))
        except UnicodeEncodeError:
            lost[char] = None
            out.append("〓".encode("cp932"))
    return b"".join(out), list(lost)


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str = "一覧") -> bytes:
    """A workbook with one sheet; every cell is text."""
    from openpyxl import Workbook  # a third of a second of every start, and 13 MB: paid by who exports
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    head = []
    for text in headings:
        cell = WriteOnlyCell(sheet, value=text)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        # Excel reads _x000D_ inside a text as a character; an underscore so escaped stays itself.
        sheet.append([_ESCAPE.sub("_x005F_", safe(cell)[:MAX_CELL]) or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
