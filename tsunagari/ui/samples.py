"""What the gallery shows: invented names, one of each state."""

from datetime import date

from tsunagari.ui.shapes import Card, Line, Link, Pin

_PLACE = Card(
    name="はりまの縁側（架空）",
    href="#card",
    kana="はりまのえんがわ",
    kind="place",
    kind_label="居場所",
    why="「話し相手がほしい」に合います。予約なしで、黙って座っているだけでもかまいません。",
    next_text="次は 11月24日（火）13:30から",
    distance="歩いて 8分（600m）",
    where="飾磨区",
    room=True,
    open_now=True,
)
_ACTIVITY = Card(
    name="土曜の囲碁会（架空）",
    href="#card",
    kind="activity",
    kind_label="活動",
    why="はじめての人には、世話人の田中さんが入口で声をかけます。",
    next_text="次は 11月28日（土）10:00から",
    distance="1.2km",
    room=False,
)
_FADED = Card(
    name="ことばの広場（架空）",
    href="#card",
    kana="ことばのひろば",
    kind="service",
    kind_label="相談・支援",
    why="ベトナム語と英語で話せます。",
    where="網干区",
    faded=True,
)
_LINES = [
    Line(
        "よりそいホットライン（例）",
        "0120-000-000",
        "tel:0120000000",
        "24時間いつでも",
        "どんなことでも話せます。",
        True,
        True,
    ),
    Line("子どもの電話（例）", "0120-111-111", "tel:0120111111", "毎日 16:00から21:00まで", open_now=False, free=True),
]
_TABLE = [
    ["月曜", "13:30〜16:00", "縁側の部屋", "どなたでも"],
    ["第2水曜", "10:00〜11:30", "公民館 2階", "赤ちゃんと親"],
]

SAMPLES = {
    "cards": [_PLACE, _ACTIVITY, _FADED],
    "lines": _LINES,
    "trail": [Link("さがす", "#"), Link("はりまの縁側（架空）", "#", current=True)],
    "tabs": [Link("一覧", "#tabs", current=True), Link("地図", "#map"), Link("予定", "#timeline")],
    "pins": [
        Pin("はりまの縁側（架空）", 34.797, 134.672, "#card"),
        Pin("ことばの広場（架空）", 34.788, 134.607, "#card"),
    ],
    "table_head": ["いつ", "時間", "どこ", "だれでも"],
    "table_rows": _TABLE,
    "moments": [
        ("11月20日（金）", "縁側から", "日時が変わりないことを確かめました。"),
        ("11月2日（月）", "事務局から", "電話番号を新しくしました。"),
    ],
    "facts": [
        ("だれが迎えますか", "世話人の田中さん"),
        ("費用", "無料（お茶代 100円は、あれば）"),
        ("段差", "入口に2段。手すりがあります。"),
    ],
    "audiences": [
        ("anyone", "どなたでも"),
        ("men", "男性"),
        ("parents", "子育て中の人"),
        ("foreigners", "外国から来た人"),
    ],
    "day": date(2026, 11, 23),
    "sample_address": "https://example.jp/places/harima/",
}
