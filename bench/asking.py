"""The 200 queries, the same for every side: as words for us, as the tokens of those words for the others."""

import itertools
import random
from urllib.parse import quote

SENTENCES = (
    "仕事をやめてから家にいることが多くて誰とも話していない",
    "夫を亡くして毎日さびしくて眠れない日が続いています",
    "子どもが学校に行けなくなってどうしたらいいか分からない",
    "母の物忘れがひどくなって介護に疲れてしまいました",
    "家賃が払えなくなりそうで来月からどうしよう",
    "息子が部屋から出てこなくなって十年になります",
    "日本語がまだ上手に話せないので友だちができません",
    "お金がなくて食べるものに困っている人がいます",
    "手を動かしながら静かに過ごせる場所に行きたい",
    "定年になったので地域の役に立つことをしてみたい",
)


# Words the dictionary does not cut: every engine then means the same by them.
WHAT = "食堂 サロン カフェ 家族 教室 心 子育て 仕事 支援 将棋 体操 お金 住まい 食料 畑 相談".split()
WITH = "看護 学生 地域 手 本 体 お茶 困りごと 静か 気軽 時間 友だち".split()


def words() -> list[str]:
    """Two words set side by side: what, and who or how. 192 pairs in a mixed order, to make 200."""
    pairs = [f"{what} {more}" for what, more in itertools.product(WHAT, WITH)]
    mixed = random.Random(1)
    mixed.shuffle(pairs)
    return (pairs * 2)[:200]


def tokens(query: str) -> list[str]:
    """What the query means to an engine that holds our tokens: all of them must be there."""
    from tsunagari.directory.search.asking import ask

    return [f"x{group[0]:x}" for chunk in ask(query).chunks for group in chunk.groups]


def find(query: str, **more: str) -> str:
    """The address of our page with 20 cards."""
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"/find/?q={quote(query)}&page=2{rest}"
