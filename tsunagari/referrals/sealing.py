"""A person's words on their way into the database and out of it: sealed with the key of who holds the contact."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from tsunagari.kernel.vault import Box
from tsunagari.referrals.models import Handover, Slip
from tsunagari.referrals.terms import Item

_PURPOSE = "slip-name"


def write(slip: Slip, texts: Mapping[str, str]) -> None:
    """Seal these items into the slip (empty text: nothing is kept of it). The caller saves.

    The name also gets its keyed index, except for a protected person: she is found by no name.
    """
    box = Box(slip.sender_id)
    for item, text in texts.items():
        setattr(slip, Item(item).value, box.seal(text, slip, item) if text else None)
    if Item.NAME in texts:
        found = texts[Item.NAME] and slip.protected_at is None
        slip.name_index = box.blind_index(texts[Item.NAME], _PURPOSE) if found else None


def index_name(slip: Slip) -> None:
    """Make or drop the name's index as the protection says now. The caller saves."""
    name = read(slip, [Item.NAME]).get(Item.NAME, "")
    write(slip, {Item.NAME: name})


def read(slip: Slip, items: Iterable[str] = tuple(Item)) -> dict[str, str]:
    """The words of these items, those that were written. Whoever calls this has asked the door, which wrote it down."""
    box = Box(slip.sender_id)
    sealed = {item: getattr(slip, item) for item in items}
    return {item: box.open(bytes(one), slip, item) for item, one in sealed.items() if one}


def names(slips: Iterable[Slip]) -> dict[UUID, str]:
    """The names on these slips by their id, for a list whose reading was written down. One box an organisation."""
    named = [slip for slip in slips if slip.name]
    boxes = {sender: Box(sender) for sender in {slip.sender_id for slip in named}}
    return {slip.pk: boxes[slip.sender_id].open(bytes(slip.name or b""), slip, Item.NAME) for slip in named}


def name_index(sender_id: UUID, name: str) -> bytes:
    """By which an organisation finds the same name again among its own slips."""
    return Box(sender_id).blind_index(name, _PURPOSE)


def write_meeting(handover: Handover, slip: Slip, **texts: str) -> None:
    """Seal `where`, `companion` or `sentence` into a handover. The caller saves."""
    box = Box(slip.sender_id)
    for field, text in texts.items():
        setattr(handover, field, box.seal(text, handover, field) if text else None)


def read_meeting(handover: Handover, slip: Slip) -> dict[str, str]:
    """What was written about a first meeting."""
    box = Box(slip.sender_id)
    fields = {field: getattr(handover, field) for field in ("where", "companion", "sentence")}
    return {field: box.open(bytes(one), handover, field) for field, one in fields.items() if one}
