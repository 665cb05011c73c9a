"""What a list is once read, how much of it we take, and how a refusal speaks."""

from dataclasses import dataclass, field

# A file above this is no town list any more; reading stays within memory even with four copies of it alive.
MAX_FILE_BYTES = 64 * 1024 * 1024
# 20,000 services make 62,000 schedule rows at most; three times that still reads in seconds.
MAX_ROWS = 200_000
# The widest national data set has 84 columns.
MAX_COLUMNS = 256
# Excel itself holds no more in one cell, so nothing real is lost.
MAX_CELL = 32_767
# All cells together: what stays in memory while a plan is made (2 bytes a character).
MAX_CHARACTERS = 60_000_000
# How far down a heading row may stand under title rows.
HEADER_DEPTH = 20


class SheetError(Exception):
    """A list that cannot be taken: `message` is one Japanese sentence that says what to do next."""

    def __init__(self, code: str, message: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Row:
    """One record: `no` is the line (CSV) or row (Excel) where a person finds it again."""

    no: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: headings, records, and remarks about what was left aside while reading."""

    header_row_no: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())


def place(row: int, column: int) -> str:
    """Row and column as a person sees them in the file: 「3行目のB列（2列目）」."""
    return f"{row}行目の{letters(column)}列（{column}列目）"


def letters(column: int) -> str:
    """Excel's name of a column: 1 → A, 27 → AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
