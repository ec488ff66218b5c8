"""Where in a text stands what was asked for. What cannot be told is not marked: a word
that is found without a mark is less odd than a mark on a wrong one.

First the word as it was typed, or a synonym of it; only where none of them stands there
are the text's own words compared, by normal form and by reading.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from cms.search.asked_forms import Form, Variant, forms_of
from cms.search.asking import asked_words
from cms.search.folding import Span, fold, normalise, traced
from cms.search.located_words import LocatedWords
from cms.search.synonyms import NONE, Synonyms

BEFORE, AFTER = 24, 64  # characters of an excerpt, around its first mark
MOST_ANALYSED = 1_500  # characters of one course: the dictionary takes its time
Find = Callable[[list[Variant], str], list[Span]]


class Marker:
    """Of one query, for as many texts as one likes."""

    def __init__(self, text: str, synonyms: Synonyms = NONE) -> None:
        self._words = [forms_of(word, synonyms) for word in asked_words(text)]

    def mark(self, text: str) -> SafeString:
        """The text as HTML, in which nothing but <mark> is a tag."""
        return _as_html(text, (span for word in self._words for span in places(word, text)))

    def excerpt(self, pieces: Sequence[str], *, beside: str) -> SafeString:
        """The first stretch of prose that holds a word which the title does not; empty
        where none does."""
        left = [word for word in self._words if not places(word, beside)]
        for find, most in ((as_typed, None), (by_dictionary, MOST_ANALYSED)):
            for text in _until(most, pieces if left else ()):
                found = [span for word in left for span in find(word, text)]
                if found:
                    return self._around(text, min(found))
        return SafeString("")

    def _around(self, text: str, span: Span) -> SafeString:
        start, end = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
        cut = self.mark(text[start:end])
        before, after = "…" if start else "", "…" if end < len(text) else ""
        return SafeString(f"{before}{cut}{after}")


def places(word: list[Variant], text: str) -> list[Span]:
    return as_typed(word, text) or by_dictionary(word, text)


def as_typed(word: list[Variant], text: str) -> list[Span]:
    folded = fold(normalise(text))
    likely = [way for way in word if all(form.written in folded for form in way)]
    if not likely:
        return []
    folded, origin = traced(text)
    return _all_forms(likely, lambda form: list(_written(form, folded, origin)))


def by_dictionary(word: list[Variant], text: str) -> list[Span]:
    if not any(form.normals or form.sound for way in word for form in way):
        return []
    located = LocatedWords(text)
    return _all_forms(word, lambda form: _meant(form, located))


def _all_forms(ways: list[Variant], find: Callable[[Form], list[Span]]) -> list[Span]:
    """Of each way to say it, the places of its parts, if each of them has one."""
    spans: list[Span] = []
    for way in ways:
        found = [find(form) for form in way]
        if all(found):
            spans += [span for part in found for span in part]
    return spans


def _written(form: Form, folded: str, origin: list[Span]) -> Iterator[Span]:
    start = folded.find(form.written)
    while start >= 0:
        end = start + len(form.written)
        if not form.is_latin or _is_word(form, folded, start, end):
            if folded[end : end + 1] == "ー":
                end += 1  # サーバ, where サーバー was asked for
            yield origin[start][0], origin[end - 1][1]
        start = folded.find(form.written, end)


def _is_word(form: Form, folded: str, start: int, end: int) -> bool:
    """A Latin word is found from its beginning on, a short one or a number as a whole."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    begins = not (before.isascii() and before.isalnum())
    ends = not (after.isascii() and after.isalnum())
    return begins and (ends or not form.is_whole_word)


def _meant(form: Form, located: LocatedWords) -> list[Span]:
    if form.normals:
        found = [located.with_normals(normals) for normals in form.normals]
        if all(found):
            return [span for part in found for span in part]
    return located.with_sound(form.sound) if len(form.sound) > 1 else []


def _until(most: int | None, pieces: Iterable[str]) -> Iterator[str]:
    """Pieces in one line each, as long as they are together within bounds."""
    read = 0
    for piece in pieces:
        read += len(piece)
        if most is not None and read > most:
            return
        yield " ".join(piece.split())


def _as_html(text: str, spans: Iterable[Span]) -> SafeString:
    html, at = "", 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            html += f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
            at = end
    return SafeString((html + escape(text[at:])).replace("</mark><mark>", ""))
