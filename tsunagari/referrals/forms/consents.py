"""The answers of a matrix of consent as they were given, cell by cell."""

from collections.abc import Mapping

from tsunagari.referrals.actions.consents import Cell
from tsunagari.referrals.terms import AskedHow, Item, Purpose


def answers(data: Mapping[str, str]) -> dict[Cell, bool]:
    """What was answered; a cell that nobody asked about is not in it."""
    cells = {(item.value, purpose.value): data.get(f"{item}-{purpose}", "") for item in Item for purpose in Purpose}
    return {cell: said == "yes" for cell, said in cells.items() if said in ("yes", "no")}


def how(data: Mapping[str, str]) -> AskedHow:
    """How it was asked; read aloud where nobody said."""
    said = data.get("how", "")
    return AskedHow(said) if said in AskedHow.values else AskedHow.ALOUD
