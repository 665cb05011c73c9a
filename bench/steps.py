"""The guide: its 300 rules against the same rules as plain functions, and its last screen against hello."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import load, towns
from bench.towns import Town

Found = dict[str, Any]

_STEP = """
from bench import steps
print(json.dumps(steps.rules_alone({rounds})))
"""
_WALKS = """
from tsunagari.directory.guiding.book import read_book
from bench import steps
print(json.dumps([[door, *codes] for door, codes in steps.walks(read_book())]))
"""


def walks(book: Any) -> list[tuple[str, list[str]]]:
    """Forty ways through the guide, to its end: at each question another answer."""
    from tsunagari.directory.guiding.walk import walk

    found = []
    for door in ("self", "under18", "someone", "company"):
        for turn in range(10):
            steps: list[str] = []
            while (at := walk(book, door, steps)).question is not None:
                safe = [one for one in at.question.answers if one.flag != "danger_now"]
                steps.append(safe[(turn + len(steps)) % len(safe)].code)
            found.append((door, steps))
    return found


def rules_alone(rounds: int) -> Found:
    """A step as our functions do it (replay, next question, rules, five best) against the bare rules."""
    from tsunagari.directory.guiding.book import Book, read_book
    from tsunagari.directory.guiding.compiled import Rule
    from tsunagari.directory.guiding.walk import walk
    from tsunagari.directory.showing.guided import _best

    book = read_book()
    rules = list(book.rules)
    more = [Rule(f"{r.code}+{n}", r.condition, r.suggests, r.whys, r.says) for n in range(9) for r in book.rules]
    book = Book.of(book.questions, [*rules, *more][:300])
    asked = walks(book)
    functions = [_function(rule) for rule in book.rules]

    def step() -> None:
        for door, steps in asked:
            _best(book.scores(walk(book, door, steps).given)[0], "category")[:5]

    def alone() -> None:
        for _door, steps in asked:
            given = frozenset(steps)
            [rule for rule, holds in zip(book.rules, functions, strict=True) if holds(given)]

    pairs = [(_each(step, len(asked)), _each(alone, len(asked))) for _ in range(rounds)]
    return {
        "rules": len(book.rules),
        "step_us": round(statistics.median(a for a, _ in pairs), 1),
        "alone_us": round(statistics.median(b for _, b in pairs), 1),
        "times_as_long": round(statistics.median(a / b for a, b in pairs), 2),
    }


def _function(rule: Any) -> Callable[[frozenset[str]], bool]:
    """One rule as somebody would write it by hand."""
    every, some, none = (frozenset(rule.condition.get(name) or ()) for name in ("all", "any", "not"))
    return lambda given: every <= given and (not some or bool(some & given)) and not (none & given)


def _each(work: Callable[[], None], count: int) -> float:
    """Microseconds each, over fifty passes."""
    work()
    start = time.process_time()
    for _ in range(50):
        work()
    return (time.process_time() - start) / 50 / count * 1e6


def guide_rules(town: Town, rounds: int, seconds: float) -> Found:
    """B8. The rules of one step."""
    from bench.pages import inside

    found: Found = inside(_STEP.format(rounds=rounds), town)
    return found


def guide_page(town: Town, rounds: int, seconds: float) -> Found:
    """B8. The page with five suggestions, and the page with the next question, against hello."""
    from bench.pages import inside

    asked = inside(_WALKS, town)
    ends = [f"/guide/?start={door}&{'&'.join(f'a={code}' for code in codes)}" for door, *codes in asked]
    questions = [f"/guide/?start={door}&a={codes[0]}" for door, *codes in asked if len(codes) > 1]
    with towns.web(town) as web, towns.web(town, settings="bench.hello_settings") as hello:
        return {
            "suggestions": load.compare((web, ends), (hello, ["/"]), rounds, seconds),
            "question": load.compare((web, questions), (hello, ["/"]), rounds, seconds),
        }
