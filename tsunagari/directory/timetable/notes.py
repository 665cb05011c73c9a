"""A text cut into what was understood and what was not, so that no word of it is lost."""

from .folding import tidy
from .tokens import SILENT, Token

LONGEST = 10_000  # characters; what is longer is no opening time and stays a note


def stretches(text: str, found: list[Token], noted: list[bool]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The text cut into notes and sources; what says nothing (blanks, brackets) goes with what is around it."""
    parts: list[list[int]] = []  # noted, start, end
    quiet: list[Token] = []
    for token, note in zip(found, noted, strict=True):
        if token.kind in SILENT:
            quiet.append(token)
            continue
        if parts and parts[-1][0] == note and not (note and any(one.kind == "hard" for one in quiet)):
            parts[-1][2] = token.end
        else:
            _share(parts, quiet, int(note))
            parts.append([int(note), quiet[0].start if quiet else token.start, token.end])
        quiet = []
    for token in quiet:
        if token.kind in ("right", "noise", "topic", "every", "yearly", "join") and parts:
            parts[-1][2] = token.end
    if not parts and any(character.isalnum() for character in text):
        parts.append([1, 0, len(text)])
    texts = [(note, tidy(text[start:end])) for note, start, end in parts]
    return tuple(t for note, t in texts if note and t), tuple(t for note, t in texts if not note and t)


def _share(parts: list[list[int]], quiet: list[Token], note: int) -> None:
    """Closing brackets stay with what they close."""
    while quiet and parts and quiet[0].kind in ("right", "blank", "topic", "noise"):
        token = quiet.pop(0)
        parts[-1][2] = token.end
