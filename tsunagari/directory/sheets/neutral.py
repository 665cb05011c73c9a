"""Cells no spreadsheet program runs as a formula, and the exact way back."""

import re

# Excel, LibreOffice and Google Sheets start a formula at these; the wide forms count on Japanese keyboards.
_DANGER = "=+\\-@\t\r\n＝＋－＠"
_TO_MARK = re.compile(f"'*[{_DANGER}]")
_MARKED = re.compile(f"'+[{_DANGER}]")


def neutral(value: str) -> str:
    """Put one apostrophe before what would run; values so written already get one more: `plain` is exact."""
    return f"'{value}" if _TO_MARK.match(value) else value


def plain(value: str) -> str:
    """Undo `neutral`: for every text, plain(neutral(text)) == text."""
    return value[1:] if _MARKED.match(value) else value
