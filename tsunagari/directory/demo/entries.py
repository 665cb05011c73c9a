"""One written entry becomes its rows: the service, where, when, who answers, what it costs, and the guide."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model

from tsunagari.directory.demo import parts, saying, tags, visits
from tsunagari.directory.demo.bodies import phone_number
from tsunagari.directory.demo.dates import instant
from tsunagari.directory.demo.ids import marked, uid
from tsunagari.directory.demo.rules import Rule, Shut, read, shut
from tsunagari.directory.models import (
    Closure,
    CostOption,
    Keeper,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceText,
)

MARKS = {
    "en": " (fictional)", "zh": "（虚构）", "vi": " (hư cấu)", "ko": " (가상)", "pt": " (fictício)",
    "ja-easy": "（架空＝本当（ほんとう）には ありません）",
}  # fmt: skip


class Written:
    """An entry of ./data with its rules read; `today` anchors everything that moves with time."""

    def __init__(self, entry: dict[str, Any], index: int, today: date) -> None:
        self.entry, self.index, self.today = entry, index, today
        self.rules: list[Rule] = [read(text) for text in entry["open"]]
        self.shuts: list[Shut] = [shut(text, today) for text in entry.get("shut", ["NY"])]
        self.own = uid("service", entry["id"])

    @property
    def confirmed_at(self) -> datetime | None:
        """When its keeper last said that it is true; None: nobody has said so yet."""
        seen = self.entry.get("seen")
        return None if seen is None else instant(self.today, time(9, 30)) - timedelta(days=seen)


def _apply(entry: dict[str, Any]) -> str:
    return "申し込みはいりません。" if "b" in entry.get("f", "") else "電話かメールで。"


def _service(written: Written) -> Service:
    entry, confirmed_at = written.entry, written.confirmed_at
    low, high = entry.get("ages", [None, None])
    program = entry.get("program")
    return Service(
        id=written.own,
        organization_id=uid("organization", entry["org"]),
        program_id=uid("program", program) if program else None,
        kind=entry["kind"],
        name=marked(entry["name"]),
        kana=entry["kana"],
        alternate_name=entry.get("alternate", ""),
        description=entry["text"],
        url=f"https://example.jp/{entry['org']}/{entry['id']}",
        email=f"{entry['org']}@example.jp",
        status=entry.get("status", "active"),
        interpretation_services=entry.get("interpreting", ""),
        application_process=entry.get("apply") or _apply(entry),
        fees_description=visits.price(entry),
        wait_time=entry.get("wait", ""),
        eligibility_description=entry.get("who", ""),
        minimum_age=low,
        maximum_age=high,
        assured_date=confirmed_at.date() if confirmed_at else None,
        assurer_email=f"{entry['org']}@example.jp",
        alert=entry.get("alert", ""),
        when_text=entry.get("when") or saying.when(written.rules, written.shuts, "ja"),
        room=entry.get("room", "unknown"),
        room_at=confirmed_at if entry.get("room") else None,
        room_by=uid("keeper", entry["id"]) if entry.get("room") and confirmed_at else None,
        confirmed_at=confirmed_at,
        confirmed_by=uid("keeper", entry["id"]) if confirmed_at else None,
    )


def _where(written: Written) -> Iterator[Model]:
    entry = written.entry
    for place in entry["at"]:
        yield ServiceAtLocation(
            id=uid("at", entry["id"], place), service_id=written.own, location_id=uid("location", place)
        )
    area = entry.get("for_area") or ("市内にお住まい、お勤め、お通いの方" if entry["kind"] == "service" else "")
    if area:
        yield ServiceArea(id=uid("area", entry["id"]), service_id=written.own, name=area, extent_type="text")


def _when(written: Written) -> Iterator[Model]:
    entry = written.entry
    for number, rule in enumerate(written.rules):
        at = uid("at", entry["id"], entry["at"][rule.at]) if rule.at is not None else None
        yield Schedule(
            id=uid("schedule", entry["id"], str(number)),
            service_id=written.own,
            service_at_location_id=at,
            freq=rule.freq,
            interval=1,
            byday=rule.byday,
            bymonthday=",".join(map(str, rule.monthdays)),
            opens_at=rule.opens,
            closes_at=rule.closes,
            description=saying.when([rule], [], "ja"),
            holidays=rule.holidays,
        )
    for closed in written.shuts:
        note = entry.get("shut_note", "年末年始のお休み" if closed.kind == "yearly" and closed.rule[0] == "1" else "")
        yield Closure(service_id=written.own, kind=closed.kind, rule=closed.rule, note=note)


def _reach(written: Written, answers: str) -> Iterator[Model]:
    entry = written.entry
    if entry.get("no_phone"):
        return
    yield Phone(
        id=uid("phone", entry["id"]),
        service_id=written.own,
        number=phone_number(1000 + written.index),
        type="voice",
        description=entry.get("answers", answers),
    )


def _say(written: Written) -> Iterator[Model]:
    entry = written.entry
    for code in entry.get("lang", "ja").split():
        yield Language(
            id=uid("language", entry["id"], code), service_id=written.own, name=visits.LANGUAGES[code], code=code
        )
    for language, texts in parts.translations().items():
        if entry["id"] in texts:
            name, description = texts[entry["id"]]
            yield ServiceText(
                service_id=written.own,
                language=language,
                name=name + MARKS[language],
                description=description,
                when_text=saying.when(written.rules, written.shuts, language),
            )


def _give(written: Written) -> Iterator[Model]:
    entry = written.entry
    for number, (what, amount, *rest) in enumerate(entry.get("cost", [])):
        yield CostOption(
            id=uid("cost", entry["id"], str(number)),
            service_id=written.own,
            option=what,
            amount=amount,
            amount_description=rest[0] if rest else "",
        )
    for document in entry.get("docs", []):
        yield RequiredDocument(id=uid("document", entry["id"], document), service_id=written.own, document=document)
    if entry.get("cap"):
        available, most = entry["cap"]
        yield ServiceCapacity(
            id=uid("capacity", entry["id"]),
            service_id=written.own,
            unit_id=uid("unit", entry.get("unit", "people")),
            available=available,
            maximum=most,
            updated=written.confirmed_at or instant(written.today, time(9)),
        )


def rows(written: Written, places: dict[str, dict[str, Any]], answers: str) -> Iterator[Model]:
    """Everything about one entry but its dates."""
    entry = written.entry
    yield _service(written)
    yield from _where(written)
    yield from _when(written)
    yield from _reach(written, answers)
    yield from _say(written)
    yield from _give(written)
    yield visits.guide(entry, places[entry["at"][0]])
    yield from tags.of_entry(entry, written.rules, places[entry["at"][0]]["flags"])
    yield Keeper(
        id=uid("keeper", entry["id"]),
        service_id=written.own,
        name=f"{entry['name']}の世話役（架空）",
        email=f"{entry['id']}@example.jp",
    )
