"""The reading stands over the kanji only: 行った → 行(い) + った, 取り扱い → 取(と)り扱(あつか)い."""

import re
from functools import lru_cache

import jaconv

KANJI = "々〆〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
# Digits and ヶ inside a word belong to the part that is read: 1人(ひとり), 自由ヶ丘.
_RUNS = re.compile(f"[{KANJI}0-9０-９]+(?:[ヶケヵ](?=[{KANJI}])[{KANJI}]+)*|[^{KANJI}0-9０-９]+")
_READ = re.compile(f"[{KANJI}]")


@lru_cache(maxsize=20_000)
def split(surface: str, reading: str) -> tuple[tuple[str, str | None], ...]:
    """Pieces of one word with the reading over the kanji; the whole word when the kana do not fit."""
    runs = _RUNS.findall(surface)
    pattern = ""
    for run in runs:
        pattern += "(.+?)" if _READ.search(run) else f"({re.escape(jaconv.kata2hira(run))})"
    fitted = re.fullmatch(pattern, reading)
    if fitted is None:
        return ((surface, reading),)
    return tuple((run, part if _READ.search(run) else None) for run, part in zip(runs, fitted.groups(), strict=True))
