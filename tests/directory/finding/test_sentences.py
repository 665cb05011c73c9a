"""Everyday sentences find the right kind of entry in the demo town (marks of issue and DESIGN §6).

The sentences were written before the search was tuned, and only their half "tune" was looked at since. Here entries
have no vectors yet, as in the first minutes after an import: `bench/finding.py` reports the figures with them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tsunagari.directory import finder
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.demo import loading
from tsunagari.directory.finder import Query, snapshot
from tsunagari.directory.models import Service
from tsunagari.directory.search.meaning import meaning

SENTENCES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


def place_of(sentence: dict[str, Any], ordinals: dict[str, int]) -> int:
    """The place of the first entry of a right kind; 99 when it is not on the first page."""
    results = finder.search(Query(q=sentence["text"], lang=sentence["lang"]))
    index = snapshot.current()
    wanted = {f"category:{kind}" for kind in sentence["kinds"]}
    places = (n for n, key in enumerate(results.ids, 1) if index.terms_of(ordinals[str(key)]) & wanted)
    return next(places, 99)


def share(places: Sequence[int], most: int) -> float:
    return sum(place <= most for place in places) / len(places)


def load_town() -> dict[str, int]:
    snapshot.forget()
    seed()
    loading.load()
    finder.refresh(Service.objects.values_list("pk", flat=True))
    return {key.decode(): ordinal for ordinal, key in enumerate(snapshot.current().columns.ids.tolist())}


@pytest.mark.slow
@pytest.mark.django_db
def test_sentences_find_the_right_kind_of_help() -> None:
    ordinals = load_town()
    places = [place_of(sentence, ordinals) for sentence in SENTENCES]
    if meaning.available:
        assert share(places, 3) >= 0.85
        assert share(places, 10) >= 0.95
    else:  # words alone, on a machine whose processor the engine does not fit
        assert share(places, 3) >= 0.75


@pytest.mark.slow
@pytest.mark.django_db
def test_words_alone_still_find_most_when_the_engine_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_tried", True)
    monkeypatch.setattr(meaning, "_engine", None)
    monkeypatch.setattr(meaning, "_answered", type(meaning._answered)())
    ordinals = load_town()
    places = [place_of(sentence, ordinals) for sentence in SENTENCES]
    assert share(places, 3) >= 0.75
    assert share(places, 10) >= 0.85
