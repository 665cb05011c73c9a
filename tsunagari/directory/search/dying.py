"""When the words speak of wanting to die, who listens comes first: not what happens to share a word with them, such
as a circle for those whom a suicide left behind. (The lines above the list are the page's affair.)"""

from tsunagari.directory.search.thesaurus import spotted
from tsunagari.directory.search.words import fold

_WORDS = (
    "死にたい/しにたい/シニタイ/死にたく/死のうと/死のうか/死んでしまいたい/死んだほうが/死んだ方が/自殺/じさつ/自死したい",
    "消えたい/きえたい/消えてしまいたい/いなくなりたい/生きていたくない/生きるのがつらい/生きるのに疲れ/首を吊/リストカット",
    "suicide/suicidal/kill myself/want to die/end my life/self-harm/想死/不想活/自杀/活不下去",
    "muốn chết/tự tử/tự sát/không muốn sống/죽고 싶/죽고싶/자살/살기 싫/quero morrer/suicídio/me matar",
)
_KNOWN = {fold(word): None for line in _WORDS for word in line.split("/")}
LISTENERS = {"category:mental_health": 9.0, "category:talk_partner": 7.0, "category:night_place": 5.0}


def speaks_of_dying(folded: str) -> bool:
    return bool(spotted(folded, _KNOWN))
