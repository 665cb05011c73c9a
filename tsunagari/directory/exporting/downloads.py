"""The same lists as `tsunagari export` writes, as bytes for the browser."""

from tsunagari.directory.exporting import hsds
from tsunagari.directory.exporting.files import cp932_bytes, csv_bytes, xlsx_bytes
from tsunagari.directory.exporting.lists import table
from tsunagari.directory.terms import ImportKind

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(kind: str, form: str) -> tuple[str, str, bytes]:
    """(file name, content type, bytes) of everything of a kind; an unknown kind or form gives places as CSV."""
    chosen = ImportKind(kind) if kind in ImportKind.values else ImportKind.PLACES
    if chosen == ImportKind.HSDS:
        return "hsds.zip", "application/zip", hsds.package()
    headings, rows = table(chosen)
    if form == "xlsx":
        return f"{chosen}.xlsx", _XLSX, xlsx_bytes(headings, rows)
    if form == "cp932":
        return f"{chosen}.cp932.csv", "text/csv; charset=shift_jis", cp932_bytes(headings, rows)[0]
    return f"{chosen}.csv", _CSV, csv_bytes(headings, rows)
