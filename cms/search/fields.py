"""What an object gives to the index: the values of its search fields, as tokens."""

import copy
from collections.abc import Iterator
from typing import Any

from cms.search.analysis import index_text

# PostgreSQL takes a megabyte of tokens per object; a character makes up to 70 bytes.
MOST_CHARACTERS = 12_000


class Analysed:
    """An object as the library's indexer sees it: its key, and fields that give tokens.

    The library reads every field three to five times per object; here each is read
    and analysed once. `indexer` is the library's own, which knows how to walk fields.
    """

    def __init__(self, obj: Any, indexer: Any) -> None:
        self.pk = obj.pk
        self._fields = list(_tokens(_values(obj, indexer)))

    def get_search_fields(self) -> list[Any]:
        return self._fields


def _values(obj: Any, indexer: Any) -> Iterator[tuple[Any, str]]:
    for declared in obj.get_search_fields():
        for field, *_weight, value in indexer.prepare_field(obj, declared):
            if value != "None":  # the library's text for an empty column
                yield field, value


def _tokens(values: Iterator[tuple[Any, str]]) -> Iterator[Any]:
    """Of too long an object, the end of its longest text is left out."""
    left = MOST_CHARACTERS
    for field, value in sorted(values, key=lambda pair: len(pair[1])):
        yield _constant(field, index_text(value[:left]))
        left -= min(left, len(value))


def _constant(field: Any, tokens: str) -> Any:
    twin = copy.copy(field)
    twin.get_value = lambda _obj: tokens
    return twin
