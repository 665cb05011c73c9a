"""A name that stands nowhere else, and every way in which bytes could still say it."""

import base64
import gzip
import urllib.parse
import zlib
from collections.abc import Iterator
from pathlib import Path

NAME = "鳴鳥かなりあ七四"


def spellings(name: str = NAME) -> dict[str, bytes]:
    """UTF-8, UTF-16, escaped, percent-encoded, hexadecimal, and base64 at each of its three offsets."""
    plain = name.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": name.encode("utf-16-le"),
        "utf-16-be": name.encode("utf-16-be"),
        "cp932": name.encode("cp932", "ignore"),
        "json": name.encode("ascii", "backslashreplace").replace(b"\\u", b"\\u"),
        "percent": urllib.parse.quote(name).encode(),
        "percent, small": urllib.parse.quote(name).lower().encode(),
        "hex": plain.hex().encode(),
        "html": name.encode("ascii", "xmlcharrefreplace"),
    }
    for offset in range(3):
        inner = base64.b64encode(b"\0" * offset + plain)
        found[f"base64+{offset}"] = inner[4 if offset else 0 : -4]
    return found


def _inside(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is in them when they are packed."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    for start in range(len(data) - 2):  # pages of PostgreSQL's own format, sessions and the like
        if data[start : start + 2] in (b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
            try:
                yield zlib.decompressobj().decompress(data[start:])
            except zlib.error:
                continue


def found_in(data: bytes) -> list[str]:
    """In which spellings the name stands there."""
    wanted = spellings()
    return [how for part in _inside(data) for how, spelt in wanted.items() if spelt in part]


def found_under(folder: Path, *without: Path) -> dict[str, list[str]]:
    """Every file below that says it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        left_out = not path.is_file() or any(path.is_relative_to(one) for one in without)
        if how := [] if left_out else found_in(path.read_bytes()):
            found[str(path.relative_to(folder))] = how
    return found
