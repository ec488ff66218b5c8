"""A word stands in one group of synonyms only, whatever its width, case or script, and
a group holds at least two."""

import re
from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from cms.models.search import LONGEST_WORD, SynonymGroup, SynonymWord
from cms.search.folding import RUN, fold, normalise
from cms.search.misses import forget
from cms.search.synonyms import NONE, Synonyms, pieces

SHORTEST_WORD = 2
MOST_WORDS = 20
# Only for a text without blanks as long as a query may be is this too few.
MOST_PIECES = 900
BETWEEN_WORDS = re.compile(r"[\n\r,、，､;；]+")


class TooFewWords(Refusal):
    sentence = _("言葉を二つ以上入力してください。")


class TooManyWords(Refusal):
    sentence = _("一つの組に入れられる言葉は20までです。組を分けてください。")


class UnusableWord(Refusal):
    def __init__(self, word: str) -> None:
        super().__init__(
            _("「%(word)s」は使えません。2文字から20文字までの言葉にしてください。")
            % {"word": word[: LONGEST_WORD * 2]}
        )


class WordTaken(Refusal):
    def __init__(self, word: SynonymWord) -> None:
        super().__init__(
            _(
                "「%(word)s」は、別の組「%(group)s」に入っています。"
                "一つの言葉を入れられるのは一つの組だけです。"
            )
            % {"word": word.written, "group": word.group}
        )


def words_in(text: str) -> dict[str, str]:
    """Folded → as written, of words that stand on lines or between commas; what is the
    same word in another width or script stands once.

    Raises: UnusableWord.
    """
    found: dict[str, str] = {}
    for typed in BETWEEN_WORDS.split(text):
        word = " ".join(normalise(typed).split())
        if not word:
            continue
        folded = fold(word)
        if not (SHORTEST_WORD <= len(folded) <= LONGEST_WORD >= len(word)):
            raise UnusableWord(word)
        if not RUN.search(word):
            raise UnusableWord(word)
        found.setdefault(folded, word)
    return found


def checked_words(text: str, *, group: SynonymGroup) -> dict[str, str]:
    """What a group may hold. Raises: UnusableWord, TooFewWords, TooManyWords, WordTaken."""
    words = words_in(text)
    if len(words) < 2:
        raise TooFewWords
    if len(words) > MOST_WORDS:
        raise TooManyWords
    elsewhere = SynonymWord.objects.filter(folded__in=words).exclude(group=group.pk)
    taken = elsewhere.select_related("group").first()
    if taken:
        raise WordTaken(taken)
    return words


def write_group(*, group: SynonymGroup, text: str) -> SynonymGroup:
    """The group holds exactly these words; those that found nothing until now are off
    that list. Raises as `checked_words`, WordTaken also
    where somebody else has just written one of them."""
    words = checked_words(text, group=group)
    try:
        with transaction.atomic():
            group.save()
            group.words.all().delete()
            SynonymWord.objects.bulk_create(
                SynonymWord(group=group, position=position, written=word, folded=folded)
                for position, (folded, word) in enumerate(words.items(), start=1)
            )
            forget(words)
    except IntegrityError:
        checked_words(text, group=group)
        raise
    return group


def synonyms_for(text: str) -> Synonyms:
    """Other words for what a query holds, in one small query by index, so that a change
    counts from the next search on in every process."""
    asked = pieces(text, shortest=SHORTEST_WORD, longest=LONGEST_WORD, most=MOST_PIECES)
    if not asked:
        return NONE
    rows = SynonymWord.objects.filter(group__words__folded__in=asked).distinct()
    groups: dict[int, dict[str, str]] = defaultdict(dict)
    for group, folded, written in rows.values_list("group", "folded", "written"):
        groups[group][folded] = written
    known = set(asked)
    return Synonyms(
        {
            folded: tuple(other for other in words.values() if other != written)
            for words in groups.values()
            for folded, written in words.items()
            if folded in known
        }
    )
