"""Words that stand in every sentence and in every entry: they tell nothing apart."""

_JAPANESE = (
    "為る 居る 有る 無い 成る 出来る 下さる 下さい 頂く 行く 来る 言う 思う 見る 仕舞う 呉れる 貰う "
    "遣る 欲しい 良い 事 物 所 時 為 方 様 等 中 人 私 僕 俺 自分 何 何処 何時 何れ 此れ 其れ 彼れ 此の "
    "其の 彼の 此処 其処 誰 御 的 者 達 さん とても 凄く もう また まだ 少し ちょっと 迚も 少々 そう "
    "どう 如何 気 儘 程 内 迄 から 良く 一寸 如何にか"
)
_LATIN = (
    "a an the i my me to of in on and or for with is am are be do not no have has it we you at from "
    "that this can o os as um uma de da dos das e que eu meu minha para por com em na não se é tôi và "
    "là của có cho với ở các những thì mà bị đã được một muốn cần không"
)
JAPANESE = frozenset(_JAPANESE.split())
LATIN = frozenset(_LATIN.split())
