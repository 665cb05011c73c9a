"""Excel workbooks: guards first, then the values of the first visible sheet that has any."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from .sheet import MAX_CELL, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Row, SheetError, letters, place

# A workbook with charts and pictures has about 60 parts.
MAX_PARTS = 2_000
# 20,000 services with 40 columns are about 40 MB of XML; beyond twice that parsing holds a worker too long.
MAX_UNPACKED = 96 * 1024 * 1024
# Strings stay in memory as objects, ten times their XML.
MAX_STRINGS_XML = 32 * 1024 * 1024
# Real workbooks pack 3 to 30 times. Small ones may pack better by chance, so the rule starts at 4 MB.
MAX_RATIO = 60
RATIO_FROM = 4 * 1024 * 1024
# Cells with a value, all sheets' worth of one list.
MAX_CELLS = 2_000_000

# Title rows and gaps above and inside a full-size list.
HEADROOM = 1_000
# The list of parts of a real workbook is a few kB.
MAX_TYPES = 1024 * 1024

_STRINGS_PART = re.compile(rb'PartName="([^"]+)"[^>]*sharedStrings\+xml', re.IGNORECASE)
_DANGER = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE_AGAIN = "Excelで開き直して「Excelブック（.xlsx）」で保存し、もう一度お試しください。"


def rows(data: bytes) -> tuple[list[Row], tuple[str, ...]]:
    """Rows with a value, each under its Excel row number, and remarks about sheets left aside."""
    _guard(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except SheetError:
        raise
    except Exception:  # openpyxl answers a broken workbook with whatever fails first
        raise _broken() from None
    try:
        return _first_with_rows(book)
    finally:
        book.close()


def _broken() -> SheetError:
    return SheetError("broken_workbook", f"Excelファイルが壊れているか、Excelの形式ではありません。{_SAVE_AGAIN}")


def _guard(data: bytes) -> None:
    """Zip bombs are refused from their table of contents, before a sheet is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _broken() from None
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SheetError(
            "password",
            "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。",
        )
    if not any(part.filename.lower().endswith("workbook.xml") for part in parts):
        raise _broken()
    if _is_bomb(parts) or _strings_size(archive) > MAX_STRINGS_XML:
        raise SheetError(
            "bomb",
            "Excelファイルの中身が大きすぎるか、不自然に圧縮されています。"
            "必要な表だけを新しいブックに写して保存してください。",
        )
    _refuse_entities(archive)
    _refuse_crowds(archive)


def _refuse_crowds(archive: zipfile.ZipFile) -> None:
    """Counting rows in the raw bytes takes a tenth of the time that parsing them to the limit would."""
    for part in archive.infolist():
        if part.file_size < RATIO_FROM or not part.filename.lower().endswith(".xml"):
            continue
        count = 0
        with archive.open(part) as source:
            while chunk := source.read(1 << 20):
                count += chunk.count(b"<row")
                if count > MAX_ROWS + HEADROOM:
                    raise _too_many_rows()


def _too_many_rows() -> SheetError:
    message = f"行が多すぎます（{MAX_ROWS:,}行まで）。表を分けるか、表だけを新しいブックに写してください。"
    return SheetError("too_many_rows", message, MAX_ROWS + 2)


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        return True
    return unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO


def _strings_size(archive: zipfile.ZipFile) -> int:
    """Size of the shared strings, under whatever name the workbook says they are."""
    sizes = {part.filename: part.file_size for part in archive.infolist()}
    try:
        types = archive.open("[Content_Types].xml").read(MAX_TYPES)
    except Exception:
        raise _broken() from None
    named = {name.decode("utf-8", "replace").lstrip("/") for name in _STRINGS_PART.findall(types)}
    return max((size for name, size in sizes.items() if name in named or "sharedstrings" in name.lower()), default=0)


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """XML that defines entities can grow without end; no spreadsheet program writes it."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        try:
            head = archive.open(part).read(4096)
        except Exception:  # a lying size or checksum surfaces here
            raise _broken() from None
        if _DANGER.search(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise SheetError("bomb", f"Excelファイルの中に通常はない定義があります。{_SAVE_AGAIN}")


def _first_with_rows(book: Any) -> tuple[list[Row], tuple[str, ...]]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    found: list[Row] = []
    taken = None
    for sheet in sheets:
        if isinstance(sheet, ReadOnlyWorksheet):
            found = list(_values(sheet))
            if found:
                taken = sheet
                break
    others = [sheet.title for sheet in sheets if taken is not None and sheet is not taken]
    remark = (
        f"シート「{taken.title}」を読みました。ほかのシート（{'、'.join(others[:5])}）は読んでいません。"
        if taken and others
        else ""
    )
    return found, (remark,) if remark else ()


def _values(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    """Rows that hold a value. A far cell costs nothing here: empty rows between are never made."""
    cells = characters = count = 0
    for no, raw in _parsed(sheet):
        row: list[str] = []
        for cell in raw:
            value = _text(cell["value"]) if cell["data_type"] != "e" else ""
            if not value:
                continue
            column = cell["column"]
            _refuse_far(no, column, value)
            row.extend([""] * (column - len(row)))
            row[column - 1] = value
            characters += len(value)
            cells += 1
        if row:
            count += 1
            _refuse_much(count, cells, characters)
            yield Row(no, tuple(row))


def _parsed(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    book: Any = sheet.parent
    with sheet._get_source() as source:  # type: ignore[attr-defined]
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # type: ignore[attr-defined]
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        try:
            yield from parser.parse()
        except SheetError:
            raise
        except Exception:
            raise _broken() from None


def _refuse_far(no: int, column: int, value: str) -> None:
    if no > MAX_ROWS + HEADROOM or column > MAX_COLUMNS:
        message = (
            f"表から遠く離れた{place(no, column)}に値があります。その値を消すか、表だけを新しいブックに写してください。"
        )
        raise SheetError("far_cell", message, no, column)
    if len(value) > MAX_CELL:
        message = f"{place(no, column)}の文字が長すぎます（{MAX_CELL:,}字まで）。短くしてください。"
        raise SheetError("cell_too_long", message, no, column)


def _refuse_much(count: int, cells: int, characters: int) -> None:
    if count > MAX_ROWS + 1:
        raise _too_many_rows()
    if cells > MAX_CELLS or characters > MAX_CHARACTERS:
        raise SheetError("too_long", "表の文字が多すぎます。いくつかの表に分けて読み込んでください。")


def _text(value: object) -> str:
    """A cell as a person reads it: dates ISO, times HH:MM, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(_unescaped, value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found.group(1), 16))
    return found.group(0) if "\ud800" <= char <= "\udfff" or char == "\x00" else char


__all__ = ["letters", "rows"]
