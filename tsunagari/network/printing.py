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
    A sign our letters do not have (an emoji in a name) is no reason to give no paper: it is then a plain PDF.
    """
    import typst  # 40 MB: paid by who prints

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        found: bytes = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        found = _compiler().compile(format="pdf", sys_inputs=inputs)
    return found


@lru_cache(maxsize=1)
def _compiler() -> Any:
    import typst

    return typst.Compiler(
        input=str(_SHEET), root=str(_SHEET.parent), font_paths=[str(_FONTS)], ignore_system_fonts=True
    )
