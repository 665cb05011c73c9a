"""Headings of the lists towns publish are recognised without asking."""

import pytest

from tsunagari.directory.sheets.columns import recognise, signature

PUBLIC_2020 = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,電話番号,"
    "内線番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,説明,URL,備考"
)
PUBLIC_2023 = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英語,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,"
    "所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,高度の種別,高度の値,電話番号,内線番号,"
    "連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,"
    "利用可能日時特記事項,説明,バリアフリー情報,URL,画像,画像_ライセンス,備考"
)
CARE = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,"
    "住所,方書,緯度,経度,電話番号,内線番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,備考"
)
CHILDCARE = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,種別,住所,方書,緯度,経度,アクセス方法,駐車場情報,"
    "電話番号,内線番号,FAX番号,法人番号,団体名,認可等年月日,収容定員,受入年齢,利用可能曜日,開始時間,終了時間,"
    "利用可能日時特記事項,URL,備考"
)
EVENTS = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,開始時間,"
    "終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,住所,方書,"
    "緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考"
)


@pytest.mark.parametrize(
    "headings,kind", [(PUBLIC_2020, "places"), (PUBLIC_2023, "places"), (CARE, "services"), (CHILDCARE, "places"),
                      (EVENTS, "activities")],
)  # fmt: skip
def test_every_column_of_the_national_data_sets_finds_its_field(headings: str, kind: str) -> None:
    names = headings.split(",")
    found = recognise(names, kind)
    assert [names[at] for at in found.unknown] == []
    assert {"name", "address", "latitude", "longitude", "phone", "row_key"} <= set(found.mapping)


def test_the_right_column_wins_where_two_could() -> None:
    names = PUBLIC_2023.split(",")
    mapping = recognise(names).mapping
    assert names[mapping["row_key"]] == "ID"
    assert names[mapping["address"]] == "所在地_連結表記"
    assert names[mapping["municipality_code"]] == "全国地方公共団体コード"
    names = EVENTS.split(",")
    mapping = recognise(names, "activities").mapping
    assert (names[mapping["cost"]], names[mapping["cost_note"]]) == ("料金(基本)", "料金(詳細)")
    assert (names[mapping["starts_on"]], names[mapping["booking_until"]]) == ("開始日", "参加申込終了日")


@pytest.mark.parametrize(
    "written,field",
    [
        ("　名 称", "name"),
        ("ＴＥＬ", "phone"),
        ("電話番号（代表）", "phone"),
        ("Telephone Number", "phone"),
        ("№", "row_key"),
        ("問い合わせ先（市の担当課）", "contact_name"),
        ("利用可能日時_特記事項", "hours_note"),
        ("緯 度", "latitude"),
    ],
)
def test_width_spaces_case_and_brackets_make_no_difference(written: str, field: str) -> None:
    found = recognise([written, "名前でも住所でもない列"])
    assert found.matches[0].field == field


def test_what_is_not_recognised_is_left_for_staff() -> None:
    found = recognise(["名称", "住所", "館長の好物"])
    assert found.unknown == (2,)


def test_a_list_with_the_same_headings_has_the_same_signature_however_typed() -> None:
    assert signature(["名称", "ＴＥＬ"]) == signature(["名 称", "tel"])
    assert signature(["名称", "電話"]) != signature(["電話", "名称"])
