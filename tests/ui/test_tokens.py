"""Every pair of colours that words are set in can be read (WCAG 2.2 AA), by day and by night."""

import re

import pytest

from tests.ui.conftest import ROOT

_TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "accent") for ground in ("paper", "surface", "sunken")],
    ("wrong", "paper"),
    ("wrong", "surface"),
    ("wrong", "wrong-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent-soft", "accent-soft"),
    ("on-lamp-soft", "lamp-soft"),
    ("ink", "lamp-soft"),
    ("accent", "lamp-soft"),
    ("paper", "ink"),
]
#: borders of controls, marks, the ring of the focus
_MARKS = [
    ("edge", "surface"),
    ("edge", "paper"),
    ("accent", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "focus-glow"),
]


def _palette(scheme: str) -> dict[str, str]:
    light, dark = (ROOT / "tsunagari/ui/static-src/tokens.css").read_text().split("@media")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    return {**found, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))} if scheme == "dark" else found


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG: 1 for the same colour, 21 for black on white."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_marks_can_be_read(scheme: str) -> None:
    colours = _palette(scheme)
    asked = [(*pair, 4.5) for pair in _TEXT] + [(*pair, 3.0) for pair in _MARKS]
    assert [(one, other) for one, other, least in asked if contrast(colours[one], colours[other]) < least] == []
