"""A generated town for benchmarks: HSDS rows, the same for every side. `python bench/town.py 20000 OUT.zip`.

20,000 services give 124,035 rows (4,035 organisations; services, locations, service_at_locations, addresses,
phones and schedules 20,000 each) plus two tags a service. Deterministic: the same size gives the same bytes.
"""

import csv
import io
import random
import sys
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

SPACE = uuid.UUID("7b8f2a52-0f6e-4d8e-9a57-3f3f0e7c9b11")
AREAS = [
    ("飾磨", 34.792, 134.672, "672-8031"), ("網干", 34.777, 134.597, "671-1227"),
    ("広畑", 34.788, 134.628, "671-1116"),
    ("大津", 34.787, 134.612, "671-1146"), ("白浜", 34.779, 134.709, "672-8023"), ("大塩", 34.778, 134.758, "671-0101"),
    ("別所", 34.800, 134.760, "671-0221"),
    ("御国野", 34.822, 134.738, "671-0232"), ("花田", 34.836, 134.728, "671-0255"),
    ("野里", 34.850, 134.698, "670-0811"), ("城北", 34.856, 134.690, "670-0871"), ("安室", 34.852, 134.663, "670-0063"),
    ("香寺", 34.908, 134.733, "679-2151"), ("夢前", 34.950, 134.690, "671-2103"), ("安富", 34.980, 134.590, "671-2401"),
    ("林田", 34.890, 134.590, "679-4203"), ("手柄", 34.818, 134.672, "670-0972"), ("荒川", 34.822, 134.655, "670-0976"),
    ("家島", 34.673, 134.530, "672-0101"), ("姫路駅前", 34.827, 134.691, "670-0927"),
]  # fmt: skip
WHAT = [
    ("こども食堂", "childrens_cafeteria", "food"), ("ふれあいサロン", "seniors_salon", "neighbourhood"),
    ("認知症カフェ", "dementia_cafe", "care"), ("家族の会", "family_association", "family"),
    ("日本語教室", "japanese_class", "other"), ("心の相談室", "mental_health", "health"),
    ("子育てひろば", "parenting_place", "childcare"),
    ("仕事の相談", "job_support", "jobseeking"),
    ("居場所カフェ", "community_cafe", "neighbourhood"),
    ("ひきこもり相談", "hikikomori_support", "hikikomori"),
    ("将棋クラブ", "crafts_games", "other"), ("体操教室", "exercise", "health"),
    ("お金の相談", "consumer_debt", "debt"),
    ("住まいの相談", "housing_support", "housing"), ("食料支援", "food_support", "income"),
    ("畑の会", "gardening", "other"),
]  # fmt: skip
FEEL = (
    "ゆっくり だれでも ひとりでも 静かに にぎやかに 気軽に 予約なしで 短い時間でも 家族と 友だちと 夜に 朝から"
).split()
DO = (
    "お茶を飲みながら話せます 手を動かしながら過ごせます 困りごとを一緒に考えます 本を読んで過ごせます 体を動かします"
).split()
WHO = "ボランティア 保健師 相談員 看護師 学生 地域の人 元教員 管理栄養士".split()
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FILES: dict[str, list[str]] = {
    "organization": ["id", "name", "description", "website"],
    "service": [
        "id",
        "organization_id",
        "name",
        "description",
        "url",
        "status",
        "eligibility_description",
        "fees_description",
    ],
    "location": ["id", "location_type", "name", "latitude", "longitude"],
    "service_at_location": ["id", "service_id", "location_id"],
    "address": ["id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
    "phone": ["id", "service_id", "number", "type"],
    "schedule": ["id", "service_id", "freq", "byday", "opens_at", "closes_at", "description"],
    "attribute": ["id", "link_id", "link_entity", "taxonomy_term_id"],
}


def row_id(entity: str, number: int) -> str:
    """A stable id for the n-th row of an entity."""
    return str(uuid.uuid5(SPACE, f"{entity}/{number}"))


def organizations(services: int) -> int:
    """4,035 for 20,000 services, in proportion for other sizes."""
    return max(1, round(services * 4035 / 20000))


def rows(services: int, term_id: dict[tuple[str, str], str]) -> Iterator[tuple[str, list[object]]]:
    """(entity, values in the order of FILES) for a town of this many services. `term_id`: (taxonomy, code) → id."""
    rng = random.Random(services)
    hosts = organizations(services)
    for n in range(hosts):
        area = AREAS[n % len(AREAS)][0]
        name = f"{area}{rng.choice(WHO)}の会{n}"
        yield "organization", [row_id("organization", n), name, f"{area}で活動しています。", f"https://example.jp/o{n}"]
    for n in range(services):
        yield from _one(n, rng, hosts, term_id)


def _one(
    n: int, rng: random.Random, hosts: int, term_id: dict[tuple[str, str], str]
) -> Iterator[tuple[str, list[object]]]:
    area, lat, lon, postcode = rng.choice(AREAS)
    what, category, worry = rng.choice(WHAT)
    service, location = row_id("service", n), row_id("location", n)
    text = (
        f"{area}の{what}です。{rng.choice(FEEL)}来られます。{rng.choice(WHO)}が迎え、"
        f"{rng.choice(DO)}。{rng.choice(FEEL)}どうぞ。"
    )
    opens = rng.randrange(7, 20)
    days = sorted(rng.sample(range(7), rng.randrange(1, 6)))
    yield (
        "service",
        [
            service,
            row_id("organization", rng.randrange(hosts)),
            f"{area} {what} {n}",
            text,
            f"https://example.jp/s{n}",
            "active",
            rng.choice(["どなたでも", "65歳以上の方", "18歳まで", "市内にお住まいの方"]),
            rng.choice(["無料", "100円", "300円"]),
        ],
    )
    yield (
        "location",
        [
            location,
            "physical",
            f"{area}会館{n}",
            round(lat + rng.uniform(-0.02, 0.02), 6),
            round(lon + rng.uniform(-0.02, 0.02), 6),
        ],
    )
    yield "service_at_location", [row_id("sal", n), service, location]
    yield (
        "address",
        [
            row_id("address", n),
            location,
            f"{area}区{n % 300 + 1}-{n % 30 + 1}",
            "姫路市",
            "兵庫県",
            postcode,
            "JP",
            "physical",
        ],
    )
    yield "phone", [row_id("phone", n), service, f"079-{n // 10000:03d}-{n % 10000:04d}", "voice"]
    yield (
        "schedule",
        [
            row_id("schedule", n),
            service,
            "WEEKLY",
            ",".join(DAYS[d] for d in days),
            f"{opens:02d}:00",
            f"{opens + 3:02d}:00",
            "",
        ],
    )
    for taxonomy, code in (("category", category), ("worry", worry)):
        yield "attribute", [row_id(taxonomy, n), service, "service", term_id[taxonomy, code]]


def terms() -> dict[tuple[str, str], str]:
    """The ids under which the directory seeds its taxonomy terms."""
    from tsunagari.cli import django_ready

    django_ready()
    from tsunagari.directory.actions.seeding import seed_id
    from tsunagari.directory.terms import AUDIENCES, CATEGORIES, FEATURES, WORRIES

    codes = {"worry": WORRIES, "audience": AUDIENCES, "category": CATEGORIES, "feature": FEATURES}
    return {(name, code): str(seed_id("term", name, code)) for name, all_codes in codes.items() for code in all_codes}


def write_package(services: int, path: Path) -> None:
    """The HSDS tabular package (a zip of CSV files) that `tsunagari import hsds` takes."""
    texts = {entity: io.StringIO(newline="") for entity in FILES}
    writers = {entity: csv.writer(text) for entity, text in texts.items()}
    for entity, columns in FILES.items():
        writers[entity].writerow(columns)
    for entity, values in rows(services, terms()):
        writers[entity].writerow(values)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entity, text in texts.items():
            package.writestr(f"{entity}.csv", text.getvalue())


if __name__ == "__main__":
    write_package(int(sys.argv[1]), Path(sys.argv[2]))
