"""The words of data/taxonomies.json and data/place_names.json, as the finder needs them. Read once per process."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from tsunagari.directory.search.meaning import meaning
from tsunagari.directory.search.senses import Senses, write
from tsunagari.directory.search.thesaurus import Term, Thesaurus, reading
from tsunagari.directory.search.words import fold

DATA = Path(__file__).resolve().parent.parent / "data"
SENSES = DATA / "senses.npy"
PHRASES = DATA / "phrases.json"  # derived from taxonomies.json by `write_phrases`


@lru_cache(maxsize=1)
def _terms() -> dict[str, dict[str, Any]]:
    taxonomies = json.loads((DATA / "taxonomies.json").read_text(encoding="utf-8"))
    return {f"{taxonomy['code']}:{term['code']}": term for taxonomy in taxonomies for term in taxonomy["terms"]}


def label(term: str, lang: str = "ja") -> str:
    """The name of a term ("worry:rent") in a language, else in Japanese; an unknown term has none."""
    names: dict[str, str] = _terms().get(term, {}).get("names", {})
    return names.get(lang) or names.get("ja", "")


def spoken() -> list[str]:
    """The everyday Japanese words of the categories: a mistyped word may have been meant for one of them."""
    categories = (term for name, term in _terms().items() if name.startswith("category:"))
    return sorted({fold(word) for term in categories for word in term["words"].get("ja", ())})


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """All phrases of all languages together: people mix languages, and folded spellings rarely collide."""
    return Thesaurus(spoken_terms(), json.loads(PHRASES.read_text(encoding="utf-8")) if PHRASES.exists() else None)


def spoken_terms() -> list[Term]:
    """All terms with their everyday words and names."""
    return [
        Term(name, tuple(word for words in term.get("words", {}).values() for word in words) + _names(term))
        for name, term in _terms().items()
    ]


def write_phrases() -> None:
    """Read the phrases of the terms anew after data/taxonomies.json, the dictionary or `search.words` has changed."""
    read = {phrase: reading(phrase) for term in spoken_terms() for phrase in term.phrases}
    lines = (
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(read[key], ensure_ascii=False)}" for key in sorted(read)
    )
    PHRASES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _names(term: dict[str, Any]) -> tuple[str, ...]:
    """Names of terms are phrases too; 「福祉・介護」 is two."""
    names = (name for lang, name in term["names"].items() if lang != "ja-easy")
    return tuple(part for name in names for part in name.replace("・", "/").replace("、", "/").split("/"))


@lru_cache(maxsize=1)
def term_names() -> tuple[str, ...]:
    """All terms in their lasting order: the first rows of the index's bitmaps."""
    return tuple(_terms())


@lru_cache(maxsize=1)
def senses() -> Senses:
    """The phrases of the categories by their meaning: a category is what answers a sentence."""
    return Senses({name: phrases(name) for name in _terms() if name.startswith("category:")}, SENSES)


def phrases(term: str) -> tuple[str, ...]:
    """All everyday phrases of a term in all languages, its names and what it is."""
    found = _terms()[term]
    said = (word for words in found["words"].values() for word in words)
    return (*said, *(f"{name}。{found['descriptions'].get(lang, '')}" for lang, name in found["names"].items()))


def write_senses() -> int:
    """Encode the phrases of the categories anew after data/taxonomies.json has changed."""
    wanted = [phrase for name in _terms() if name.startswith("category:") for phrase in phrases(name)]
    return write(wanted, SENSES, meaning)
