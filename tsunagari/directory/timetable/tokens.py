"""A text about opening days cut into tokens that mean something, and the characters that do not (yet)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .clocks import TIME, VAGUE
from .daywords import DATE, DAY_ONLY, EN_DAY, WEEKDAY_CHARS
from .folding import fold

_WD = rf"[{WEEKDAY_CHARS}](?:曜日?)?"
_JOIN = r" ?(?:[・、,/~]|と|-|から|及び|および|又は|または) ?"
_DAYS = rf"{_WD}(?:(?:{_JOIN})?{_WD}){{0,13}}"
# Weekdays without 曜 are single characters of everyday words (日程, 木工): they count only where the word ends.
_ENDS = (
    r"(?=$|[ \n、。,.・/~()「」:;0-9※【】]|祝|は|も(?!の)|が(?:国民の)?[祝休]|のみ|だけ"
    r"|に|を|と|及|お|並|や|又|また|から|以外|休|定休|開催|開館|開所|実施|営業|夜|朝|午|正|の(?:第|午|朝|夜))"
)
_BEGINS = r"(?:(?<=[ \n、。,.・/~()「」:;※【】日週月])|(?<=毎週)|(?<=[てのと])|^)"
_HOLIDAY = (
    r"国民の(?:祝日|休日)(?:に関する法律(?:\([^()]{0,40}\))?に(?:規定する|定める)(?:休日|祝日))?|祝祭日|祝日|振替休日"
    r"|祝(?=$|[ \n、。,・)(はものを除に]|休)|\b(?:(?:national|public|bank) )?holidays?\b"
)
_N = r"(?:第? ?[1-5一二三四五](?![0-9])|最終)"
_NTH = rf"(?:第 ?[1-5一二三四五](?![0-9])|最終|最後の)(?:(?: ?[・、,/と&] ?)?{_N}){{0,4}}"
_FALLS = (
    r"(?:の(?:場合|とき|時|日)|(?:に|と)(?:当|あ)たる(?:場合|とき|日)|と重な(?:る|った)(?:場合|とき|日)?)に?は?[、,]? ?"
)
_OPENS = r"(?:開館|開所|営業|開園|開室)"
_AFTER = (
    rf"(?:(?:{_DAYS})(?:が|と) ?|が)?(?:{_HOLIDAY}|休日){_FALLS}(?:{_OPENS}し?[、 ]?)?(?:その)?"
    r"(?:翌日|翌平日|次の平日|直後の平日|その?後の祝日でない日|日後においてその日に最も近い休日でない日)"
    r"(?:と(?:する|します|なります)|[がはをにも、]? ?(?:お?休(?:館|業|所|園|室|み|日)|閉館)日?)?"
    r"(?:します|となります|とします|とする|です)?"
)
_OPEN_THEN = rf"(?:(?:{_DAYS})が ?)?(?:{_HOLIDAY}|休日){_FALLS}{_OPENS}(?:します|する)?"
_SHUT = (
    r"(?:終日)?(?:ご?利用不可|ご?利用できません|使用不可)|お?休(?:館|業|所|園|室|診|店|場|講|止)(?:日)?(?:です|します|となります|とします)?"
    r"|お?休み(?:です|します)?|定休日?(?:です)?|閉(?:館|所|室|園)(?:日)?(?:です|します)?|閉まって?います"
    r"|(?:is |are )?\bclosed\b(?: on\b)?"
)
_TOKENS = (
    ("after", _AFTER),
    ("openthen", _OPEN_THEN),
    ("counted", rf"{DATE}から(?:数えて|隔週)"),
    ("lone", r"[0-9,]{1,6} ?(?:円|名|人|階|F\b|号|丁目|番|歳|才|組|台|席|%)|\b0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}\b"),
    (
        "doubt",
        r"[月年週]に? ?[0-9一二三四五数] ?(?:[~、-] ?[0-9] ?)?[回日](?!曜)|不定期|随時|[奇偶]数[月週]|不規則"
        r"|\bevery second\b",
    ),
    (
        "monthday",
        r"毎月 ?(?:[0-9]{1,2}日(?!間|目)(?: ?(?:[・、,と]|及び)? ?[0-9]{1,2}日(?!間|目)){0,30}|月?末日?|最終日)"
        r"|(?:毎月の?)?(?:月末(?!の)|末日)",
    ),
    ("date", DATE),
    ("every", r"毎週|毎月|\bevery\b(?! other)|\beach\b|\b(?:of )?(?:every|the) month\b"),
    ("yearly", r"毎年"),
    ("interval", r"隔[週月]の?|[2-9](?:週間?|[かヶカケか]月)(?:ごと|毎|おき)に?の?|\bevery other\b"),
    ("months", r"(?<![0-9])(?:1[0-2]|[1-9])月(?!曜|額|謝|[0-9末上中下])"),
    ("h24", r"24時間(?:体制)?(?:で)?(?:対応|営業|開館|受付)?|\b24 ?hours\b"),
    ("vaguetime", rf"(?:{TIME}){VAGUE}"),
    ("time", TIME),
    ("dayonly", DAY_ONLY),
    ("nthday", rf"{_NTH}(?: ?の)? ?(?!日(?!曜|[・、,]?[月火水木金土])){_DAYS}(?:(?<=曜日)|{_ENDS})"),
    ("ennth", r"\b(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|last)\b"),
    ("holiday", _HOLIDAY),
    ("workdays", r"平日|\bweekdays?\b"),
    ("weekend", r"\bweekends?\b"),
    ("always", r"年中無休|(?<![一-龥])無休|365日|\b7 days a week\b"),
    ("daily", r"毎日|連日|\bdaily\b|\bevery ?day\b"),
    ("weekday", rf"{_BEGINS}{_DAYS}{_ENDS}|(?<![0-9一-龥]){_DAYS}(?<=曜){_ENDS}|(?<![0-9]){_DAYS}(?<=曜日)"),
    ("enday", rf"\b{EN_DAY}"),
    (
        "vague",
        r"年末年始|お盆(?:休み|期間)?|盆(?=[・、休 ])|ゴールデンウィーク|GW\b|[春夏秋冬]休み|学校の?休み"
        r"|new year holidays?",
    ),
    ("restday", r"休日"),
    ("label", r"(?:休館日|定休日|休業日|休室日|休所日|休園日|お?休み|\bclosed(?: on)?)(?= ?[:】\]])"),
    ("except", r"を?除(?:く|きます|いて)|以外(?:の日)?|\bexcept(?:ing)?(?: for| on)?\b|\bnot\b"),
    (
        "open",
        r"[はも](?:平日と)?(?:同じ(?:です)?|通常(?:どおり|通り)|(?:開館|開所|営業|実施|開催)(?!時|日|曜)(?:します|しています)?"
        r"|あります|開いています|やっています)|(?:is |are )?\bopen\b(?= on| too| also)",
    ),
    ("unsure", r"は?要確認|は?お?問い合わせください"),
    ("shut", _SHUT),
    ("only", r"のみ|だけ(?!で)|\bonly\b"),
    ("until", r"まで|\buntil\b|\btill\b"),
    ("range", r"[~]|から|より|-|ー|→|\bto\b|\bthrough\b"),
    ("topic", r"[はがも]"),
    (
        "noise",
        r"(?:開館|営業|利用(?:可能)?|開所|開園|開室|開設)(?:時間|曜日|日時|日)?|開催(?:日時|日)?|実施(?:日)?|日時|曜日|時間|オープン"
        r"|(?:体制|対応)(?=$|[ \n。、)])|です|ます|(?:終日)?ご?利用できます|翌年の|ただし|但し|[にのでを※]"
        r"|\b(?:open|opening hours|hours|on|at|the|of|from|are|is)\b",
    ),
    ("join", r"[・、,/&]|と|及び|および|並びに|又は|または|や|\band\b|\bor\b|\+"),
    ("hard", r"[。;■●◆◇○★☆]"),
    ("line", r"\n"),
    ("left", r"[(「『【\[]"),
    ("right", r"[)」』】\]]"),
    ("colon", r":"),
    ("blank", r" {1,20}"),
    ("word", r"[A-Za-z]{1,40}|[ァ-ヴー]{1,40}|日本|第|[^\x00]"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _lexer() -> re.Pattern[str]:
    """Made at the first text: 20 ms that a page of a visitor need not wait for."""
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TOKENS) + r"|(?P<other>.)", re.I | re.S)


# Words that may change which days or hours are meant: what stands beside them is not read.
DANGER = re.compile(
    r"[0-9週曜祝休隔季期除外翌昼夕夜朝春夏秋冬]|午[前後]|[上中下初]旬|月初|月末|[当前後]日|前々|直[前後]|のみ|だけ|場合|不定|以[降前]|ごと|おき|頃|ごろ"
    r"|予定|程度|約|\b(?:week|month|year|day|night|unless|if|when|some|first|last|next)"
)
# Kept apart from the text around them, but saying nothing themselves.
SILENT = frozenset(("noise", "join", "hard", "line", "left", "right", "colon", "blank", "topic", "every", "yearly"))


@dataclass(slots=True)
class Token:
    """A piece of the text: `kind`, its folded `text`, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """All of the text as tokens, one after the other; `text` of a token is folded, places are those of the original."""
    found = []
    for match in _lexer().finditer(fold(text)):
        kind = match.lastgroup or "word"
        found.append(Token("word" if kind == "other" else kind, match[0], match.start(), match.end()))
    return found
