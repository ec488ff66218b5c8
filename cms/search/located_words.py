"""The dictionary's words of a text with where they stand in it."""

from collections.abc import Sequence

from cms.search.dictionary import Word, words
from cms.search.folding import Span, fold, normalise, traced


class LocatedWords:
    """Empty where the words cannot be laid upon the text letter by letter."""

    def __init__(self, text: str) -> None:
        folded, origin = traced(text)
        self.words: list[Word] = []
        self.spans: list[Span] = []
        place = 0
        for word in words(normalise(text)) if folded else ():
            surface = fold(word.surface)
            if not surface or not folded.startswith(surface, place):
                self.words, self.spans = [], []
                return
            end = place + len(surface)
            self.words.append(word)
            self.spans.append((origin[place][0], origin[end - 1][1]))
            place = end

    def with_normals(self, normals: Sequence[str]) -> list[Span]:
        """Where these words follow each other, if only with particles between."""
        kept = [n for n, word in enumerate(self.words) if not word.is_particle]
        found = []
        for first in range(len(kept) - len(normals) + 1):
            places = kept[first : first + len(normals)]
            if all(
                self.words[place].normal == normal
                for place, normal in zip(places, normals, strict=True)
            ):
                found.append((self.spans[places[0]][0], self.spans[places[-1]][1]))
        return found

    def with_sound(self, sound: str) -> list[Span]:
        """Whole words that together are read like this; a verb may end otherwise."""
        found = []
        for first in range(len(self.words)):
            last = self._heard_until(first, sound)
            if last is not None:
                found.append((self.spans[first][0], self.spans[last][1]))
        return found

    def _heard_until(self, place: int, rest: str) -> int | None:
        if place == len(self.words):
            return None
        word = self.words[place]
        for reading in filter(None, (word.reading, *word.other_readings)):
            if rest == reading or (word.inflects and _same_stem(rest, reading)):
                return place
            if rest.startswith(reading):
                last = self._heard_until(place + 1, rest[len(reading) :])
                if last is not None:
                    return last
        return None


def _same_stem(left: str, right: str) -> bool:
    """学び合い, 学び合う: all but the last kana."""
    return len(left) == len(right) > 1 and left[:-1] == right[:-1]
