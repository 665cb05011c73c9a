"""Tags that a row's own words give: a fixed table from the words of towns to our codes, no guessing beyond it."""

import re
import unicodedata
from collections.abc import Iterable

# word in the name or the kind of facility → what kind of entry answers, and whom it is for
_WORDS: tuple[tuple[str, str], ...] = (
    ("児童館|児童センター|児童クラブ", "category:childrens_hall audience:children"),
    ("図書館|図書室", "category:library audience:anyone"),
    (
        "公民館|コミュニティセンター|市民センター|交流センター|交流会館|地区センター|隣保館|集会所",
        "category:community_center",
    ),
    ("地域包括支援|在宅介護支援センター", "category:elderly_consult audience:seniors audience:carers worry:care"),
    ("認知症対応型共同生活介護|グループホーム", "category:group_home audience:seniors worry:care"),
    (
        "特別養護老人ホーム|介護老人福祉施設|介護老人保健施設|有料老人ホーム|養護老人ホーム|軽費老人ホーム|ケアハウス|"
        "通所介護|訪問介護|デイサービス|小規模多機能|介護医療院|短期入所",
        "category:care_home audience:seniors worry:care",
    ),
    ("病院|診療所|医院|クリニック", "category:medical worry:health"),
    (
        "子育て支援センター|子育てひろば|つどいの広場|親子ひろば|地域子育て",
        "category:parenting_place audience:parents worry:childcare",
    ),
    (
        "保育所|保育園|幼稚園|こども園|一時預かり|ファミリーサポート",
        "category:childcare_support audience:parents worry:childcare",
    ),
    ("こども食堂|子ども食堂|子供食堂", "category:childrens_cafeteria audience:children worry:food"),
    ("認知症カフェ|オレンジカフェ", "category:dementia_cafe audience:seniors audience:carers"),
    ("ふれあいサロン|いきいきサロン|老人福祉センター|老人クラブ", "category:seniors_salon audience:seniors"),
    ("フードバンク|フードパントリー", "category:food_support worry:food"),
    ("日本語教室|にほんご", "category:japanese_class audience:foreigners"),
    ("国際交流", "category:international_exchange"),
    ("若者サポートステーション|ハローワーク|就労支援|就労移行", "category:job_support worry:jobseeking"),
    ("障害者|障がい者|就労継続", "category:disability_support audience:disabled"),
    ("男女共同参画|女性センター|配偶者暴力", "category:general_consult"),
    ("体育館|スポーツ|体操|ヨガ|ピラティス|健康づくり|コンディショニング", "category:exercise"),
    ("講座|教室|講演|セミナー|ワークショップ|塾", "category:learning"),
    (
        "コンサート|音楽|美術|展覧|展示|ギャラリー|演奏|映画|彫刻|企画展|特別展|常設展|コレクション展",
        "category:music_art",
    ),
    ("料理|クッキング", "category:cooking"),
    ("囲碁|将棋|手芸|陶芸|工作", "category:crafts_games"),
    ("園芸|寄せ植え|野菜作り|畑", "category:gardening"),
    ("ボランティア", "category:volunteering"),
    ("グリーフ|わかちあい|分かち合い|死別", "category:grief audience:bereaved"),
    ("ひきこもり", "category:hikikomori_support worry:hikikomori"),
    ("不登校|フリースクール", "category:school_refusal worry:hikikomori"),
)
_TABLE = tuple((re.compile(words), codes.split()) for words, codes in _WORDS)
_AUDIENCES = frozenset("children parents teens students seniors disabled foreigners pregnant carers".split())


def terms(*words: str) -> list[str]:
    """Codes for what the words say outright."""
    text = unicodedata.normalize("NFKC", " ".join(words))
    found = {code for pattern, codes in _TABLE if pattern.search(text) for code in codes}
    return sorted(found)


def categories(codes: Iterable[str]) -> frozenset[str]:
    """Only the categories among some codes."""
    return frozenset(code for code in codes if code.startswith("category:"))
