"""What a walk over a text has gathered, and how it becomes statements."""

import re
from dataclasses import replace

from .daywords import Day, day
from .phrases import Cursor
from .statements import Group, Hours, Says, Statement, Subject, split_shut
from .subjects import weekdays
from .tokens import Token

_LABELLED = {"weekday", "nthday", "monthday", "every", "holiday", "enday"}
_BEFORE_DAYS = ("blank", "noise", "every")
_MOVES = re.compile("[休閉]館|休[業所園室みで日]*$|とする|とします")


class Saying(Cursor):
    """The state of the walk. `statements` holds what is said, `unread` the numbers of tokens that mean nothing here,
    `bad` the strips (pieces between line ends and brackets) that cannot be told for certain."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.statements: list[Statement] = []
        self.unread: set[int] = set()
        self.bad: set[int] = set()
        self._strip = 0
        self._group = Group()
        self._hours: list[tuple[Hours, int, int, int]] = []  # not yet given to days: hours, start, end, strip
        self._slot: Statement | None = None
        self._outer: list[tuple[Group, list[tuple[Hours, int, int, int]], Statement | None]] = []
        self._moved: list[tuple[Statement, Group]] = []

    def _spoil(self, *strips: int) -> None:
        self.bad.update(strips or (self._strip,))

    def _strange(self) -> None:
        """This token means nothing here, and its strip cannot be told for certain."""
        self._spoil()
        self.unread.add(self.at)

    def _state(
        self,
        says: Says,
        subjects: list[Subject],
        end: int,
        *,
        hours: Hours | None = None,
        detail: str = "",
        group: Group | None = None,
    ) -> Statement:
        group = group or self._group
        strips = frozenset(group.strips | {self._strip})
        start = min((subject.place for subject in subjects), default=group.start)
        said = Statement(says, tuple(subjects), min(start, end), end, strips, hours, group.about, detail)
        self.statements.append(said)
        return said

    def _say_open(self, hours: Hours, start: int, end: int) -> None:
        subjects = list(self._group.subjects)
        said = self._state("open", subjects, max(end, subjects[-1].place), hours=hours)
        self.statements[-1] = self._slot = replace(said, start=min(said.start, start))
        self._not_moved()

    def _not_moved(self) -> None:
        """What moves to the next day was held, not shut: no words for that here."""
        for moved, group in self._moved:
            if group is self._group:
                self._spoil(*moved.strips)

    def _on_shut(self, token: Token) -> None:
        self._shut(token, excepting=False)

    def _on_except(self, token: Token) -> None:
        self._shut(token, excepting=True)

    def _shut(self, token: Token, *, excepting: bool) -> None:
        group = self._group
        if not group.subjects:
            english = token.text.isascii()
            if token.text[-1] == "日" and self.kind(self.past(1)) in _LABELLED:
                self._on_label(token)
                return
            first = not self.at or self.tokens[self.at - 1].kind in ("hard", "line", "left", "blank", "join")
            if english and first:
                group.label = True
            else:
                self._strange()
            return
        held = 0 if group.label else split_shut(group, excepting=excepting)
        if token.text.isascii() and not group.label and self.kind(self.past(1, _BEFORE_DAYS)) in _LABELLED | {"ennth"}:
            held = None  # "Mon-Fri closed on holidays": English says what is shut afterwards
        if held is None:
            self._spoil(*group.strips, self._strip)
            self._state("shut", list(group.subjects), token.end)
            group.clear()
            return
        self._moved = [(said, of) for said, of in self._moved if of is not group]
        self._state("shut", group.subjects[held:], token.end)
        group.subjects, group.gaps, group.about = group.subjects[:held], group.gaps[:held], False

    def _on_label(self, token: Token) -> None:
        if self._group.subjects:
            self._end_sentence()
        self._group.label = True

    def _on_open(self, token: Token) -> None:
        group = self._group
        if group.subjects:
            says: Says = "stays_open" if group.named() == {"holiday"} else "open"
            self._state(says, list(group.subjects), token.end)
            group.clear()

    def _on_unsure(self, token: Token) -> None:
        if self._group.named() == {"holiday"}:
            self._state("unsure", list(self._group.subjects), token.end)
            self._group.clear()
        else:
            self._strange()

    def _on_only(self, token: Token) -> None:
        if not self._group.subjects or self._group.named() & {"date", "months", "vague"}:
            self._strange()

    def _on_counted(self, token: Token) -> None:
        found = day(token.text.split("から")[0])
        if found and found.year:
            self._state("counted", [Subject("date", first=found, last=found, place=token.start)], token.end)
        else:
            self._strange()

    def _on_openthen(self, token: Token) -> None:
        days = weekdays(re.split("祝|国民|休日", token.text)[0]) or self._context()
        if days:
            self._state("after", [Subject("week", days, place=token.start)], token.end, detail="open")
        else:
            self._strange()

    def _on_after(self, token: Token) -> None:
        head = re.split("祝|国民|休日", token.text)[0]
        days = weekdays(head) or self._context()
        workday = "平日" in token.text
        if not days or (workday and {"FR", "SA", "SU"} & set(days)):
            self._strange()
            return
        plus = "+" if workday or "でない日" in token.text else ""
        said = self._state("after", [Subject("week", days, place=token.start)], token.end, detail=plus)
        held = self._outer[-1][0] if self._outer and self._outer[-1][0].subjects else None
        if held and not held.label and not _MOVES.search(token.text.split("翌")[-1]):
            self._moved.append((said, held))

    def _context(self) -> tuple[str, ...]:
        """The weekdays last spoken of: 「月曜休館（祝日の場合は翌日）」."""
        for group in (self._group, self._outer[-1][0] if self._outer else self._group):
            weeks = [subject for subject in group.subjects if subject.kind == "week"]
            if weeks:
                return weeks[-1].days
        if self.statements and self.statements[-1].says == "shut":
            weeks = [subject for subject in self.statements[-1].subjects if subject.kind == "week"]
            return weeks[-1].days if weeks else ()
        return ()

    # --- ends -----------------------------------------------------------------------------------------------

    def _end_sentence(self) -> None:
        group = self._group
        end = self.tokens[self.at - 1].end if self.at else 0
        if group.subjects and group.label:
            self._state("shut", list(group.subjects), end)
        elif group.subjects and self._hours:
            for hours, start, _, strip in self._hours:
                group.strips.add(strip)
                self._say_open(hours, start, end)
        elif group.subjects and not self._say_valid(group):
            self._state("open", list(group.subjects), end)
            self._not_moved()
        if self._hours and (group.label or not group.subjects):
            for hours, start, last, strip in self._hours:
                self.statements.append(Statement("hours", (), start, last, frozenset({strip}), hours))
        self._hours = []
        group.clear()
        group.label = False

    def _say_valid(self, group: Group) -> bool:
        """Dates with their year and nothing said of them: from when to when the rules hold."""
        if len(group.subjects) != 1 or group.subjects[0].kind != "date":
            return False
        one = group.subjects[0]
        dated = [end.on(end.year) for end in (one.first, one.last) if isinstance(end, Day) and end.year]
        if len(dated) != 2 or None in dated:
            return False
        strips = frozenset(group.strips | {self._strip})
        self.statements.append(Statement("valid", (one,), group.start, self.tokens[self.at - 1].end, strips))
        return True

    def _say_end(self, token: Token) -> bool:
        """「2026年8月5日から」, 「2026年9月30日まで」: the first or last day on which the rules hold."""
        if not self._say_valid(self._group):
            return False
        detail = "to" if token.kind == "until" else "from"
        self.statements[-1] = replace(self.statements[-1], detail=detail, end=token.end)
        self._group.clear()
        return True
