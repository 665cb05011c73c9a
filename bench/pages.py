"""Pages under load: ours and the other side in turn, with the same queries over the same entries."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench import asking, load, towns
from bench.load import Server
from bench.towns import Town

Found = dict[str, Any]
POINT = (34.82, 134.68)
KM = 12.0
CATEGORIES = ("childrens_cafeteria", "seniors_salon", "mental_health", "community_cafe", "exercise", "parenting_place")
_COLUMNS = "&".join(f"_col={name}" for name in ("name", "description", "url", "eligibility", "fees", "area"))


def inside(code: str, town: Town) -> Any:
    """What a few lines print inside a town, as JSON."""
    return json.loads(towns.python("import json\n" + code, town.environment))


def _file(town: Town, name: str) -> Path:
    """The other engine's copy of this town, made once."""
    path = town.folder / name / "db"
    if not path.parent.exists():
        path.parent.mkdir()
        code = "from pathlib import Path; from bench import sides\n"
        code += f"sides.{name}(Path({str(path)!r}), list(sides.entries()))"
        towns.python(code, town.environment)
    return path


def _tokens(queries: list[str], town: Town) -> list[list[str]]:
    code = f"from bench import asking; print(json.dumps([asking.tokens(q) for q in {queries!r}]))"
    found: list[list[str]] = inside(code, town)
    return found


def agreeing(mine: list[int], theirs: list[int], least: int = 20) -> str:
    """Hit counts of twenty queries; all must agree, or one side does less work. Below `least` ours adds near misses."""
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if b >= least][:20]
    if not pairs or any(a != b for a, b in pairs):
        raise SystemExit(f"hit counts differ: {pairs}")
    return f"{len(pairs)} of {len(pairs)}"


def _totals(server: Server, paths: list[str]) -> list[int]:
    return [json.loads(server.get(f"{path}&format=json"))["total"] for path in paths]


def words_against_datasette(town: Town, rounds: int, seconds: float) -> Found:
    """B1a. Twenty cards as HTML against twenty rows as JSON."""
    queries = asking.words()
    matched = [" ".join(tokens) for tokens in _tokens(queries, town)]
    mine = [asking.find(query) for query in queries]
    theirs = [f"/db/service.json?_search={quote(one)}&_size=20&_shape=objects&{_COLUMNS}" for one in matched]
    with towns.web(town) as web, towns.datasette(_file(town, "datasette")) as other:
        counted = [json.loads(other.get(path))["filtered_table_rows_count"] for path in theirs[:60]]
        same = agreeing(_totals(web, mine[:60]), counted)
        return {"hits_agree": same, **load.compare((web, mine), (other, theirs), rounds, seconds)}


def words_against_hello(town: Town, rounds: int, seconds: float) -> Found:
    """B1b. The same page against hello under our own middleware."""
    mine = [asking.find(query) for query in asking.words()]
    with towns.web(town) as web, towns.web(town, settings="bench.hello_settings") as hello:
        return load.compare((web, mine), (hello, ["/"]), rounds, seconds)


def _composite(query: str) -> str:
    """Words, four values of one filter, a worry, an hour of the week, a distance."""
    more = "".join(f"&category={code}" for code in CATEGORIES[:4])
    near = f"{POINT[0]},{POINT[1]}"
    return f"/find/?q={quote(query)}&page=2{more}&worry=neighbourhood&worry=food&when=wed-14&near={near}&km={KM:g}"


def _select(tokens: list[str]) -> str:
    """The same question to groonga: twenty best, and how many for each value of each filter."""
    codes = " || ".join(f'category @ "{code}"' for code in CATEGORIES[:4])
    asked = f'({codes}) && (worry @ "neighbourhood" || worry @ "food") && hours @ {2 * 24 + 14}'
    # Our points are exact; groonga's circle is a rectangle in degrees unless told to be a sphere.
    asked += f' && geo_in_circle(point, "{POINT[0]}x{POINT[1]}", {int(KM * 1000)}, "sphere")'
    pairs = {
        "table": "Service", "match_columns": "words", "query": " ".join(tokens), "filter": asked, "cache": "no",
        "limit": "20", "sort_keys": "-_score", "output_columns": "_key,name,description,area,point,_score",
        "drilldowns[worry].keys": "worry", "drilldowns[category].keys": "category",
        "drilldowns[audience].keys": "audience", "drilldowns[feature].keys": "feature",
        "drilldowns[kind].keys": "kind",
    }  # fmt: skip
    return f"/d/select?{urlencode(pairs)}"


