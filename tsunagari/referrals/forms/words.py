"""Texts and choices as the pages of the warm handover ask for them."""

import unicodedata
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language

from tsunagari.directory.finder.taxonomies import label, term_names
from tsunagari.directory.models import Location

# Control and format characters, lone surrogates, private use: nothing invisible may stay in what people read.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Words(forms.CharField):
    """A text as typed, without what cannot be seen. `rows`: more than one line."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows, "class": "input"}) if rows else forms.TextInput({"class": "input"})
        widget.attrs["autocomplete"] = "off"  # the next person at this counter must not be offered these words
        self.breaks = "\n" if rows else ""
        super().__init__(**{"widget": widget, "required": False, **options})

    def to_python(self, value: Any) -> str:
        return super().to_python(_seen(str(value or "").replace("\r\n", "\n"), self.breaks)) or ""


def _seen(text: str, breaks: str = "") -> str:
    return "".join(c if c in breaks or unicodedata.category(c) not in _UNSEEN else " " for c in text)


def sought_words(text: str, limit: int = 60) -> str:
    """What somebody types to search by, or what stands in an address: one line, without what cannot be seen."""
    return _seen(text[: limit * 2]).strip()[:limit].strip()


def term_name(taxonomy: str, code: str) -> str:
    """What the town calls a category or a worry, in the reader's language; nothing for an empty code."""
    return label(f"{taxonomy}:{code}", get_language() or "ja") if code else ""


def term_choices(taxonomy: str, empty: Any) -> list[tuple[str, Any]]:
    """Every term of a taxonomy for a list to choose from; `empty` is said where none is chosen."""
    codes = [name.partition(":")[2] for name in term_names() if name.startswith(f"{taxonomy}:")]
    return [("", empty), *((code, lazy(term_name, str)(taxonomy, code)) for code in codes)]


def choose(field_label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(label=field_label, choices=choices, widget=forms.Select({"class": "input"}), **options)


def one_of(field_label: Any, choices: Any, first: Any) -> forms.ChoiceField:
    """One of a few, as pills; `first` stands there before anybody chose."""
    return forms.ChoiceField(label=field_label, choices=choices, initial=first, required=False)


def day(field_label: Any, **options: Any) -> forms.DateField:
    """A day from the calendar."""
    return forms.DateField(label=field_label, widget=forms.DateInput({"type": "date", "class": "input"}), **options)


def areas() -> list[str]:
    """The parts of town that entries stand in."""
    rows = Location.objects.exclude(area="").order_by("area").values_list("area", flat=True)
    return list(rows.distinct()[:200])
