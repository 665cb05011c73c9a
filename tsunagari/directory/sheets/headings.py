"""The words towns put over their columns, per field of ours.

Sources: the national recommended data sets (公共施設一覧, 介護サービス事業所一覧, 医療機関一覧,
子育て施設一覧, イベント一覧; the 2020 form and the one since 2023), Takamatsu's English lists, Takamatsu's
event list, and our own exports. The first word of each field is the one our own exports use. Columns of the
data sets that carry nothing we show are `ignored`: recognised so that nobody is asked about them.
"""

_TABLE = """
uuid: 登録番号 | uuid
municipality_code: 全国地方公共団体コード | 都道府県コード又は市区町村コード | 市区町村コード |
    自治体コード | 団体コード | 地方公共団体コード
row_key: ID | NO | № | No. | #property | 番号 | 通し番号 | 整理番号 | 連番
municipality_name: 地方公共団体名 | 自治体名
name: 名称 | イベント名 | 行事名 | 施設名 | 施設名称 | 事業所名 | 事業所名称 | 介護サービス事業所名称 |
    介護サービス事業所名 | 医療機関名 | 医療機関名称 | 相談窓口名 | 窓口名 | 活動名 | サービス名 |
    事業名 | 催し名 | 講座名 | タイトル | name | title
name_kana: 名称_カナ | 名称カナ | イベント名_カナ | 介護サービス事業所名称_カナ | 施設名_カナ | フリガナ |
    ふりがな | よみがな | 読み仮名 | カナ | kana
name_en: 名称_英語 | イベント名_英語 | 英語名 | 英語名称 | name_en
alternate_name: 名称_通称 | 通称 | 愛称 | 略称 | alternateName
kind_of_facility: 種別 | 実施サービス | 介護サービスの種類 | 医療機関の種類 | 施設種別 | サービス種別 |
    施設区分 | サービスの種類 | service
postal_code: 郵便番号 | 所在地_郵便番号 | 〒 | postalCode | zip
prefecture: 所在地_都道府県 | 都道府県名 | 都道府県
city: 所在地_市区町村 | 市区町村名 | 市区町村
town: 所在地_町字 | 町字名
block: 所在地_番地以下 | 番地以下 | 番地
address: 所在地_連結表記 | 所在地_連結標記 | 住所 | 所在地 | 開催場所住所 | 会場住所 | 事業所住所 |
    施設所在地 | address
building: 建物名等(方書) | 方書 | 建物名 | address2
latitude: 緯度 | latitude | lat | 北緯
longitude: 経度 | longitude | lon | lng | long | 東経
phone: 電話番号 | 連絡先電話番号 | TEL | 電話 | 連絡先(電話番号) | 問い合わせ先電話番号 | 代表電話番号 |
    telephoneNumber | telephone | phone
extension: 内線番号 | 連絡先内線番号 | 内線
fax: FAX番号 | FAX | ファックス番号 | ファクス | faxNumber
email: 連絡先メールアドレス | メールアドレス | メール | e-mail | email
corporate_number: 法人番号
organization: 団体名 | 主催者 | 法人の名称 | 法人名 | 運営団体 | 運営主体 | 設置者 | 運営法人 | 実施主体 |
    主催 | organization
days: 利用可能曜日 | 診療曜日 | 開館曜日 | 開設日 | 実施曜日 | 曜日 | 営業日 | availableDate
dates: 開催日 | 開催日時 | 日時 | 開催期間 | 期間 | 日程 | 実施日
starts_on: 開始日 | 開催開始日 | startDate
ends_on: 終了日 | 開催終了日 | endDate
opens: 開始時間 | 診療開始時間 | 開館時間 | 利用開始時間 | 開始時刻 | startTime
closes: 終了時間 | 診療終了時間 | 閉館時間 | 利用終了時間 | 終了時刻 | endTime
hours: 利用時間 | 営業時間 | 受付時間 | 開設時間 | 相談時間
hours_note: 利用可能日時特記事項 | 利用可能曜日特記事項 | 開始日時特記事項 | 診療日時特記事項 | 休館日 |
    定休日 | 休業日 | 日時備考 | availableDateNote
description: 説明 | 内容 | 概要 | 事業内容 | 活動内容 | サービス内容 | description
cost: 料金(基本) | 料金 | 費用 | 参加費 | 利用料 | 利用料金 | 受講料 | price
cost_note: 料金(詳細) | 料金備考 | 料金詳細
audience: 対象 | 対象者 | 利用対象 | 受入年齢 | 参加資格 | 利用資格 | eligibility
capacity: 定員 | 収容定員 | 募集人数 | capacity
contact_name: 連絡先名称 | 問い合わせ先 | お問い合わせ先 | 問合せ先 | 問合先 | 連絡先 | 担当課
venue: 場所名称 | 会場 | 開催場所 | 会場名 | 場所 | 実施場所 | location_name
transportation: アクセス方法 | アクセス | 交通手段 | transportation
parking: 駐車場情報 | 駐車場
booking_until: 参加申込終了日 | 申込期限 | 申込締切日 | 申込締切
booking_until_time: 参加申込終了時間
booking_period: 申込期間 | 申し込み期間 | 受付期間 | 募集期間
booking: 参加申込方法 | 申込方法 | 申し込み方法 | 申込 | 利用方法 | 予約
accessibility: バリアフリー情報 | バリアフリー | 対応設備
url: URL | ホームページ | HP | ウェブサイト | サイトURL | referenceObject | website | link
form_url: 連絡先FormURL | 申込URL | 申込フォーム
contact_note: 連絡先備考(その他、SNSなど) | 連絡先備考
note: 備考 | 特記事項 | その他 | note | remarks
category: 分類 | カテゴリー | カテゴリ | ジャンル | category
worries: 困りごと | 相談できること | worry
audiences: 対象の分類 | 対象分類
features: 特徴 | 特徴の分類
kind: 項目の種類
status: 公開の状態
sector: 分野 | 区分
detail: 詳細データ
ignored: 所在地_全国地方公共団体コード | 町字ID | POIコード | 高度の種別 | 高度の値 | 画像 |
    画像_ライセンス | location | 医療機関コード | 事業所番号 | 認可等年月日 | 公開日 | 更新日 |
    データ更新日
"""


def _parsed() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.replace(" |\n    ", " | ").strip().splitlines():
        field, words = line.split(": ", 1)
        found[field] = tuple(words.split(" | "))
    return found


HEADINGS = _parsed()

# 開催日 or 期間 says when an event takes place; in a list of places the same word says something else.
ONLY_ACTIVITIES = frozenset({"dates", "starts_on", "ends_on", "booking_until", "booking_until_time", "booking_period"})
