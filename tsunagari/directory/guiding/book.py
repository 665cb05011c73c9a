"""The whole guide in memory: read from the tables when staff changed something, compiled once."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Sum

from tsunagari.directory.guiding.compiled import Fires, Rule, compiled, mask
from tsunagari.directory.models import GuideAnswer, GuideQuestion, GuideRule

LOOK_AGAIN = 2.0  # seconds until a process notices what staff changed


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    texts: Mapping[str, str]
    adds: Mapping[str, float]
    flag: str


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    entrances: tuple[str, ...]
    ask_if: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    helps: Mapping[str, str]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Questions in their order, rules, and the compiled function over both. `bits` numbers the answers."""

    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    answers: Mapping[str, Answer]
    bits: Mapping[str, int]
    fires: Fires

    @classmethod
    def of(cls, questions: Sequence[Question], rules: Sequence[Rule]) -> "Book":
        answers = {answer.code: answer for question in questions for answer in question.answers}
        bits = {code: 1 << place for place, code in enumerate(answers)}
        return cls(tuple(questions), tuple(rules), answers, bits, compiled(rules, bits))

    def scores(self, given: Sequence[str]) -> tuple[dict[str, float], list[Rule]]:
        """What the answers point to: term → weight, and the rules that hold."""
        found: dict[str, float] = {}
        holding = [self.rules[place] for place in self.fires(mask(given, self.bits))]
        for adds in (
            *(self.answers[code].adds for code in given if code in self.answers),
            *(r.suggests for r in holding),
        ):
            for term, weight in adds.items():
                found[term] = found.get(term, 0.0) + weight
        return found, holding


def read_book() -> Book:
    """The guide as the tables hold it now."""
    answers: dict[Any, list[Answer]] = {}
    for row in GuideAnswer.objects.order_by("question_id", "order", "pk"):
        answers.setdefault(row.question_id, []).append(Answer(row.code, row.texts, row.adds, row.flag))
    questions = [
        Question(q.code, tuple(q.entrances), q.ask_if, q.texts, q.helps, tuple(answers.get(q.pk, ())))
        for q in GuideQuestion.objects.order_by("order", "code")
    ]
    rules = [
        Rule(r.code, r.condition, _as_terms(r.suggests), r.whys, r.says) for r in GuideRule.objects.order_by("code")
    ]
    return Book.of(questions, rules)


def _as_terms(suggests: Mapping[str, float]) -> dict[str, float]:
    """Rules name categories by their bare code."""
    return {code if ":" in code else f"category:{code}": weight for code, weight in suggests.items()}


class _Kept:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.book: Book | None = None
        self.version: object = None
        self.looked = 0.0


_kept = _Kept()


def _version() -> object:
    asked = GuideQuestion.objects.aggregate(Sum("version"), Count("pk"))
    mapped = GuideRule.objects.aggregate(Sum("version"), Count("pk"))
    given = GuideAnswer.objects.aggregate(Count("pk"), Max("pk"))
    return tuple(asked.values()), tuple(mapped.values()), tuple(given.values())


def the_book() -> Book:
    """The guide, as fresh as two seconds ago."""
    with _kept.lock:
        if _kept.book is None or time.monotonic() - _kept.looked > LOOK_AGAIN:
            version = _version()
            if _kept.book is None or version != _kept.version:
                _kept.book, _kept.version = read_book(), version
            _kept.looked = time.monotonic()
        return _kept.book


def forget() -> None:
    """Read the tables again at the next question: after an edit in this process, and between tests."""
    with _kept.lock:
        _kept.book = None