def composite_against_groonga(town: Town, rounds: int, seconds: float) -> Found:
    """B2. Words and every filter, with counts, against groonga with the same filters and its cache off."""
    queries = (asking.WITH * 40)[:200]
    mine = [_composite(query) for query in queries]
    theirs = [_select(tokens) for tokens in _tokens(queries, town)]
    with towns.web(town) as web, towns.groonga(_file(town, "groonga")) as other:
        hits = [json.loads(other.get(path))[1][0][0][0] for path in theirs[:20]]
        same = agreeing(_totals(web, mine[:20]), hits)
        return {"hits": hits[:5], "hits_agree": same, **load.compare((web, mine), (other, theirs), rounds, seconds)}


# Two batches are encoded; the others take their vectors in turn. Comparing costs the same whatever a vector says, and
# encoding all would take longer than all other figures together.
_ENCODE = """
from tsunagari.directory import finder
from tsunagari.directory.finder.writing import next_generation
from tsunagari.directory.models import FinderEntry
done = finder.encode_waiting(512)
vectors = list(FinderEntry.objects.exclude(embedding=None).values_list("embedding", flat=True)[:512])
rest = list(FinderEntry.objects.filter(embedding=None).only("pk"))
for at, row in enumerate(rest):
    row.embedding, row.generation = vectors[at % len(vectors)], 1
FinderEntry.objects.bulk_update(rest, ["embedding"], batch_size=500) if vectors else None
number = next_generation()
FinderEntry.objects.update(generation=number)
print(done)
"""


def sentences_against_words(town: Town, rounds: int, seconds: float) -> Found:
    """B2m. A sentence, with its meaning encoded, against our own page for words."""
    encoded = inside(_ENCODE, town)
    sentences = [f"{one}{more}" for more in ("", "。教えてください", "。近くがいい") for one in asking.SENTENCES]
    mine = [asking.find(f"{sentence}{n}") for n in range(7) for sentence in sentences][:200]
    with towns.web(town) as web:
        found = load.compare((web, mine), (web, [asking.find(query) for query in asking.words()]), rounds, seconds)
    return {"encoded": encoded, "times_as_long": round(1 / float(found["ratio"]), 2), **found}  # type: ignore[arg-type]


def _ids(town: Town) -> list[str]:
    code = "from tsunagari.directory.models import Service\n"
    code += "print(json.dumps([str(pk) for pk in Service.objects.order_by('pk').values_list('pk', flat=True)[:200]]))"
    found: list[str] = inside(code, town)
    return found


def record_against_datasette(town: Town, rounds: int, seconds: float) -> Found:
    """B3. A full HSDS service against a row of datasette."""
    ids = _ids(town)
    with towns.web(town) as web, towns.datasette(_file(town, "datasette")) as other:
        mine, theirs = [f"/hsds/services/{pk}" for pk in ids], [f"/db/service/{pk}.json" for pk in ids]
        return load.compare((web, mine), (other, theirs), rounds, seconds)


def list_against_driver(town: Town, rounds: int, seconds: float) -> Found:
    """B4. A page of twenty full documents against the driver fetching the same rows under the same middleware."""
    pages = range(1, min(200, town.size // 20) + 1)
    with towns.web(town) as web, towns.web(town, settings="bench.hello_settings") as hello:
        mine = [f"/hsds/services?full=true&per_page=20&page={page}" for page in pages]
        found = load.compare((web, mine), (hello, [f"/documents?page={page}" for page in pages]), rounds, seconds)
    return {"cpu_times": round(1 / float(found["cpu_ratio"]), 2), **found}  # type: ignore[arg-type]


def growth(town: Town, rounds: int, seconds: float) -> Found:
    """B12. Ten times as many services: how much longer our own pages take."""
    small, large = towns.sibling(town, town.size // 4), towns.sibling(town, town.size * 5 // 2)
    words = asking.words()
    asked = {"B1": [asking.find(one) for one in words], "B2": [_composite("地域")]}
    with towns.web(large) as slow, towns.web(small) as quick:
        found: Found = {"from": small.size, "to": large.size}
        for name, paths in asked.items():
            found[name] = load.compare((slow, paths), (quick, paths), rounds, seconds)
        found["B3"] = load.compare(
            (slow, [f"/hsds/services/{pk}" for pk in _ids(large)]),
            (quick, [f"/hsds/services/{pk}" for pk in _ids(small)]), rounds, seconds,
        )  # fmt: skip
    names = ("B1", "B2", "B3")
    found["times_as_long"] = {name: round(1 / float(found[name]["ratio"]), 2) for name in names}
    found["times_as_much_cpu"] = {name: round(1 / float(found[name]["cpu_ratio"]), 2) for name in names}
    return found
