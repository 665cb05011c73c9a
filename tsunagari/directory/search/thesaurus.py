"""The words people use for what the directory calls otherwise: 「払えない」 for rent, "lonely" for someone to talk to.

Words add terms to look for; they never take anything away. What they add is weighted: a phrase that names one kind
of entry says more than a word that many kinds share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tsunagari.directory.search import words as w

Reading = tuple[str, Sequence[str]]
WORTH = {"category": 6.0, "worry": 2.0, "audience": 1.5, "feature": 1.0}
_LONGEST = 24
_KANA_ALONE = 4  # shorter runs of hiragana occur inside other words
_FEW_WORDS = 4
_PARTICLES = frozenset("のでにへはをが")
# Everyday words for times, in the languages of the pages.
TIMES = {
    "now": "今から/いまから/今すぐ/いま開いて/今開いて/今やって/open now/right now/现在/bây giờ/지금/agora",
    "tonight": "今夜/今晩/こんや/こんばん/tonight/今晚/tối nay/오늘밤/오늘 밤/hoje à noite/esta noite",
    "today": "今日/きょう/本日/today/今天/hôm nay/오늘/hoje",
    "tomorrow": "明日/あした/あす/tomorrow/明天/ngày mai/내일/amanhã",
    "evening": "夜に/夜でも/夜間/夕方以降/仕事帰り/仕事のあと/evening/after work/at night/晚上/buổi tối/저녁/밤에"
    "/à noite",
    "weekend": "土日/週末/しゅうまつ/どにち/休みの日/weekend/周末/cuối tuần/주말/fim de semana/final de semana",
    "sat": "土曜/土曜日/どようび/saturday/星期六/thứ bảy/토요일/sábado",
    "sun": "日曜/日曜日/にちようび/sunday/星期天/chủ nhật/일요일/domingo",
}
_TIME_WORDS = {w.fold(phrase): when for when, phrases in TIMES.items() for phrase in phrases.split("/")}


@dataclass(frozen=True, slots=True)
class Term:
    """One term with its everyday words, whatever their language."""

    name: str  # "worry:rent"
    phrases: tuple[str, ...]


class Thesaurus:
    """Phrases in their folded spelling and as sequences of normal forms, so that 「具合は悪いです」 meets
    「具合が悪い」. `known`: phrases that have been read before (`reading`), which saves 0.1 s for 5,000 of them."""

    def __init__(self, terms: Iterable[Term], known: Mapping[str, Reading] | None = None) -> None:
        self._known = known or {}
        self._spelt: dict[str, list[str]] = {}
        self._normal: dict[tuple[str, ...], list[str]] = {}
        for term in terms:
            for phrase in term.phrases:
                self._learn(phrase, term.name)

    def _learn(self, phrase: str, name: str) -> None:
        folded, normals = self._known.get(phrase) or reading(phrase)
        known = self._spelt.setdefault(folded, [])
        if name not in known:
            known.append(name)
        if normals and name not in (known := self._normal.setdefault(tuple(normals), [])):
            known.append(name)

    def soft(self, folded: str, normals: Sequence[str]) -> dict[str, float]:
        """The terms a query stands for, with weights."""
        found: dict[str, float] = {}
        for length, names in [*self._by_spelling(folded), *self._by_words(normals)]:
            for name in names:
                taxonomy = name.partition(":")[0]
                sharing = sum(other.startswith(taxonomy) for other in names)
                weight = WORTH[taxonomy] * min(1.5, 0.5 + 0.15 * length) / (1 + 0.4 * (sharing - 1))
                found[name] = max(found.get(name, 0.0), weight) + 0.1 * min(found.get(name, 0.0), weight)
        return found

    def _by_spelling(self, folded: str) -> list[tuple[int, list[str]]]:
        return [(width(phrase), self._spelt[phrase]) for phrase, _ in spotted(folded, self._spelt)]

    def _by_words(self, normals: Sequence[str]) -> list[tuple[int, list[str]]]:
        said = [normal for normal in normals if normal]
        found = []
        for start in range(len(said)):
            for count in range(min(_FEW_WORDS, len(said) - start), 0, -1):
                key = tuple(said[start : start + count])
                if key in self._normal:
                    found.append((sum(map(len, key)) + count - 1, self._normal[key]))
                    break
        return found


def reading(phrase: str) -> Reading:
    """A phrase folded, and its normal forms: none when it is not Japanese or has too many."""
    folded = w.fold(phrase)
    if w.is_latin(folded) or w.has_hangul(folded):
        return folded, ()
    normals = tuple(word.normal for word in w.words(folded) if word.content)
    return folded, normals if len(normals) <= _FEW_WORDS else ()


def width(phrase: str) -> int:
    """How much a phrase says: a kanji counts double, a Latin letter half of a kana."""
    return int(sum(0.45 if c.isascii() or w.is_latin(c) else 1.6 if "一" <= c <= "鿿" else 1.0 for c in phrase))


def spotted(folded: str, known: Mapping[str, object]) -> list[tuple[str, int]]:
    """The longest known phrases in a text with their places; one inside another does not count."""
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(folded):
        for length in range(min(_LONGEST, len(folded) - at), 0, -1):
            phrase = folded[at : at + length]
            if phrase in known and _stands_alone(folded, at, length):
                found.append((phrase, at))
                at += length - 1
                break
        at += 1
    return found


def _stands_alone(folded: str, at: int, length: int) -> bool:
    """Latin words and short runs of kana must not be part of a longer word."""
    phrase = folded[at : at + length]
    before, after = folded[at - 1 : at], folded[at + length : at + length + 1]
    if w.is_latin(phrase[0]) or w.is_latin(phrase[-1]):
        return not (before and w.is_latin(before)) and not (after and w.is_latin(after))
    if w.is_kana(phrase) and length < _KANA_ALONE:
        particle = length > 2 and after in _PARTICLES
        return not (before and w.is_kana(before)) and not (after and w.is_kana(after) and not particle)
    return True


def times(folded: str) -> str | None:
    """The time a query speaks of, as a word that `moments.moment` knows."""
    found = spotted(folded, _TIME_WORDS)
    return _TIME_WORDS[found[0][0]] if found else None
