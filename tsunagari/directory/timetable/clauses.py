"""From tokens to statements: which days, which hours, open or shut. One walk over the text, no going back."""

import re
from dataclasses import replace

from .daywords import Day, day
from .phrases import Cursor, read_hours, read_subject
from .statements import Group, Hours, Says, Statement, Subject, split_shut
from .subjects import KANJI_DIGITS, said_pm, weekdays
from .tokens import Token

# Words that may change which days or hours are meant: what stands beside them is not read.
DANGER = re.compile(
    r"[0-9週曜祝休隔季期除外翌昼夕夜朝]|午[前後]|上旬|中旬|下旬|初旬|月初|月末|当日|のみ|だけ|場合|不定|以降|以前|ごと|おき|頃|ごろ|予定|程度|約"
    r"|春|夏|秋|冬|\b(?:week|month|year|day|night|unless|if|when|some|first|last|next)"
)
_COUNTED = {"weekday", "enday", "workdays", "weekend", "daily", "always", "nthday", "monthday", "vague"}
_SUBJECTS = _COUNTED | {"months", "date", "holiday", "restday", "ennth"}
_LABELLED = {"weekday", "nthday", "monthday", "every", "holiday", "enday"}
_UNREAD = {"word", "lone", "other"}
_STRIPS = {"line", "hard", "left", "right"}


