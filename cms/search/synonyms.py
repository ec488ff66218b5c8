"""Other words for the same thing, as residents and the bulletin use them."""

GROUPS = (
    ("すまほ", "すまーとふぉん"),
    ("ぱそこん", "pc"),
    ("子育て", "育児"),
    ("高齢者", "しにあ", "お年寄り"),
    ("認知症", "物忘れ"),
    ("英語", "英会話"),
    ("ぼらんてぃあ", "市民活動"),
    ("ちらし", "ふらいやー"),
    ("講演会", "講演"),
    ("体操", "たいそう"),
)


def synonyms_of(word: str) -> tuple[str, ...]:
    """The other words of a group; `word` is folded, and so is the table."""
    return tuple(
        other for group in GROUPS if word in group for other in group if other != word
    )
