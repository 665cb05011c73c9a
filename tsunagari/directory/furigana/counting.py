"""Readings that depend on the neighbours: numbers with their counters, and 方 (かた or ほう)."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

_NUMBER = re.compile(r"[0-9０-９,，]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def _table(text: str) -> dict[str, str]:
    pairs = (pair.split("=") for pair in text.split())
    return dict(pairs)


_DAYS = _table(
    "1=ついたち 2=ふつか 3=みっか 4=よっか 5=いつか 6=むいか 7=なのか 8=ようか 9=ここのか 10=とおか"
    " 14=じゅうよっか 20=はつか 24=にじゅうよっか"
)
_PLAIN = _table(
    "日=にち 月=がつ 年=ねん 時=じ 人=にん 名=めい 円=えん "
    "歳=さい 才=さい 回=かい 組=くみ 番=ばん 号=ごう 号館=ごうかん"
    " 丁目=ちょうめ 時間=じかん 週間=しゅうかん 週=しゅう 日間=にちかん 年間=ねんかん 番地=ばんち 件=けん 枚=まい 個=こ"
    " 台=だい 冊=さつ 度=ど 点=てん 割=わり 人分=にんぶん 人用=にんよう 人組=にんぐみ 階建て=かいだて 月号=がつごう"
    " 年度=ねんど 年生=ねんせい 代=だい か所=かしょ 種類=しゅるい 区=く 時半=じはん 次=じ 級=きゅう 組合=くみあい"
    " 室=しつ 条=じょう 月末=がつまつ 日目=にちめ 人目=にんめ"
)
# For these the last digit changes the sound: (plain, after 1 6 8 0, after 3).
_CHANGING = {
    counter: tuple(sounds.split("/"))
    for counter, sounds in _table(
        "分=ふん/ぷん/ぷん 分間=ふんかん/ぷんかん/ぷんかん 本=ほん/ぽん/ぼん 杯=はい/ぱい/ばい 匹=ひき/ぴき/びき"
        " 泊=はく/ぱく/ぱく 階=かい/かい/がい 軒=けん/けん/げん 歩=ほ/ぽ/ぽ 百=ひゃく/ぴゃく/びゃく"
    ).items()
}
# Sudachi reads a lone kanji number as in a list; before these counters it is read as one speaks.
_SPOKEN = {"四": "よん", "七": "なな", "九": "きゅう"}
_SPOKEN_BEFORE = ("丁目", "階", "番", "回", "歳", "号", "名", "度", "割", "分")
_WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち", "祝": "しゅく",
}  # fmt: skip
_MARKS = ("", "（", "）", "(", ")", "・", "、", "〜", "～", "-", "－", "/", "／", "，", ",", "･", " ", "　", "。", "：")
_DIRECTIONS = (
    "東",
    "西",
    "南",
    "北",
    "前",
    "後",
    "左",
    "右",
    "上",
    "下",
    "こちら",
    "そちら",
    "あちら",
    "どちら",
    "駅",
    "海",
    "山",
    "くらい",
)


class Word(Protocol):
    """What this needs of a token."""

    @property
    def surface(self) -> str: ...
    @property
    def reading(self) -> str: ...
    @property
    def word_class(self) -> str: ...


def counted(words: Sequence[Word], before: str = "") -> Iterator[tuple[str, str]]:
    """Surface and reading of each word; a number and its counter are one where they are read as one."""
    index, count = 0, len(words)
    while index < count:
        word = words[index]
        following = words[index + 1] if index + 1 < count else None
        previous = words[index - 1].surface if index else before
        if _NUMBER.fullmatch(word.surface) and following is not None:
            number = word.surface
            while following is not None and _NUMBER.fullmatch(following.surface):
                number += following.surface
                index += 1
                following = words[index + 1] if index + 1 < count else None
            if following is not None:
                yield from _with_counter(number, following, previous)
                index += 2
                continue
            yield number, ""
        elif word.surface in _SPOKEN and following is not None and following.surface in _SPOKEN_BEFORE:
            yield word.surface, _SPOKEN[word.surface]
        elif word.surface in _WEEKDAYS and _stands_alone(previous, following):
            yield word.surface, _WEEKDAYS[word.surface]
        elif word.surface == "行っ":
            # Sudachi takes 「で行った」 for 行う; only what is done (を) is おこなう.
            yield word.surface, "おこなっ" if previous == "を" else "いっ"
        elif (
            word.surface.startswith("入れ") and word.reading.startswith("いれ") and previous in ("も", "が", "は", "で")
        ):
            # 「子どもも入れます」 is はいる; what somebody puts in (を) is いれる.
            yield word.surface, "は" + word.reading
        elif word.surface in ("方", "方々", "方がた"):
            rest = [following.surface] if following else []
            rest += [words[index + 2].surface] if index + 2 < count else []
            yield word.surface, _kata_or_hou(word.surface, words[max(0, index - 2) : index], rest)
        else:
            yield word.surface, word.reading
        index += 1


def _stands_alone(previous: str, following: Word | None) -> bool:
    """Between brackets, dots or dashes, as weekdays are written: （月）, 月・水・金, 月〜金."""
    return (previous[-1:] in _MARKS) and (following is None or following.surface[:1] in _MARKS)


def _with_counter(number: str, counter: Word, previous: str) -> Iterator[tuple[str, str]]:
    digits = number.translate(_WIDE).replace(",", "").replace("，", "")
    value, unit = int(digits or 0), counter.surface
    if unit in ("日", "日間", "日目") and digits.lstrip("0") in _DAYS and (value != 1 or previous.endswith("月")):
        yield number + "日", _DAYS[digits.lstrip("0")]
        if len(unit) > 1:
            yield unit[1:], {"間": "かん", "目": "め"}[unit[1:]]
    elif unit == "人" and value in (1, 2):
        yield number + unit, "ひとり" if value == 1 else "ふたり"
    elif unit in _CHANGING:
        yield number, ""
        plain, popped, voiced = _CHANGING[unit]
        last = digits[-1:]
        soft = last in "1680" or (last == "4" and unit.startswith("分"))
        yield unit, voiced if last == "3" else popped if soft else plain
    else:
        yield number, ""
        yield unit, _PLAIN.get(unit, counter.reading)


def _kata_or_hou(word: str, before: Sequence[Word], after: Sequence[str]) -> str:
    """かた (a person, politely) unless it compares or points somewhere."""
    if word != "方":
        return "かたがた"
    said = "".join(after)
    last = before[-1].surface if before else ""
    if (
        said.startswith(("がい", "がよ", "が良", "が好", "が早", "が安", "向", "角", "針", "法", "面"))
        or last == "より"
    ):
        return "ほう"
    if last == "の" and len(before) > 1 and before[-2].surface.endswith(_DIRECTIONS):
        return "ほう"
    if before and before[-1].word_class == "名詞" and last.endswith(_DIRECTIONS[:10]):
        return "ほう"
    return "かた"
