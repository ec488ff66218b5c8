"""Other words for the same thing, as residents and the bulletin use them."""

import re

GROUPS = (
    ("スマホ", "スマートフォン"),
    ("パソコン", "PC"),
    ("エクセル", "Excel"),
    ("子育て", "育児"),
    ("高齢者", "シニア", "お年寄り"),
    ("障がい", "障害", "障碍"),
    ("町内会", "自治会", "町会"),
    ("助成金", "補助金"),
    ("託児", "保育"),
    ("チラシ", "フライヤー"),
    ("クラファン", "クラウドファンディング"),
    ("ワークショップ", "WS"),
    ("外国人", "外国籍"),
    ("ごみ", "廃棄物"),
)
ALTERNATIVES = {
    word.casefold(): tuple(other for other in group if other != word)
    for group in GROUPS
    for word in group
}
LATIN = "[a-z0-9]"
KNOWN = re.compile(
    "|".join(
        # A Latin word is one only by itself: PC, but not EPC.
        rf"(?<!{LATIN}){word}(?!{LATIN})" if word.isascii() else word
        for word in sorted(ALTERNATIVES, key=len, reverse=True)
    ),
    re.IGNORECASE,
)


def variants(word: str) -> list[str]:
    """The word, and the word with its first known part said otherwise."""
    known = KNOWN.search(word)
    if known is None:
        return [word]
    before, after = word[: known.start()], word[known.end() :]
    others = ALTERNATIVES[known[0].casefold()]
    return [word, *(f"{before}{other}{after}" for other in others)]
