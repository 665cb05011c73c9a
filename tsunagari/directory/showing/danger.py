"""Words that say somebody may be in danger: then the lines come before any list."""

import re

from tsunagari.directory.search.words import fold

_WORDS = (
    "死にたい|しにたい|死のう|死ぬしかない|消えたい|きえたい|自殺|じさつ|自死|殺される|ころされる|首を吊|飛び降り|"
    "リストカット|生きていたくない|殴られ|なぐられ|暴力|虐待|レイプ|襲われ|"
    "suicide|kill myself|want to die|end my life|being beaten|hits me|rape|kill me|"
    "自杀|想死|不想活|被打|家暴|强奸|tự tử|tự sát|muốn chết|bị đánh|bạo hành|"
    "자살|죽고 싶|죽고싶|맞고 있|폭력|성폭행|suicídio|me matar|quero morrer|me bate|estupro|violência"
)
_DANGER = re.compile("|".join(f"(?<![a-z]){re.escape(fold(word))}" for word in _WORDS.split("|")))


def in_danger(text: str) -> bool:
    """Whether what was typed holds such a word. The text itself is not kept."""
    return _DANGER.search(fold(text, 400)) is not None
