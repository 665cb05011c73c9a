"""Catalogues of the seven languages: `python -m tsunagari.ui.messages` collects every screen sentence and keeps
what is translated; `--missing` lists what is not. The sentences themselves are the Japanese texts (decision 0003)."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
TARGETS = ("ja-easy", "en", "zh", "vi", "ko", "pt")
# Django looks a catalogue up under its locale name: `ja-easy` is `ja_Easy` there.
FOLDERS = {"ja-easy": "ja_Easy"}
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
# No plural forms: Japanese has none, and sentences with numbers are written so that any number fits.
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "N_": None}


def path_of(code: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / FOLDERS.get(code, code) / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Every sentence in code and templates, with the files it stands in (no line numbers: they change daily)."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for file, _line, message, comments, context in extract_from_dir(
        str(ROOT), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        if message:
            found.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def read(code: str) -> Catalog:
    """The catalogue as it is on disk; an empty one when there is none."""
    path = path_of(code)
    if not path.exists():
        return Catalog(charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, charset="utf-8")


def missing(code: str) -> list[str]:
    """The sentences of the program that this language does not have yet."""
    known = read(code)
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in collect()
        if message.id and not ((entry := known.get(message.id)) and entry.string and not entry.fuzzy)
    ]


def update(code: str, fresh: Catalog) -> None:
    """Bring one catalogue up to date: new sentences come in empty, gone ones go, nothing is guessed."""
    known, new = read(code), Catalog(charset="utf-8", fuzzy=False)
    for message in sorted((m for m in fresh if m.id), key=lambda m: str(m.id)):
        old = known.get(message.id)
        new.add(message.id, old.string if old else "", locations=sorted({(f, 0) for f, _ in message.locations}))
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, omit_header=False, include_lineno=False)


def compile_all() -> None:
    """Write the binary catalogues that Django loads; they are not kept in the repository."""
    for code in TARGETS:
        with path_of(code).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(code))


def main() -> int:
    """Update all catalogues; `--missing` only lists what is missing (exit 1 when anything is), `--compile` compiles."""
    if "--compile" in sys.argv:
        compile_all()
        return 0
    if "--missing" in sys.argv:
        gaps = {code: missing(code) for code in TARGETS}
        for code, texts in gaps.items():
            print(f"{code}: {len(texts)} missing")
            for text in texts:
                print("   ", text)
        return 1 if any(gaps.values()) else 0
    fresh = collect()
    for code in TARGETS:
        update(code, fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main())
