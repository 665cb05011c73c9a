"""From tokens to statements: which days, which hours, open or shut. One walk over the text, no going back."""

from dataclasses import replace

from .phrases import read_hours, read_subject
from .saying import Saying
from .statements import Group, Hours, Statement
from .subjects import KANJI_DIGITS, said_pm
from .tokens import DANGER, Token

_COUNTED = {"weekday", "enday", "workdays", "weekend", "daily", "always", "nthday", "monthday", "vague"}
_SUBJECTS = _COUNTED | {"months", "date", "holiday", "restday", "ennth"}
_OF_UNIT = {"week": ("week",), "month": ("nth", "monthday")}
_UNREAD = {"word", "lone", "other"}
_STRIPS = {"line", "hard", "left", "right"}


class Clauses(Saying):
    """The walk. Afterwards `doubts` are numbers of times, 「月2回」 as ("月", 2), that leave open which (0: no number),
    `doubtful` their tokens, and `strip_of` the strip of each token."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.doubts: list[tuple[str, int]] = []
        self.doubtful: set[int] = set()
        self.strip_of: list[int] = []
        self._gap = ""
        self._marked = False
        self._every_year = False
        self._interval = 1
        self._unit = ""
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
        if kind in _SUBJECTS or (kind == "dayonly" and self._in_month()):
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

    def _on_yearly(self, token: Token) -> None:
        self._every_year = True

    def _on_interval(self, token: Token) -> None:
        digit = token.text[0]
        self._interval = int(digit) if digit.isdigit() else 2
        self._marked, self._unit = True, "month" if "月" in token.text else "week"
        if "おき" in token.text:  # 2週おき is every second week to some, every third to others
            self._strange()

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
            if self._interval > 1 and subject.kind not in _OF_UNIT[self._unit]:
                self._spoil()  # 「隔週 第2水曜」
            subject = replace(subject, marked=True, interval=self._interval)
        elif self._group.subjects and not self._gap and self._group.subjects[-1].kind == subject.kind:
            subject = replace(subject, interval=self._group.subjects[-1].interval)  # 隔月 第1月曜・第3水曜
        if self._every_year:
            subject = replace(subject, every_year=True)
        self._marked, self._interval, self._every_year = False, 1, False
        if self._slot and not self._group.subjects:
            self._slot = None
        self._group.add(subject, self._gap, self._strip, start)
        self._gap = ""
        self._advance(count)

    def _in_month(self) -> bool:
        """「隔月 1日・15日」: days of every second month."""
        last = self._group.subjects[-1] if self._group.subjects else None
        follows = last is not None and last.kind == "monthday" and last.interval > 1 and not self._gap
        return follows or (self._interval > 1 and self._unit == "month")

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
