"""The same lists as `tsunagari export` writes, as bytes for the browser."""

from tsunagari.directory.exporting import hsds
from tsunagari.directory.exporting.files import cp932_bytes, csv_bytes, xlsx_bytes
from tsunagari.directory.exporting.lists import table
from tsunagari.directory.terms import ImportKind

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(kind: str, form: str, *, hidden: bool = False) -> tuple[str, str, bytes]:
    """(file name, content type, bytes) of everything of a kind; an unknown kind or form gives places as CSV.
    `hidden`: with the addresses that are never shown; the name of the file says so."""
    chosen = ImportKind(kind) if kind in ImportKind.values else ImportKind.PLACES
    name = f"{chosen}.moving" if hidden else str(chosen)
    if chosen == ImportKind.HSDS:
        return f"{name}.zip", "application/zip", hsds.package(hidden=hidden)
    headings, rows = table(chosen, hidden=hidden)
    if form == "xlsx":
        return f"{name}.xlsx", _XLSX, xlsx_bytes(headings, rows)
    if form == "cp932":
        return f"{name}.cp932.csv", "text/csv; charset=shift_jis", cp932_bytes(headings, rows)[0]
    return f"{name}.csv", _CSV, csv_bytes(headings, rows)
