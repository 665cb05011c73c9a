"""A snapshot on disk, so that processes share one copy through the page cache and start without building it.

It is a cache of public data: it may be thrown away at any time, and is used only as far as the database confirms it."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np

from tsunagari.directory.search.columns import Columns
from tsunagari.directory.search.index import Index
from tsunagari.directory.search.postings import Postings
from tsunagari.directory.search.typos import Spellings
from tsunagari.directory.search.vectors import Vectors

VERSION = 2
_COLUMNS = ("ids", "fresh", "until", "stamps", "terms", "week", "spots", "spot_owners", "dates", "closed")


def save(index: Index, folder: Path) -> None:
    """Write the base of a snapshot; readers see all of it or nothing. `folder` must not exist yet."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    columns, spellings = index.base_columns, index.spellings
    arrays = {name: getattr(columns, name) for name in _COLUMNS}
    arrays |= {name: getattr(index.base, name) for name in ("hashes", "starts", "ordinals", "impacts")}
    arrays |= {"often": spellings.often, "keys": spellings.keys, "spelling_owners": spellings.owners}
    arrays |= {"vectors": index.base_vectors.rows, "vector_owners": index.base_vectors.owners}
    for name, array in arrays.items():
        np.save(draft / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
    about = {"version": VERSION, "generation": index.base_generation, "names": columns.names, "texts": spellings.texts}
    (draft / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    try:
        os.rename(draft, folder)
    except OSError:  # another process was faster: the same content
        shutil.rmtree(draft, ignore_errors=True)


def load(folder: Path) -> Index | None:
    """The snapshot of a folder, its arrays mapped and not read; None when there is none that we understand."""
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        if about["version"] != VERSION:
            return None
        names = [*_COLUMNS, "hashes", "starts", "ordinals", "impacts", "often", "keys", "spelling_owners", "vectors"]
        a = {name: np.load(folder / f"{name}.npy", "r", allow_pickle=False) for name in [*names, "vector_owners"]}
    except (OSError, ValueError, KeyError):
        return None
    return Index(
        generation=about["generation"],
        base=Postings(a["hashes"], a["starts"], a["ordinals"], a["impacts"]),
        base_columns=Columns(names=tuple(about["names"]), **{name: a[name] for name in _COLUMNS}),
        base_vectors=Vectors(a["vectors"], a["vector_owners"]),
        spellings=Spellings(tuple(about["texts"]), a["often"], a["keys"], a["spelling_owners"]),
        base_generation=about["generation"],
    )
