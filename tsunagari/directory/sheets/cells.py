"""Values of cells: only what the cell says, the rest handed back to stand as a note."""

import re
import unicodedata
from dataclasses import dataclass

NOTHING = frozenset({"", "-", "ー", "－", "―", "‐", "−", "なし", "無し", "無", "特になし", "未定", "不明", "*", "＊"})
_DASH = re.compile(r"(?<=[\d)])\s*[-‐‑–—―−ーｰ]\s*(?=[\d(])")
_URL = re.compile(r"https?://[^\s<>\"'`{}|\\^（）「」『』、。，※]+", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\b(?:javascript|data|vbscript|file)\s*:\S*", re.IGNORECASE)
_YEN = re.compile(r"(?:[¥\\]\s*)?(\d{1,3}(?:,\d{3})+|\d+)\s*円|[¥\\]\s*(\d{1,3}(?:,\d{3})+|\d+)")
_DMS = re.compile(r"(\d{1,3})[度°](\d{1,2})[分′'](\d{1,2}(?:\.\d+)?)(?:秒|″|\")?")


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place lies, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs: `free` None = the list does not say; `amount` in yen only when there is exactly one."""

    free: bool | None
    amount: int | None
    text: str


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say (「-」「なし」)."""
    return text.strip() in NOTHING


def straight(text: str) -> str:
    """Width unified and dashes between digits made plain."""
    return _DASH.sub("-", unicodedata.normalize("NFKC", text)).strip()


def point(latitude: str, longitude: str) -> tuple[Point | None, str]:
    """Coordinates within Japan; swapped ones are turned round, others left out: either way it is said."""
    if not latitude.strip() and not longitude.strip():
        return None, ""
    if not longitude.strip() and len(parts := re.split(r"[,、\s]+", straight(latitude))) == 2:
        latitude, longitude = parts
    lat, lon = _degrees(latitude), _degrees(longitude)
    if lat is None or lon is None:
        return None, f"緯度・経度を読めません（{latitude}, {longitude}）"
    if _in_japan(lat, lon):
        return Point(lat, lon), ""
    if _in_japan(lon, lat):
        return Point(lon, lat), "緯度と経度が入れ替わっていたため直しました"
    return None, f"緯度・経度が日本の外です（{latitude}, {longitude}）"


def _degrees(text: str) -> float | None:
    text = unicodedata.normalize("NFKC", text).strip().lstrip("NEne").rstrip("度°")
    sexagesimal = _DMS.search(text)
    if sexagesimal:
        degrees, minutes, seconds = (float(part) for part in sexagesimal.groups())
        return degrees + minutes / 60 + seconds / 3600
    return float(text) if re.fullmatch(r"[-+]?\d{1,3}(\.\d{1,20})?", text) else None


def _in_japan(latitude: float, longitude: float) -> bool:
    return 20.0 <= latitude <= 46.0 and 122.0 <= longitude <= 154.5


def urls(text: str) -> tuple[list[str], str]:
    """Web addresses (http and https only) and the words around them. Scripts are dropped altogether."""
    found = [address.rstrip(".,;)") for address in _URL.findall(text)]
    rest = _OTHER_SCHEME.sub("", _URL.sub("", text))
    rest = re.sub(r"[\s\u3000]*\n[\s\u3000]*", "\n", rest).strip(" \n\u3000()（）・:：")
    usable = [address for address in found if len(address) <= 2000 and "@" not in address.split("/")[2]]
    return list(dict.fromkeys(usable)), "" if is_nothing(rest) else rest


def cost(text: str) -> Cost:
    """Free, one clear price, or the words as they stand."""
    words = straight(text)
    if is_nothing(words):
        return Cost(None, None, "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,7}", words):
        amount = int(words.replace(",", ""))
        return Cost(amount == 0, amount, text.strip())
    amounts = [int((first or second).replace(",", "")) for first, second in _YEN.findall(words)]
    if not amounts:
        free = True if re.match(r"(参加|入場|利用|受講|観覧)?(費|料)?[:は]?(原則)?無料", words) else None
        return Cost(free, 0 if free else None, text.strip())
    if "無料" in words or len(set(amounts)) > 1:
        return Cost(max(amounts) == 0, None, text.strip())
    return Cost(amounts[0] == 0, amounts[0], text.strip())


_YES = frozenset({"有", "あり", "有り", "可", "可能", "○", "◯", "〇", "◎", "true", "yes", "y", "1", "はい", "対応"})
_NO = frozenset({"無", "なし", "無し", "不可", "×", "✕", "false", "no", "n", "0", "いいえ", "非対応"})


def boolean(text: str) -> bool | None:
    """Yes, no, or not said."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    # NFKC keeps the circle forms apart; compare both spellings.
    return True if word in _YES or text.strip() in _YES else False if word in _NO else None


def count(text: str) -> int | None:
    """A plain number of people (「70」「20人」「50名」); anything more complicated stays a note."""
    found = re.fullmatch(r"(?:定員|先着|各回|申込先着|当日先着)?\s*(\d{1,6})\s*(?:人|名|床|組)?", straight(text))
    return int(found.group(1)) if found else None


def ages(text: str) -> tuple[int | None, int | None]:
    """Youngest and oldest age when written as numbers, else None: 「65歳以上」 → (65, None)."""
    words = straight(text)
    between = re.search(r"(\d{1,3})\s*歳?\s*(?:~|〜|から|-)\s*(\d{1,3})\s*歳", words)
    if between:
        low, high = int(between.group(1)), int(between.group(2))
        return (low, high) if low <= high <= 130 else (None, None)
    low_match = re.search(r"(\d{1,3})\s*歳\s*(以上|から|~)", words)
    high_match = re.search(r"(\d{1,3})\s*歳\s*(以下|まで|未満)", words)
    youngest = int(low_match.group(1)) if low_match else None
    oldest = int(high_match.group(1)) - (high_match.group(2) == "未満") if high_match else None
    return youngest, oldest


_AUDIENCES = (
    ("parents", r"親子|保護者|子育て中"),
    ("children", r"子ども|こども|子供|小学生|幼児|児童|乳幼児"),
    ("teens", r"中学生|高校生|中高生"),
    ("students", r"大学生|学生(?!以下)"),
    ("seniors", r"高齢者|シニア|6[05]歳以上|7[05]歳以上"),
    ("anyone", r"どなたでも|誰でも|両方|一般|制限なし|全て|すべて"),
    ("disabled", r"障害|障がい"),
    ("foreigners", r"外国"),
    ("pregnant", r"妊婦|妊産婦"),
    ("carers", r"介護(者|する)|家族介護"),
)


def audiences(text: str) -> list[str]:
    """Codes of the `audience` taxonomy that the words name outright."""
    words = unicodedata.normalize("NFKC", text)
    return [code for code, pattern in _AUDIENCES if re.search(pattern, words)]
