"""One cell of an events list taken apart: dates and stretches of dates, slots of time, and what excepts some days."""

from dataclasses import replace

from .clocks import Clock, clock
from .daywords import Day, day
from .eventparts import Item, Otherwise, Segment, Slot
from .phrases import Cursor
from .rules import WEEKDAYS
from .subjects import WORKDAYS, said_pm, simple_subject
from .tokens import DANGER, Token, tokens

_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿")
_SILENT = frozenset(("noise", "join", "blank", "colon", "topic", "daily", "label"))
_NAMES = frozenset(("期間", "会期", "開催期間", "日程", "期日"))
_LABEL_LENGTH = 60
_MOST_TARGETS = 120  # days that share a time; a text with more is refused as a whole


class EventText(Cursor):
    """One cell. `items` are its dates, `slots` times before any date, `otherwise` other closing times; `without` days,
    `without_weekdays`, `without_holidays` and `only_weekdays` narrow the stretches. `narrowed` says that something
    narrows them that was not understood; `unread` are the numbers of tokens without meaning here."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(tokens(text))
        self.items: list[Item] = []
        self.slots: list[Slot] = []
        self.otherwise: list[Otherwise] = []
        self.without: list[Day] = []
        self.without_weekdays: set[str] = set()
        self.without_holidays = False
        self.only_weekdays: set[str] = set()
        self.narrowed = False
        self.unread: set[int] = set()
        self._segment = Segment()
        self._label = ""
        self._slot_label = ""
        self._ranging = False
        self._open_start = False
        self._every = False
        self._target: list[Item] = []
        self._timed = False
        self._halves = any(token.kind == "time" and said_pm(token) for token in self.tokens)
        while self.at < len(self.tokens):
            self.at += self._step(self.tokens[self.at])
        self._next_segment()
        self._find_danger()

    def _step(self, token: Token) -> int:
        """Take in the token; how many were used."""
        kind = token.kind
        if kind in ("date", "dayonly"):
            self._date(token)
        elif kind == "time" or (kind == "range" and self.kind(1) == "time"):
            return self._time()
        elif kind == "left" and token.text in "【[『":
            return self._bracketed()
        elif handler := getattr(self, f"_on_{kind}", None):
            handler(token)
        elif kind not in _SILENT:
            self._strange()
        elif token.text == "※":
            self._next_segment()
        return 1

    def _strange(self) -> None:
        self.unread.add(self.at)
        self.narrowed = True

    def _next_segment(self) -> None:
        """Weekdays nobody spoke about narrow the dates in a way not understood."""
        if self._segment.tokens:
            self.unread.update(self._segment.tokens)
            self.narrowed = True
        self._segment = Segment()

    # --- dates ----------------------------------------------------------------------------------------------

    def _date(self, token: Token) -> None:
        found = day(token.text)
        if found is None:
            self._strange()
            return
        if self._ranging and self._segment.items:
            item = self._segment.items[-1]
            item.last, item.open_end, self._ranging = found, False, False
            return
        item = Item(found, found, self._label, open_start=self._open_start)
        self._open_start = self._ranging = False
        self.items.append(item)
        self._segment.items.append(item)
        if self._timed:
            self._target, self._timed = [], False
        self._target.append(item)

    def _on_range(self, token: Token) -> None:
        ahead = 1
        while self.kind(ahead) in ("line", "blank") and ahead < 4:
            ahead += 1
        following = self.kind(ahead)
        if self._segment.items and not self._segment.items[-1].is_span:
            self._ranging = following in ("date", "dayonly")
            self._segment.items[-1].open_end = not self._ranging
        elif following == "date":
            self._open_start = True
        else:
            self.unread.add(self.at)

    def _on_until(self, token: Token) -> None:
        if self._target and not self._timed:
            item = self._target[-1]
            item.open_start = item.open_start or not item.is_span
        else:
            self.unread.add(self.at)

    def _on_line(self, token: Token) -> None:
        if not self._ranging:
            self._next_segment()

    def _on_left(self, token: Token) -> None:
        self._next_segment()

    _on_right = _on_hard = _on_left

    # --- days of the week, exceptions -----------------------------------------------------------------------

    def _on_weekday(self, token: Token) -> None:
        subject = simple_subject(token)
        if self._every and subject and self.items:
            self.only_weekdays.update(subject.days)
            self._every = False
            return
        self._segment.weekdays.update(subject.days if subject else ())
        self._segment.tokens.append(self.at)

    _on_enday = _on_weekday

    def _on_workdays(self, token: Token) -> None:
        self._segment.workdays = True
        self._segment.tokens.append(self.at)

    def _on_holiday(self, token: Token) -> None:
        self._segment.holidays = True
        self._segment.tokens.append(self.at)

    def _on_restday(self, token: Token) -> None:
        if self._segment.weekdays:
            self._on_holiday(token)
        else:
            self._strange()

    def _on_every(self, token: Token) -> None:
        self._every = token.text != "毎月"
        if not self._every:
            self._strange()

    def _on_except(self, token: Token) -> None:
        segment = self._segment
        days = [item for item in segment.items if not item.is_span]
        spans = [item for item in segment.items if item.is_span]
        if (
            segment.workdays
            or not (days or segment.weekdays or segment.holidays)
            or (spans and not segment.tokens and not days)
        ):
            self._strange()
            return
        for item in days:
            self.items.remove(item)
            self._target = [one for one in self._target if one is not item]
        self.without += [item.first for item in days]
        self.without_weekdays |= segment.weekdays
        self.without_holidays = self.without_holidays or segment.holidays
        segment.items, segment.weekdays, segment.holidays, segment.tokens = spans, set(), False, []

    _on_shut = _on_except

    def _on_only(self, token: Token) -> None:
        segment = self._segment
        if segment.holidays or segment.items or not (segment.weekdays or segment.workdays):
            self._strange()
            return
        self.only_weekdays |= set(WORKDAYS) if segment.workdays else segment.weekdays
        self.without_holidays = self.without_holidays or segment.workdays
        self._segment = Segment()

    # --- times ----------------------------------------------------------------------------------------------

    def _time(self) -> int:
        first, last, used = self._read_time()
        segment = self._segment
        if segment.tokens and first is None and last:
            chosen = frozenset(WEEKDAYS.index(name) for name in segment.weekdays)
            if segment.workdays:
                self._strange()
            else:
                self.otherwise.append(Otherwise(chosen, segment.holidays, last))
            self._segment = replace(segment, weekdays=set(), holidays=False, tokens=[])
            return used
        if (first is None and last is None) or segment.tokens:
            self.unread.update(range(self.at, self.at + used))
            self.narrowed = self.narrowed or bool(segment.tokens)
            return used
        slot = Slot(first, last, self._slot_label)
        self._slot_label = ""
        for item in self._target[-_MOST_TARGETS:]:
            item.slots.append(slot)
        if not self._target:
            self.slots.append(slot)
        self._timed = True
        return used

    def _read_time(self) -> tuple[Clock | None, Clock | None, int]:
        """Opening, closing, tokens used. A time that could be two is None."""
        at = 0
        first = None
        if self.kind(0) == "time":
            first, at = self._certain(self.tokens[self.at]), 1
            if self.kind(1) == "until":
                return None, first, 2
            if self.kind(1) != "range":
                return first, None, 1
        after = at + 1
        while self.kind(after) in ("blank", "line") and after < at + 3:
            after += 1
        if self.kind(after) != "time":
            return first, None, at + 1
        last = clock(self.tokens[self.at + after].text)
        if at and first is None:
            first = clock(self.tokens[self.at].text)
        return first, last, after + (2 if self.kind(after + 1) == "until" else 1)

    def _certain(self, token: Token) -> Clock | None:
        """A time said alone; beside times with 午後, an hour up to twelve without it may be either."""
        found = clock(token.text)
        if found is None or not found.sure or (self._halves and not found.half and found.minutes <= 12 * 60):
            return None
        return found

    # --- words ----------------------------------------------------------------------------------------------

    def _bracketed(self) -> int:
        """【…】 names what the dates after it are."""
        end = self.at + 1
        while end < len(self.tokens) and self.tokens[end].kind != "right" and end - self.at < _LABEL_LENGTH:
            end += 1
        if end >= len(self.tokens) or self.tokens[end].kind != "right":
            self.unread.add(self.at)
            return 1
        self._label = self.text[self.tokens[self.at].end : self.tokens[end].start].strip()
        self._next_segment()
        return end + 1 - self.at

    def _on_word(self, token: Token) -> None:
        if token.text in _CIRCLED and self.kind(1) in ("time", "blank"):
            self._slot_label = token.text
        else:
            self.unread.add(self.at)

    def _on_lone(self, token: Token) -> None:
        self.unread.add(self.at)

    def _find_danger(self) -> None:
        run: list[int] = []
        for at in [*sorted(self.unread), len(self.tokens) + 1]:
            if run and at != run[-1] + 1:
                words = "".join(self.tokens[one].text for one in run)
                if words in _NAMES:
                    self.unread.difference_update(run)
                self.narrowed = self.narrowed or (words not in _NAMES and bool(DANGER.search(words)))
                run = []
            run.append(at)
