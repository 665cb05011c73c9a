"""Where somebody stands in the guide. Her answers are only in the address; this replays them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsunagari.directory.guiding.book import Book, Question

ENTRANCES = ("self", "under18", "someone", "company")
_ALSO = {"family": "someone", "me": "self", "youth": "under18"}
SKIPPED = "-"
MOST = 5


@dataclass(frozen=True, slots=True)
class Walk:
    """`steps` as in the address (an answer or a skip per question), `given` the answers alone; `question` is the
    next one, None at the end; `danger`: an answer said that somebody is in danger now."""

    entrance: str
    steps: tuple[str, ...]
    given: tuple[str, ...]
    question: Question | None
    danger: bool
    total: int

    @property
    def number(self) -> int:
        return min(len(self.steps) + 1, self.total)


def entrance(code: str) -> str:
    """The entrance of this name; empty when nobody has chosen one yet."""
    code = _ALSO.get(code, code)
    return code if code in ENTRANCES else ""


def holds(condition: Mapping[str, Sequence[str]], given: set[str]) -> bool:
    """Whether a question is to be asked after these answers."""
    return (
        given.issuperset(condition.get("all") or ())
        and (not condition.get("any") or not given.isdisjoint(condition["any"]))
        and given.isdisjoint(condition.get("not") or ())
    )


def _next(book: Book, door: str, asked: set[str], given: set[str]) -> Question | None:
    for question in book.questions:
        if question.code in asked or (question.entrances and door not in question.entrances):
            continue
        if question.answers and holds(question.ask_if, given):
            return question
    return None


def walk(book: Book, door: str, steps: Sequence[str]) -> Walk:
    """Replay the steps. A step that answers no question (an old link, a typing slip) ends the replay there, and the
    question that was due is asked."""
    asked: set[str] = set()
    given: list[str] = []
    taken: list[str] = []
    question = _next(book, door, asked, set())
    for step in steps[:MOST]:
        if question is None or (step != SKIPPED and step not in {answer.code for answer in question.answers}):
            break
        asked.add(question.code)
        taken.append(step)
        if step != SKIPPED:
            given.append(step)
        question = _next(book, door, asked, set(given))
    if len(taken) >= MOST:
        question = None
    danger = any(book.answers[code].flag == "danger_now" for code in given)
    return Walk(door, tuple(taken), tuple(given), question, danger, _total(book, door, asked, given))


def _total(book: Book, door: str, asked: set[str], given: Sequence[str]) -> int:
    """How many questions there will be if she answers nothing more: at most five."""
    asked, count = set(asked), len(asked)
    while count < MOST and (question := _next(book, door, asked, set(given))):
        asked.add(question.code)
        count += 1
    return max(count, 1)
