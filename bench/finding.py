"""Does a sentence find the right kind? Over the demo town, with tests/directory/finding/sentences.json.

    python bench/finding.py [--half tune|test|both] [--misses] [--words-only] [--keep DIR]

Right: an entry with one of the sentence's kinds among the first 3 (target 85 %), the first 10 (95 %). Only the half
"tune" may be looked at while tuning; the half "test" is reported.
"""

import argparse
import collections
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SENTENCES = ROOT / "tests" / "directory" / "finding" / "sentences.json"


def town(folder: str) -> int:
    """A database with the demo town, indexed and encoded; made once per folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["TSUNAGARI_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from tsunagari.directory import finder, publishing
    from tsunagari.directory.actions.seeding import seed
    from tsunagari.directory.demo import loading
    from tsunagari.directory.models import FinderEntry

    if not FinderEntry._meta.db_table or not (Path(folder) / "ready").exists():
        call_command("migrate", verbosity=0)
        seed()
        loading.load()
        publishing.refresh_all()
        finder.encode_waiting(100_000)
        (Path(folder) / "ready").touch()
    return FinderEntry.objects.count()


def place_of(kinds: list[str], text: str, lang: str) -> tuple[int | None, list[str]]:
    """The place (from 1) of the first entry of a right kind among the first 20, and what stood before it."""
    from tsunagari.directory import finder
    from tsunagari.directory.finder import snapshot
    from tsunagari.directory.models import FinderEntry

    results = finder.search(finder.Query(q=text, lang=lang))
    index = snapshot.current()
    at = {key.decode(): ordinal for ordinal, key in enumerate(index.columns.ids)}
    names = dict(FinderEntry.objects.filter(pk__in=results.ids).values_list("pk", "card__name__ja"))
    seen: list[str] = []
    for place, key in enumerate(results.ids, 1):
        terms = {t.partition(":")[2] for t in index.terms_of(at[str(key)]) if t.startswith("category:")}
        if terms & set(kinds):
            return place, seen
        seen.append(f"{names[key]}({','.join(sorted(terms))})")
    return None, seen


def report(half: str, misses: bool) -> dict[str, Any]:
    sentences = [s for s in json.loads(SENTENCES.read_text(encoding="utf-8")) if s["half"] == half]
    found: dict[str, list[int | None]] = collections.defaultdict(list)
    started = time.perf_counter()
    for sentence in sentences:
        place, before = place_of(sentence["kinds"], sentence["text"], sentence["lang"])
        found[sentence["lang"] if sentence["lang"] != "ja" else f"ja {sentence['type']}"].append(place)
        if misses and (place is None or place > 3):
            print(place, sentence["id"], sentence["text"], sentence["kinds"], before[:3])
    places = [place for group in found.values() for place in group]
    return {
        "half": half,
        "sentences": len(places),
        "top3": round(sum(p is not None and p <= 3 for p in places) / len(places), 3),
        "top10": round(sum(p is not None and p <= 10 for p in places) / len(places), 3),
        "ms_each": round((time.perf_counter() - started) / len(places) * 1000, 1),
        "top3_by_group": {k: f"{sum(p is not None and p <= 3 for p in v)}/{len(v)}" for k, v in sorted(found.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["tune", "test", "both"], default="both")
    parser.add_argument("--misses", action="store_true", help="show what stood before the right kind (tune half only)")
    parser.add_argument("--words-only", action="store_true")
    parser.add_argument("--keep", help="folder of the database, kept for the next run")
    given = parser.parse_args()
    if given.words_only:
        os.environ["TSUNAGARI_MEANING"] = "off"
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"entries": town(given.keep or folder), "words_only": given.words_only}))
        for half in ("tune", "test") if given.half == "both" else (given.half,):
            print(json.dumps(report(half, given.misses and half == "tune"), ensure_ascii=False))


if __name__ == "__main__":
    main()
