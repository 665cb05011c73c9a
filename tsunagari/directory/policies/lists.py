"""What belongs to the town as a whole: lists taken in, the guide, the lines, the readings."""

from django.db.models import Q

from tsunagari.accounts.terms import Duty
from tsunagari.directory.models import GuideQuestion, GuideRule, ImportBatch, ImportConflict, Line, ReadingOverride
from tsunagari.directory.policies.entries import edits_everything
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule


def _town(actor: Actor) -> Q:
    return EVERYBODY if edits_everything(actor) else NOBODY


@rule("list.read", ImportBatch)
def read_list(actor: Actor) -> Q:
    """The town's editors see which lists were taken in."""
    return _town(actor)


@rule("list.take_in", ImportBatch)
def take_in(actor: Actor) -> Q:
    """The town's editors take lists in and give them out."""
    return _town(actor)


@rule("list.hand_over", ImportBatch)
def hand_over(actor: Actor) -> Q:
    """Only the secretariat gives lists out with the addresses that are hidden, when the directory moves elsewhere."""
    return EVERYBODY if Duty.SECRETARIAT in actor.duties else NOBODY


@rule("conflict.read", ImportConflict)
def read_conflict(actor: Actor) -> Q:
    """The town's editors see where a list and their own edits disagree."""
    return _town(actor)


@rule("conflict.decide", ImportConflict)
def decide_conflict(actor: Actor) -> Q:
    """The town's editors decide which of the two holds."""
    return _town(actor)


@rule("guide.read", GuideQuestion)
def read_guide(actor: Actor) -> Q:
    """The town's editors see the questions of the guide in the workshop."""
    return _town(actor)


@rule("guide.edit", GuideQuestion)
def edit_guide(actor: Actor) -> Q:
    """The town's editors change questions and answers of the guide."""
    return _town(actor)


@rule("mapping.read", GuideRule)
def read_mapping(actor: Actor) -> Q:
    """The town's editors see which answers lead to which suggestions."""
    return _town(actor)


@rule("mapping.edit", GuideRule)
def edit_mapping(actor: Actor) -> Q:
    """The town's editors change which answers lead to which suggestions."""
    return _town(actor)


@rule("line.read", Line, anonymous=True)
def read_line(actor: Actor) -> Q:
    """Anyone sees the lines that are not hidden; the town's editors see all."""
    return EVERYBODY if edits_everything(actor) else Q(hidden_at=None)


@rule("line.edit", Line)
def edit_line(actor: Actor) -> Q:
    """The town's editors keep numbers, hours and the date of the last check."""
    return _town(actor)


@rule("reading.read", ReadingOverride)
def read_reading(actor: Actor) -> Q:
    """The town's editors see the corrected readings."""
    return _town(actor)


@rule("reading.correct", ReadingOverride)
def correct_reading(actor: Actor) -> Q:
    """The town's editors correct a reading; it holds everywhere."""
    return _town(actor)
