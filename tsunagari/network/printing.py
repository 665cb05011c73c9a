"""The roster on paper: a PDF with readings above the names, set by typst. What people wrote goes in as data only."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_SHEET = Path(__file__).parent / "data" / "roster.typ"
_FONTS = Path(__file__).parent.parent / "ui" / "fonts"


def pdf(data: dict[str, Any]) -> bytes:
    """The sheet filled with this data, as an accessible PDF (PDF/UA-1).

    Attack: a name such as `#read("/etc/passwd")` is a command in typst; data that comes as JSON never runs.
    """
    found: bytes = _compiler().compile(
        format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards=["ua-1"]
    )
    return found


@lru_cache(maxsize=1)
def _compiler() -> Any:
    import typst  # 40 MB: paid by who prints

    return typst.Compiler(
        input=str(_SHEET), root=str(_SHEET.parent), font_paths=[str(_FONTS)], ignore_system_fonts=True
    )
