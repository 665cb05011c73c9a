"""Who takes over, chosen from a row of the town's page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

Person = tuple[UUID, UUID]  # organisation, account


class HandOverForm(forms.Form):
    """One person at one organisation: `to` is both, since the same person may act for several."""

    to = forms.ChoiceField()

    def __init__(self, data: Any, people: Iterable[Person]) -> None:
        super().__init__(data)
        self._people = {f"{place}:{person}": (place, person) for place, person in people}
        self.fields["to"].choices = [(key, key) for key in self._people]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        """(organisation, account)."""
        return self._people[self.cleaned_data["to"]]