class Clauses(Cursor):
    """The walk. Afterwards `statements` holds what is said, `unread` the numbers of tokens that mean nothing here,
    `bad` the strips that cannot be told for certain. `doubts` are numbers of times, 「月2回」 as ("月", 2), that leave
    open which (0: no number), and `doubtful` their tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.statements: list[Statement] = []
        self.unread: set[int] = set()
        self.bad: set[int] = set()
        self.doubts: list[tuple[str, int]] = []
        self.doubtful: set[int] = set()
        self.strip_of: list[int] = []
        self._strip = 0
        self._gap = ""
        self._group = Group()
        self._hours: list[tuple[Hours, int, int, int]] = []
        self._slot: Statement | None = None
        self._outer: list[tuple[Group, list[tuple[Hours, int, int, int]], Statement | None]] = []
        self._marked = False
        self._interval = 1
        self._other = False  # 「図書室は…」: what follows is said of something else
        self._moved: list[tuple[Statement, Group]] = []
        self._halves = any(token.kind == "time" and said_pm(token) for token in tokens)
        while self.at < len(tokens):
            self._step(tokens[self.at])
        self._end_sentence()
        self._find_danger()

    # --- the walk -------------------------------------------------------------------------------------------

    def _step(self, token: Token) -> None:
        kind = token.kind
        if kind in _SUBJECTS:
            self._subject(token)
        elif kind in ("time", "h24") or (kind == "range" and self.kind(1) == "time"):
            self._times(token)
        elif handler := getattr(self, f"_on_{kind}", None):
            handler(token)
            self._advance()
        else:
            if kind in ("range", "until") and self._say_end(token):
                pass
            elif kind in ("vaguetime", "range", "until", "dayonly"):
                self.bad.add(self._strip)
                self.unread.add(self.at)
            self._advance()

    def _advance(self, count: int = 1) -> None:
        for token in self.tokens[self.at : self.at + count]:
            if token.kind in _STRIPS:
                self._strip += 1
            self.strip_of.append(self._strip)
        self.at += count

    def _spoil(self, *strips: int) -> None:
        self.bad.update(strips or (self._strip,))

    # --- separators -----------------------------------------------------------------------------------------

    def _on_blank(self, token: Token) -> None:
        self._gap = self._gap or " "

    def _on_join(self, token: Token) -> None:
        self._gap = "," if token.text in "、," else self._gap if self._gap == "," else ""

    def _on_line(self, token: Token) -> None:
        self._gap, self._other = "\n", False
        if self._group.label and self._group.subjects:
            self._end_sentence()

    def _on_hard(self, token: Token) -> None:
        self._end_sentence()
        self._slot, self._other = None, False

    def _on_topic(self, token: Token) -> None:
        if self._group.subjects:
            self._group.about = self._group.about or token.text == "は"
        elif self.at and self.tokens[self.at - 1].kind in _UNREAD and token.text == "は":
            self._other = True

    def _on_word(self, token: Token) -> None:
        self.unread.add(self.at)
        self._slot = None

    _on_lone = _on_word

    def _on_every(self, token: Token) -> None:
        self._marked = True

    def _on_interval(self, token: Token) -> None:
        digit = token.text[0]
        self._interval = int(digit) if digit.isdigit() else 2
        self._marked = True
        if "おき" in token.text:  # 2週おき is every second week to some, every third to others
            self._spoil()
            self.unread.add(self.at)

    def _on_doubt(self, token: Token) -> None:
        number = token.text.rstrip("回日")[-1].translate(KANJI_DIGITS)
        self.doubts.append((token.text[0], int(number) if number.isdigit() else 0))
        self.doubtful.add(self.at)

    # --- brackets -------------------------------------------------------------------------------------------

    def _on_left(self, token: Token) -> None:
        self._outer.append((self._group, self._hours, self._slot))
        self._group, self._hours, self._slot, self._gap = Group(), [], None, ""

    def _on_right(self, token: Token) -> None:
        if not self._outer:
            return
        inner, hours = self._group, self._hours
        self._group, self._hours, self._slot = self._outer.pop()
        outer = self._group
        if inner.label and not inner.subjects:
            outer.label = True
        if inner.subjects and inner.label:
            self._state("shut", list(inner.subjects), token.end, group=inner)
        elif inner.subjects:
            self._explain(inner, hours)
        elif hours and outer.subjects:
            for one in hours:
                self._say_open(one[0], one[1], one[2])
            outer.clear()
        else:
            self._hours = self._hours + hours

    def _explain(self, inner: Group, hours: list[tuple[Hours, int, int, int]]) -> None:
        """Subjects left over in brackets: they explain 年末年始, name the days of hours, or are the group itself."""
        outer = self._group
        if outer.subjects and outer.subjects[-1].kind == "vague" and inner.named() == {"date"} and not hours:
            outer.subjects[-1:] = inner.subjects
            outer.gaps += [""] * (len(inner.subjects) - 1)
            outer.strips |= inner.strips
        elif outer.subjects or self._slot:
            if not self._say_valid(inner):
                self._spoil(*inner.strips)
        else:
            self._group, self._hours = inner, self._hours + hours
            inner.label = inner.label or outer.label

    # --- days -----------------------------------------------------------------------------------------------

    def _subject(self, token: Token) -> None:
        start, begin = token.start, self.at
        subject, count = read_subject(self)
        if self._other:
            self._spoil()
        if subject is None or (token.kind == "restday" and not self._after_weekday()):
            self._spoil()
            self.unread.update(range(begin, begin + count))
            self._advance(count)
            return
        if self._marked or self._interval > 1:
            subject = replace(subject, marked=True, interval=self._interval)
        elif self._group.subjects and not self._gap and self._group.subjects[-1].kind == subject.kind:
            subject = replace(subject, interval=self._group.subjects[-1].interval)  # 隔月 第1月曜・第3水曜
        self._marked, self._interval = False, 1
        if self._slot and not self._group.subjects:
            self._slot = None
        self._group.add(subject, self._gap, self._strip, start)
        self._gap = ""
        self._advance(count)

    def _after_weekday(self) -> bool:
        """休日 alone may mean weekends; after 日曜 it is the holidays of the law."""
        last = self._group.subjects[-1] if self._group.subjects else None
        return last is not None and last.kind == "week" and not self._gap.strip(",")

    # --- hours ----------------------------------------------------------------------------------------------

    def _times(self, token: Token) -> None:
        start, begin = token.start, self.at
        hours, count = read_hours(self, twelve=self._halves)
        end = self.tokens[begin + count - 1].end
        if hours is None or self._other:
            self._spoil()
            self.unread.update(range(begin, begin + count))
        elif self._group.subjects and not self._group.label:
            if self._hours or "\n" in self._group.gaps[1:]:
                self._spoil(*self._group.strips, *(one[3] for one in self._hours))
            self._say_open(hours, start, end)
            self._group.clear()
        elif self._slot and not hours.partial:
            strips = self._slot.strips | {self._strip}
            self.statements.append(replace(self._slot, hours=hours, strips=strips, end=end))
        elif self._after_word() and (self._outer or self._hours or self.statements):
            # 「(ラストオーダー19:30)」, 「受付 9:30〜」: a time of something else
            self.unread.update(range(begin, begin + count))
            if self._outer:
                self._spoil()
        else:
            self._hours.append((hours, start, end, self._strip))
        self._advance(count)

    def _after_word(self) -> bool:
        before = self.at - 1
        while before >= 0 and self.tokens[before].kind in ("blank", "colon", "topic"):
            before -= 1
        return before in self.unread

    # --- what is said ---------------------------------------------------------------------------------------

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
                self._spoil()
                self.unread.add(self.at)
            return
        held = 0 if group.label else split_shut(group, excepting=excepting)
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
            self._spoil()
            self.unread.add(self.at)

    def _on_only(self, token: Token) -> None:
        if not self._group.subjects or self._group.named() & {"date", "months", "vague"}:
            self._spoil()
            self.unread.add(self.at)

    def _on_counted(self, token: Token) -> None:
        found = day(token.text.split("から")[0])
        if found and found.year:
            self._state("counted", [Subject("date", first=found, last=found, place=token.start)], token.end)
        else:
            self._spoil()
            self.unread.add(self.at)

    def _on_openthen(self, token: Token) -> None:
        days = self._context()
        if days:
            self._state("after", [Subject("week", days, place=token.start)], token.end, detail="open")
        else:
            self._spoil()
            self.unread.add(self.at)

    def _on_after(self, token: Token) -> None:
        head = re.split("祝|国民|休日", token.text)[0]
        days = weekdays(head) or self._context()
        workday = "平日" in token.text
        if not days or (workday and {"FR", "SA", "SU"} & set(days)):
            self._spoil()
            self.unread.add(self.at)
            return
        plus = "+" if workday or "でない日" in token.text else ""
        said = self._state("after", [Subject("week", days, place=token.start)], token.end, detail=plus)
        held = self._outer[-1][0] if self._outer and self._outer[-1][0].subjects else None
        if (
            held
            and not held.label
            and not re.search("[休閉]館|休[業所園室みで日]*$|とする|とします", token.text.split("翌")[-1])
        ):
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

    def _find_danger(self) -> None:
        """Unread words that may change the days or hours spoil their strip."""
        run: list[str] = []
        for at, token in enumerate(self.tokens):
            if at in self.unread and token.kind in ("word", "other"):
                run.append(token.text)
                continue
            if run and DANGER.search("".join(run)):
                self.bad.add(self.strip_of[at - 1])
            run = []
        if run and DANGER.search("".join(run)):
            self.bad.add(self.strip_of[-1])
