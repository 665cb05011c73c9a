"""Dates of events out of the three cells of a list: days, beginning, end."""

from datetime import date, time, timedelta

from .cells import Cell, date_text, is_blank, time_text
from .clocks import Clock, as_time, span
from .daywords import Day, with_year
from .eventparts import Item, Slot
from .eventtext import EventText
from .folding import tidy
from .holidays import is_holiday
from .notes import LONGEST, stretches
from .rules import WEEKDAYS, Dates, Occurrence

MAX_DAYS = 400  # of one stretch; an exhibition is shorter, and a longer one is no date to go to
MAX_OCCURRENCES = 2000  # of one event; more is no list of dates to go to, and stays a note
MAX_NAMED = 100  # dates, slots and exceptions that a text may name
WRONG_WEEKDAY = "（日付と曜日が合いません）"


def read_event_dates(days: Cell, start: Cell = None, end: Cell = None, *, around: date) -> Dates:
    """The certain dates of an event, every day of a stretch by itself, with the times of that day.

    A date without a year takes the year before, of, or after `around` in which every weekday named is right, the
    nearest to `around`; when none is, nothing is dated and a note says so. 「8月16日まで」 and 「8月5日から」 give that
    one day, since the days before or after it are not said; so does a stretch of more than 400 days or one narrowed
    by words not understood give its first and last day. The text of these stays a note. Times that could be two
    (「6時」) are left out. When the days' cell holds no date, dates in the cell of beginnings are taken."""
    texts = [date_text(days), time_text(start), time_text(end)]
    if sum(map(len, texts)) > LONGEST:
        return Dates(notes=tuple(text.strip() for text in texts if text.strip()))
    cells = [EventText("" if is_blank(text) else text) for text in texts]
    dated = cells[0] if cells[0].items or not cells[1].items else cells[1]
    notes: list[str] = []
    sources: list[str] = []
    if not dated.items or any(_named(cell) > MAX_NAMED for cell in cells):
        return _all_noted(cells)
    found = _resolve(dated, around)
    if found is None:
        notes = [tidy(dated.text) + WRONG_WEEKDAY] + [tidy(c.text) for c in cells if c is not dated and tidy(c.text)]
        return Dates(notes=tuple(notes))
    slots, unclear = _slots(dated, cells[1], cells[2])
    times = max(len(slots), max(len(item.slots) for item in dated.items), 1)
    if sum(len(dates) for _, dates in found) * times > MAX_OCCURRENCES:
        return _all_noted(cells)
    occurrences = {one for item, dates in found for day in dates for one in _at(day, item, slots, cells)}
    for cell in cells:
        whole = cell in unclear or (cell is dated and any(_uncertain(item, cell) for item in cell.items))
        part = _split(cell, whole=whole or (cell is cells[0] and cell is not dated))
        notes += part[0]
        sources += part[1]
    ordered = sorted(occurrences, key=lambda one: (one.day, one.starts or time(), one.label, one.ends or time()))
    return Dates(tuple(ordered), tuple(notes), tuple(sources))


def _named(cell: EventText) -> int:
    return len(cell.items) + len(cell.without) + len(cell.otherwise) + sum(len(item.slots) for item in cell.items)


def _all_noted(cells: list[EventText]) -> Dates:
    return Dates(notes=tuple(tidy(cell.text) for cell in cells if tidy(cell.text)))


