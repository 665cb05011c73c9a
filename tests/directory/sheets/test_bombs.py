"""Files made to hurt are refused quickly and in little memory."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEASURE = """
import json, sys, time
from pathlib import Path
from tsunagari.directory.sheets.reading import read
from tsunagari.directory.sheets.sheet import SheetError
start = time.process_time()
try:
    rows = len(read(Path(sys.argv[1])).rows); code = "read"
except SheetError as error:
    rows = 0; code = error.code
# VmHWM and not getrusage: the latter also remembers the fat process of pytest that started this one.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"code": code, "rows": rows, "seconds": time.process_time() - start,
                  "megabytes": int(peak.split()[1]) / 1024}))
"""


def book(*, sheet: str | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """A small true workbook with its parts exchanged for hostile ones."""
    plain = Workbook()
    plain.active.append(["名称", "住所"])
    plain.active.append(["甲", "乙"])
    source, out = io.BytesIO(), io.BytesIO()
    plain.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if sheet is not None and name == "xl/worksheets/sheet1.xml":
                content = sheet.encode()
            new.writestr(name, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def cells(inner: str) -> str:
    return f"<worksheet {NS}><sheetData>{inner}</sheetData></worksheet>"


def text_cell(ref: str, text: str = "x") -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def varied_strings() -> bytes:
    """35 MB of strings that do not pack well enough to give themselves away."""
    numbers = "".join(f"<si><t>{n * 2654435761 % 2**32:x}</t></si>" for n in range(1_500_000))
    return f"<sst {NS}>{numbers}</sst>".encode()


HEADER = f'<row r="1">{text_cell("A1", "名称")}{text_cell("B1", "住所")}</row>'
BOMBS = {
    "one far cell": (
        lambda: book(sheet=cells(HEADER + f'<row r="1048576">{text_cell("XFD1048576")}</row>')),
        "far_cell",
    ),
    "a far cell in the first row": (
        lambda: book(sheet=cells(f'<row r="1">{text_cell("A1", "名称")}{text_cell("XFD1")}</row>')),
        "far_cell",
    ),
    "high ratio": (lambda: book(sheet=cells(HEADER) + " " * 80_000_000), "bomb"),
    "huge shared strings": (
        lambda: book(extra={"xl/sharedStrings.xml": varied_strings()}),
        "bomb",
    ),
    "many parts": (lambda: book(extra={f"xl/media/{n}.xml": b"x" for n in range(3000)}), "bomb"),
    "entities": (
        lambda: book(sheet='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + cells(HEADER)),
        "bomb",
    ),
    "millions of rows": (
        lambda: book(sheet=cells(HEADER + "".join(f"<row><c><v>{n}</v></c></row>" for n in range(260_000)))),
        "too_many_rows",
    ),
    "cut in the middle": (lambda: book()[:3000], "broken_workbook"),
    "nonsense inside": (lambda: book(sheet="<worksheet><sheetData><row r='x'>"), "broken_workbook"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_two_seconds_and_half_a_gigabyte(name: str, tmp_path: Path) -> None:
    make, code = BOMBS[name]
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(make())
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["code"] == code
    assert found["seconds"] < 2
    assert found["megabytes"] < 512


def test_a_far_cell_that_is_only_formatted_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = HEADER + f'<row r="2">{text_cell("A2", "甲")}{text_cell("B2", "乙")}</row>'
    path.write_bytes(book(sheet=cells(rows + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')))
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["rows"] == 1


def test_links_to_other_workbooks_are_never_followed(tmp_path: Path) -> None:
    from tsunagari.directory.sheets.reading import read

    link = b'<externalLink xmlns="x"><externalBook r:id="rId1" xmlns:r="y"/></externalLink>'
    sheet = read(book(extra={"xl/externalLinks/externalLink1.xml": link, "xl/vbaProject.bin": b"macro"}))
    assert sheet.rows[0].cells == ("甲", "乙")
