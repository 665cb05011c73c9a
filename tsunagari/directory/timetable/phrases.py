"""Days and hours that take several tokens: from … to …, "2nd and 4th Wednesday", 10時〜12時まで."""

from dataclasses import replace

from .clocks import DAY
from .daywords import day
from .rules import WEEKDAYS
from .statements import Hours, Subject
from .subjects import between, english_nth, hours_between, hours_from, hours_until, simple_subject
from .tokens import Token

_BLANK = ("blank", "line")


class Cursor:
    """A walk over tokens: `at` is the number of the one it stands on."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def kind(self, ahead: int) -> str:
        """The kind of the token so far ahead, "" behind the last."""
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def token(self, ahead: int) -> Token:
        """The token so far ahead."""
        return self.tokens[self.at + ahead]

    def past(self, ahead: int, kinds: tuple[str, ...] = _BLANK) -> int:
        """How far ahead the first token is that is not of these kinds; at most two are passed over."""
        for _ in range(2):
            if self.kind(ahead) in kinds:
                ahead += 1
        return ahead


def read_subject(here: Cursor) -> tuple[Subject | None, int]:
    """The days named from here, and how many tokens name them; None when there are no such days."""
    token = here.token(0)
    if token.kind == "ennth":
        return _english_nth(here)
    subject = simple_subject(token)
    if subject is None or token.kind not in ("date", "months", "enday"):
        return subject, 1
    mark = here.past(1)
    if here.kind(mark) != "range":
        return subject, 1
    if token.kind == "date":
        return _date_span(here, subject, mark)
    far = here.past(mark + 1)
    last = simple_subject(here.token(far)) if here.kind(far) == token.kind else None
    return (_through(subject, last), _with_until(here, far)) if last else (subject, 1)


def _with_until(here: Cursor, ahead: int) -> int:
    return ahead + (2 if here.kind(ahead + 1) == "until" else 1)


def _through(first: Subject, last: Subject) -> Subject:
    if first.kind == "months":
        return replace(first, months=(first.months[0], last.months[1]))
    return replace(first, days=between(WEEKDAYS.index(first.days[0]), WEEKDAYS.index(last.days[0])))


def _date_span(here: Cursor, first: Subject, mark: int) -> tuple[Subject | None, int]:
    """A date, or dates from … to …; 「12月29日から翌年の1月3日まで」 is one subject."""
    far = here.past(mark + 1, (*_BLANK, "noise"))
    if here.kind(far) not in ("date", "dayonly"):
        return first, 1
    last = day(here.token(far).text)
    if last and last.month is None and first.first:
        last = replace(last, month=first.first.month, year=last.year or first.first.year)
    return (replace(first, last=last) if last and last.yearly else None), _with_until(here, far)


def _english_nth(here: Cursor) -> tuple[Subject | None, int]:
    numbers, ahead = [], 0
    while here.kind(ahead) in ("ennth", "join", "blank") and ahead < 12:
        if here.kind(ahead) == "ennth":
            numbers.append(english_nth(here.token(ahead).text))
        ahead += 1
    name = simple_subject(here.token(ahead)) if here.kind(ahead) == "enday" else None
    if name is None:
        return None, 1
    days = tuple(f"{number}{name.days[0]}" for number in sorted(set(numbers)))
    return Subject("nth", days, place=here.token(0).start), ahead + 1


def read_hours(here: Cursor, *, twelve: bool) -> tuple[Hours | None, int]:
    """Hours from here, and how many tokens say them; None when they could mean two things."""
    token = here.token(0)
    if token.kind == "h24":
        return Hours(0, DAY), 1
    if token.kind == "range":
        return hours_until(here.token(1)), 3 if here.kind(2) == "until" else 2
    mark = here.past(1)
    if here.kind(mark) == "until":
        return hours_until(token), mark + 1
    if here.kind(mark) != "range":
        return hours_from(token), 1
    far = here.past(mark + 1)
    if here.kind(far) == "time":
        return hours_between(token, here.token(far), twelve=twelve), _with_until(here, far)
    return (None if here.kind(far) == "vaguetime" else hours_from(token)), mark + 1
