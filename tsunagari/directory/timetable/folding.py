"""One spelling for what looks alike. Every character becomes exactly one, so that places in the text stay the same."""

import unicodedata

_WAVES = "～〜∼∾〰˜"
_DASHES = "－–—−‐‑‒―─ｰ﹣"
_BLANKS = "\u3000\t\xa0\u2002\u2003\u2009\u200a\u202f\x0b\x0c"


def _table() -> dict[int, str]:
    table = {}
    for block in (range(0xFF01, 0xFFA0), range(0x2F00, 0x2FE0), range(0xF900, 0xFB00)):
        for point in block:
            plain = unicodedata.normalize("NFKC", chr(point))
            if len(plain) == 1:
                table[point] = plain
    table.update({ord(char): "~" for char in _WAVES})
    table.update({ord(char): "-" for char in _DASHES})
    table.update({ord(char): " " for char in _BLANKS})
    table.update({ord("〔"): "(", ord("〕"): ")", ord("\r"): "\n", ord("，"): "、", ord("："): ":", ord("∶"): ":"})
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """The text with full-width letters, digits, dashes and blanks made plain; the length stays the same."""
    return text.translate(_TABLE)


def tidy(text: str) -> str:
    """A part of a text as it is shown: without the blanks and separators around it."""
    return text.strip(" \u3000\t\r\n、。,，・;；").rstrip("※ \u3000")
