"""Search fields whose values go through the analysis on their way into the index."""

import copy
from collections.abc import Iterable
from typing import Any

from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from cms.search.analysis import index_text


def plain_text(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return " 。".join(plain_text(item) for item in value)
    return "" if value is None else str(value)


def analysed_field(field: Any) -> Any:
    """A copy of a search field that gives tokens instead of text."""
    twin = copy.copy(field)
    if isinstance(field, RelatedFields):
        twin.fields = [analysed_field(inner) for inner in field.fields]
    elif isinstance(field, SearchField | AutocompleteField):
        twin.get_value = lambda obj: index_text(plain_text(field.get_value(obj)))
    return twin


class AnalysedObject:
    """An object as an indexer sees it: its key, and fields that give tokens."""

    def __init__(self, obj: Any) -> None:
        self._obj = obj
        self.pk = obj.pk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._obj, name)

    def get_search_fields(self) -> list[Any]:
        return [
            _bound(analysed_field(field), self._obj)
            for field in self._obj.get_search_fields()
        ]


def _bound(field: Any, obj: Any) -> Any:
    """Indexers pass the wrapper; fields read from the object itself."""
    read = field.get_value
    field.get_value = lambda _wrapper: read(obj)
    return field


def analysed(objs: Iterable[Any]) -> list[AnalysedObject]:
    return [AnalysedObject(obj) for obj in objs]
