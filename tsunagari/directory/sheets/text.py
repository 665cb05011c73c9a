"""CSV and tab-separated text: which encoding it is, and its records with their line numbers."""

import csv
import io
import re
from collections.abc import Iterator

from .sheet import MAX_CELL, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Row, SheetError, place

# cp932 bytes without a character land in these places: the text is then no cp932 either.
_NOT_TEXT = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_SAVE_AGAIN = "Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してからもう一度お試しください。"


def decode(data: bytes) -> str:
    """Text of a file: UTF-16 with its mark, strict UTF-8 with or without mark, then cp932, or a refusal."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_broken_utf8(data):
            return _strict(data, "utf-8")
    text = _strict(data, "cp932")
    found = _NOT_TEXT.search(text)
    if found:
        raise _unreadable(text[: found.start()])
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(data[: error.start].decode(encoding, "replace")) from None


def _is_broken_utf8(data: bytes) -> bool:
    """A damaged UTF-8 file often passes as cp932 rubbish; more good than bad sequences gives it away."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(1 for char in text if char > "\x7f") - bad > bad


def _unreadable(before: str) -> SheetError:
    row, column = _position(before)
    return SheetError(
        "encoding",
        f"{place(row, column)}に読めない文字があります（UTF-8でもShift_JISでもありません）。{_SAVE_AGAIN}",
        row,
        column,
    )


def _position(before: str) -> tuple[int, int]:
    """Line and column reached after this much text; lines are counted as an editor shows them."""
    records = list(_records(before + "\x01", _delimiter(before)))
    return (records[-1][0], len(records[-1][1])) if records else (1, 1)


def _delimiter(text: str) -> str:
    """Comma or tab, whichever the first lines have more of outside quotes."""
    bare = re.sub(r'"[^"]*"', "", text[:20_000])
    return "\t" if bare.count("\t") > bare.count(",") else ","


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; quoted line breaks stay inside their cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        message = f'{start}行目から始まる欄が長すぎます。引用符（"）の閉じ忘れがないか、この行を確かめてください。'
        raise SheetError("quote_open", message, start, 1) from None


def rows(data: bytes) -> list[Row]:
    """All records of a CSV or TSV file, empty ones left out."""
    text = decode(data)
    nul = text.find("\x00")
    if nul >= 0:
        row, column = _position(text[:nul])
        message = f"{place(row, column)}に文字ではないデータ（NUL）があります。{_SAVE_AGAIN}"
        raise SheetError("nul", message, row, column)
    if len(text) > MAX_CHARACTERS:
        raise SheetError("too_long", "表の文字が多すぎます。いくつかの表に分けて読み込んでください。")
    found = [_checked(no, cells) for no, cells in _records(text, _delimiter(text)) if any(cells)]
    _refuse_open_quote(text, found)
    return found


def _checked(no: int, cells: list[str]) -> Row:
    if len(cells) > MAX_COLUMNS:
        raise SheetError(
            "too_wide",
            f"{no}行目に{len(cells)}列あります（{MAX_COLUMNS}列まで）。区切り文字を確かめてください。",
            no,
            MAX_COLUMNS + 1,
        )
    for column, cell in enumerate(cells, 1):
        if len(cell) > MAX_CELL:
            too_long = f"{place(no, column)}の文字が長すぎます（{MAX_CELL:,}字まで）。"
            message = f"{too_long}短くするか、引用符（”）の閉じ忘れを直してください。"
            raise SheetError("cell_too_long", message, no, column)
    return Row(no, tuple(cells))


def _refuse_open_quote(text: str, found: list[Row]) -> None:
    """A quote that is never closed would swallow the rest of the list into one cell, silently."""
    if len(found) > MAX_ROWS + 1:
        raise SheetError("too_many_rows", f"行が多すぎます（{MAX_ROWS:,}行まで）。表を分けてください。", MAX_ROWS + 2)
    if not found or text.count('"') % 2 == 0:
        return
    swallowed = next((at for at, cell in enumerate(found[-1].cells, 1) if "\n" in cell or "\r" in cell), None)
    if swallowed:
        no = found[-1].no
        message = f'{place(no, swallowed)}の引用符（"）が閉じられていません。この欄を直してから読み込んでください。'
        raise SheetError("quote_open", message, no, swallowed)
