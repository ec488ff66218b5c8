"""What an object gives to the index: the values of its search fields, as tokens."""

import copy
from typing import Any

from cms.search.analysis import index_text


class Analysed:
    """An object as the library's indexer sees it: its key, and fields that give tokens.

    The library reads every field three to five times per object; here each is read
    and analysed once. `indexer` is the library's own, which knows how to walk fields.
    """

    def __init__(self, obj: Any, indexer: Any) -> None:
        self.pk = obj.pk
        self._fields = [
            _constant(field, index_text(value))
            for declared in obj.get_search_fields()
            for field, *_weight, value in indexer.prepare_field(obj, declared)
            if value != "None"  # the library's text for an empty column
        ]

    def get_search_fields(self) -> list[Any]:
        return self._fields


def _constant(field: Any, tokens: str) -> Any:
    twin = copy.copy(field)
    twin.get_value = lambda _obj: tokens
    return twin
