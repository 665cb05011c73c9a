"""The first-visit guide of an entry: who meets you, what you need not do, and how you get to the chair."""

from typing import Any

from tsunagari.directory.demo.ids import uid
from tsunagari.directory.models import FirstVisit
from tsunagari.directory.terms import Answer

LANGUAGES = {
    "ja": "日本語", "en": "英語", "zh": "中国語", "vi": "ベトナム語", "ko": "韓国語", "pt": "ポルトガル語",
    "jsl": "日本手話", "es": "スペイン語", "tl": "タガログ語", "id": "インドネシア語",
}  # fmt: skip
QUESTIONS = {
    "s": "silent_ok", "a": "alone_ok", "c": "companion_ok", "t": "short_ok", "n": "anonymous_ok", "k": "child_ok",
}  # fmt: skip
TOILETS = (
    ("t", "車いすで入れる多目的トイレがあります。"),
    ("w", "洋式です。車いすでは少しせまいです。"),
    ("s", "洋式が一つ。入口がせまく、車いすでは入れません。"),
    ("", "洋式のトイレがあります。"),
)


def _answer(letter: str, entry: dict[str, Any]) -> str:
    if letter in entry.get("no", ""):
        return Answer.NO
    return Answer.YES if letter in entry.get("f", "") else Answer.ASK


def price(entry: dict[str, Any]) -> str:
    """The cost in words."""
    costs = [f"{what} {amount}円" if amount else f"{what} 無料" for what, amount, *_ in entry.get("cost", [])]
    return "、".join(costs) + "。" if costs else "お金はかかりません。"


def guide(entry: dict[str, Any], place: dict[str, Any]) -> FirstVisit:
    """The guide row; what nobody said stays 「おたずねください」."""
    flags = place["flags"]
    online = flags in ("v", "x")
    toilet = entry.get("toilet") or next(text for letter, text in TOILETS if letter in flags)
    said = [LANGUAGES[code] for code in entry.get("lang", "ja").split()]
    step_free = Answer.YES if "w" in flags else Answer.NO if "s" in flags else Answer.ASK
    return FirstVisit(
        service_id=uid("service", entry["id"]),
        greeter=entry["meet"],
        step_free=Answer.ASK if online else step_free,
        toilet="" if online else toilet,
        smoking=Answer.YES if entry.get("smoke") else Answer.ASK if online else Answer.NO,
        cost=price(entry),
        steps=place["steps"] + entry.get("door", ""),
        languages="、".join(said),
        note=entry.get("note", ""),
        **{field: _answer(letter, entry) for letter, field in QUESTIONS.items()},
    )
