"""From text to tokens: the same road for what is stored and for what is typed.

A token is a string with one letter in front, hashed to 64 bits (blake2b), so that the index holds numbers:
`w` a word in its normal form · `b` two neighbouring characters · `r` three neighbouring kana of the reading ·
`k` the reading of a whole word · `f` a Latin word without accents · `t` a term of a taxonomy.
"""

import hashlib
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import jaconv
from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from tsunagari.directory.search import stopwords
from tsunagari.directory.search.variants import VARIANTS

QUERY_LENGTH = 200
TEXT_LENGTH = 4000
_REMEMBERED = 1 << 15
# Control, format, surrogate and private characters, and the selectors that choose a shape of a kanji (IVS).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
KANJI = "々〆ヶ㐀-䶿一-鿿\U00020000-\U0003ffff"
KANJI_RUN = re.compile(f"[{KANJI}ぁ-ゖァ-ヺ]")
_CJK_RUN = re.compile(f"[{KANJI}ぁ-ゖァ-ヺー]+")
_HANGUL_RUN = re.compile("[가-힣]+")
_LATIN_WORD = re.compile("[^\\W_ぁ-ヿㇰ-ㇿ㐀-鿿가-힣]+")
_HAS_LATIN = re.compile("[a-zà-ɏḀ-ỿа-я0-9]")
_KANA_ONLY = re.compile("^[ぁ-ゖァ-ヺー]+$")
_HIRAGANA = re.compile("^[ぁ-ゖ]+$")
_KANJI = re.compile(f"[{KANJI}]")
_SPLIT = re.compile(r"[\s、。，．,.!?！？・「」『』（）()\[\]【】〈〉《》:;：；/／|｜~〜…―\"“”‘’]+")
_KEPT = frozenset(("名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接頭辞", "接尾辞", "感動詞"))
_EMPTY_KINDS = frozenset(("数詞", "助動詞語幹", "フィラー"))
_STOP = stopwords.JAPANESE | stopwords.LATIN


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, normal form, reading in hiragana, whether it carries meaning. `tokens` are its
    own without and with reading; none for Latin letters, which `latin_words` takes care of."""

    surface: str
    normal: str
    reading: str
    content: bool
    tokens: tuple[str, ...] = ()
    spoken: str = ""


def fold(text: str, limit: int = TEXT_LENGTH) -> str:
    """One shape for every way of writing the same: NFKC, lower case, one shape per kanji, nothing invisible.
    `limit` is in characters and is applied before any work is done."""
    text = _INVISIBLE.sub("", text[: limit * 2])[:limit]
    text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)[:limit].translate(VARIANTS))


_local = threading.local()
_loading = threading.Lock()


def _dictionary() -> Dictionary:
    """Loaded at the first word, not at import. One for all threads: eight that began together once held eight."""
    with _loading:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Dictionary:
    return Dictionary(dict="core")


def _tokenizer() -> Tokenizer:
    """A tokenizer keeps state while it works, so each thread has its own."""
    found: Tokenizer | None = getattr(_local, "tokenizer", None)
    if found is None:
        make = getattr(_dictionary(), "tokenizer", None) or _dictionary().create
        found = _local.tokenizer = make(mode=SplitMode.A)
    return found


def words(folded: str) -> list[Word]:
    """The words of a folded text, in order. Runs without Japanese letters come back whole."""
    return [_known(m) for m in _tokenizer().tokenize(folded)] if folded.strip() else []


_words: dict[tuple[int, str], Word] = {}


def _known(morpheme: Morpheme) -> Word:
    """A word of the dictionary is always the same: remembered, which halves the time of indexing."""
    key = (morpheme.word_id(), morpheme.surface())
    found = _words.get(key)
    if found is None:
        found = _word(morpheme)
        if not morpheme.is_oov() and len(_words) < _REMEMBERED:
            _words[key] = found
    return found


def _word(morpheme: Morpheme) -> Word:
    kind = morpheme.part_of_speech()
    normal = morpheme.normalized_form().casefold()
    content = kind[0] in _KEPT and kind[1] not in _EMPTY_KINDS and normal not in _STOP
    reading = hiragana(morpheme.reading_form())
    content = content and _says_something(normal)
    if not content or is_latin(normal):
        return Word(morpheme.surface(), normal, reading, content)
    spoken = "k" + reading if is_kana(reading) else ""
    return Word(morpheme.surface(), normal, reading, content, ("w" + normal,), spoken)


def _says_something(normal: str) -> bool:
    """A single kana or sign is a particle that the dictionary did not know."""
    return len(normal) > 1 or bool(_KANJI.match(normal)) or (normal.isalnum() and not is_kana(normal))


def hiragana(text: str) -> str:
    """Katakana as hiragana, with the marks of long vowels kept."""
    return str(jaconv.kata2hira(text))


def is_kana(text: str) -> bool:
    return bool(_KANA_ONLY.match(text))


def is_latin(text: str) -> bool:
    return bool(_HAS_LATIN.search(text))


def has_hangul(text: str) -> bool:
    return bool(_HANGUL_RUN.search(text))


def chunks(folded: str) -> list[str]:
    """What the writer set apart with spaces and marks."""
    return [part for part in _SPLIT.split(folded) if any(c.isalnum() for c in part)]


def plain(word: str) -> str:
    """A Latin word without its accents: năng → nang, ção → cao, đ → d."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return stripped.replace("đ", "d").replace("ł", "l").replace("ß", "ss")


def bigrams(folded: str) -> list[str]:
    """Neighbouring pairs in runs of kanji, kana and hangul. Pairs of hiragana are mostly
    particles: left out (readings cover them)."""
    found: list[str] = []
    for run in _CJK_RUN.findall(folded):
        if not _HIRAGANA.match(run):
            found += [a + b for a, b in pairwise(run) if not ("ぁ" <= a <= "ゖ" and "ぁ" <= b <= "ゖ")]
    for run in _HANGUL_RUN.findall(folded):
        found += [a + b for a, b in pairwise(run)] or [run]
    return found


def trigrams(reading: str) -> list[str]:
    """Neighbouring triples of a reading; a reading of two kana stands for itself."""
    return [reading[i : i + 3] for i in range(len(reading) - 2)] or ([reading] if len(reading) == 2 else [])


def readings(parts: list[Word]) -> list[str]:
    """The readings of unbroken runs of content words: こども食堂 → こどもしょくどう."""
    runs: list[str] = [""]
    for part in parts:
        if part.spoken:
            runs[-1] += part.reading
        elif runs[-1]:
            runs.append("")
    return [run for run in runs if len(run) > 1]


def latin_words(folded: str) -> list[str]:
    return [w for w in _LATIN_WORD.findall(folded) if w not in stopwords.LATIN and (len(w) > 1 or w.isdigit())]


def text_tokens(text: str, *, with_readings: bool) -> list[str]:
    """Every token of a stored text, repeated as often as it stands there. Readings are for short fields only:
    in a long text every triple of kana occurs somewhere."""
    folded = fold(text)
    parts = words(folded)
    found = [token for part in parts for token in part.tokens]
    found += ["b" + pair for pair in bigrams(folded)]
    if is_latin(folded):
        for word in latin_words(folded):
            if is_latin(word):
                found += ["w" + word, "f" + plain(word)]
    if with_readings:
        found += [part.spoken for part in parts if part.spoken]
        found += ["r" + triple for run in readings(parts) for triple in trigrams(run)]
    return found


def hashed(token: str) -> int:
    """The number a token is stored under: stable over processes, machines and Python versions."""
    return int.from_bytes(hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=8).digest(), "little")