def _split(cell: EventText, *, whole: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not tidy(cell.text):
        return (), ()
    if whole:
        return (tidy(cell.text),), ()
    return stretches(cell.text, cell.tokens, [at in cell.unread for at in range(len(cell.tokens))])


# --- days ---------------------------------------------------------------------------------------------------


def _uncertain(item: Item, cell: EventText) -> bool:
    """Whether only the days named of an item are certain, not those between, before or after."""
    return item.open_start or item.open_end or (item.is_span and cell.narrowed)


def _resolve(cell: EventText, around: date) -> list[tuple[Item, list[date]]] | None:
    """The dates of each item in the year nearest to `around` in which all weekdays are right."""
    best, distance = None, None
    for year in range(max(around.year - 1, 1), min(around.year + 1, 9998) + 1):
        found = _in_year(cell, year)
        if found is None:
            continue
        all_days = [one for _, dates in found for one in dates]
        away = min((abs((one - around).days) for one in all_days), default=0)
        if distance is None or away < distance:
            best, distance = found, away
    return best


def _in_year(cell: EventText, year: int) -> list[tuple[Item, list[date]]] | None:
    found: list[tuple[Item, list[date]]] = []
    before: date | None = None
    for item in cell.items:
        first = _place(item.first, year, before)
        last = _place(item.last, year, first) if item.is_span else first
        if first is None or last is None or last < first:
            return None
        before = last
        found.append((item, _days(first, last, cell, ends_only=_uncertain(item, cell))))
    spans = [(dates[0], dates[-1]) for item, dates in found if item.is_span and dates]
    for without in cell.without:
        fitting = _fitting(without, spans)
        if len(fitting) != 1:
            return None
        found = [(item, [one for one in dates if one != fitting[0] or not item.is_span]) for item, dates in found]
    return found


def _place(one: Day, year: int, before: date | None) -> date | None:
    """The date of a day that follows another: 「12月20日〜1月10日」 goes on into the next year."""
    if before is None:
        return one.on(year)
    month = one.month or before.month
    later = one.year is None and before.month - month > 6
    return with_year(one, before.year + (1 if later else 0)).on(year, month)


def _days(first: date, last: date, cell: EventText, *, ends_only: bool) -> list[date]:
    length = (last - first).days + 1
    if length > MAX_DAYS or ends_only:
        return sorted({first, last})
    days = [first + timedelta(days=step) for step in range(length)]
    if length == 1:
        return days
    only = {WEEKDAYS.index(name) for name in cell.only_weekdays} or set(range(7))
    without = {WEEKDAYS.index(name) for name in cell.without_weekdays}
    return [one for one in days if one.weekday() in only - without and not (cell.without_holidays and is_holiday(one))]


def _fitting(without: Day, spans: list[tuple[date, date]]) -> list[date]:
    """The days of the stretches an exception may mean: 「※10日（月）以外」."""
    return [
        one
        for first, last in spans
        for step in range((last - first).days + 1)
        for one in [first + timedelta(days=step)]
        if without.on(one.year, without.month or one.month) == one
    ]


# --- times --------------------------------------------------------------------------------------------------


def _slots(dated: EventText, start: EventText, end: EventText) -> tuple[list[Slot], list[EventText]]:
    """The slots of every day, and the cells of times that cannot be told for certain."""
    unclear = [cell for cell in (start, end) if cell is not dated and cell.narrowed]
    begins = [] if start in unclear or start is dated else start.slots
    finishes = [] if end in unclear else end.slots
    finishes = [Slot(None, slot.ends or slot.starts, slot.label) for slot in finishes]
    if not finishes or any(slot.ends for slot in begins):
        return begins, unclear + ([end] if finishes and end not in unclear else [])
    if not begins:
        own = start is dated or any(item.slots for item in dated.items)
        return ([], [*unclear, end]) if own or len(finishes) > 1 else (finishes, unclear)
    pairs = _pairs(begins, finishes)
    if pairs is None:
        return begins, [*unclear, end]
    wrong = [one for one in pairs if one.starts and one.ends and span(one.starts, one.ends) is None]
    return ([Slot(one.starts, None, one.label) for one in pairs], [*unclear, end]) if wrong else (pairs, unclear)


def _pairs(begins: list[Slot], finishes: list[Slot]) -> list[Slot] | None:
    """Beginnings and ends side by side; None when their numbers or labels do not fit."""
    if len(begins) != len(finishes):
        return None
    labelled = {slot.label for slot in finishes} - {""}
    if labelled and labelled != {slot.label for slot in begins}:
        return None
    ordered = finishes
    if labelled:
        by_label = {slot.label: slot for slot in finishes}
        ordered = [by_label[slot.label] for slot in begins]
    return [Slot(first.starts, last.ends, first.label) for first, last in zip(begins, ordered, strict=True)]


def _at(one: date, item: Item, slots: list[Slot], cells: list[EventText]) -> list[Occurrence]:
    chosen = item.slots or slots or [Slot(None)]
    other = _other_end(one, cells)
    result = []
    for slot in chosen:
        starts, ends = slot.starts, other or slot.ends
        both = span(starts, ends) if starts and ends else None
        if starts and ends and both is None:
            ends = None
        opens = both[0] if both else starts.minutes if starts else None
        closes = both[1] if both else ends.minutes if ends else None
        label = " ".join(part for part in (item.label, slot.label) if part)
        result.append(Occurrence(one, as_time(opens), as_time(closes), label))
    return result


def _other_end(one: date, cells: list[EventText]) -> Clock | None:
    """The closing time of that weekday or holiday, where the list names one: 「金、土は19:00まで」."""
    for cell in cells:
        for otherwise in cell.otherwise:
            if one.weekday() in otherwise.weekdays or (otherwise.holidays and is_holiday(one)):
                return otherwise.ends
    return None
