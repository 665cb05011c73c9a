"""The town's own words: lines, guide, readings. Staff change them here; seeding never overwrites what they changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.directory.actions.entries import Conflict
from tsunagari.directory.models import GuideQuestion, GuideRule, Line, ReadingOverride
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor


def _save(thing: Any, values: Mapping[str, Any], version: int) -> None:
    """Write the values unless somebody else was faster; then both texts come back in `Conflict`."""
    if thing.version != version:
        raise Conflict(thing, {name: getattr(thing, name) for name in values}, values)
    for name, value in values.items():
        setattr(thing, name, value)
    thing.version += 1
    thing.save()


@transaction.atomic
def edit_line(line: Line, *, values: Mapping[str, Any], version: int, by: Actor) -> Line:
    """Change a line. Whoever saves it has checked it today: the date of the last check says so."""
    line = Line.objects.select_for_update(of=("self",)).get(pk=line.pk)
    access.require(by, "line.edit", line)
    checked = {"checked_on": localdate(), "checked_by": by.account_id}
    was = (line.hidden_at or now(), line.hidden_by or by.account_id)
    hidden = dict(zip(("hidden_at", "hidden_by"), was if values["hidden"] else (None, None), strict=True))
    _save(line, {**{k: v for k, v in values.items() if k != "hidden"}, **checked, **hidden}, version)
    audit.record("line.edited", by=by, about=line)
    return line


@transaction.atomic
def edit_question(
    question: GuideQuestion,
    *,
    values: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, Any]],
    version: int,
    by: Actor,
) -> GuideQuestion:
    """Change the words of a question and of its answers. `answers`: by code, the fields to change."""
    question = GuideQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    access.require(by, "guide.edit", question)
    _save(question, values, version)
    for answer in question.answers.all():
        for name, value in answers.get(answer.code, {}).items():
            setattr(answer, name, value)
        answer.save()
    audit.record("guide.edited", by=by, about=question)
    return question


@transaction.atomic
def edit_mapping(mapping: GuideRule, *, values: Mapping[str, Any], version: int, by: Actor) -> GuideRule:
    """Change which answers lead to which suggestions, and the sentences that explain them."""
    mapping = GuideRule.objects.select_for_update(of=("self",)).get(pk=mapping.pk)
    access.require(by, "mapping.edit", mapping)
    _save(mapping, values, version)
    audit.record("mapping.edited", by=by, about=mapping)
    return mapping


@transaction.atomic
def correct_reading(*, surface: str, reading: str, by: Actor) -> ReadingOverride:
    """A reviewer says how a word is read; from now on it stands so above it, everywhere."""
    access.require_any(by, "reading.correct")
    found, _ = ReadingOverride.objects.update_or_create(
        surface=surface, defaults={"reading": reading, "set_at": now(), "set_by": by.who}
    )
    audit.record("reading.corrected", by=by, about=found)
    return found


@transaction.atomic
def remove_reading(override: ReadingOverride, *, by: Actor) -> None:
    """Take a correction back: the dictionary's reading stands again."""
    access.require(by, "reading.correct", override)
    audit.record("reading.removed", by=by, about=override)
    override.delete()
