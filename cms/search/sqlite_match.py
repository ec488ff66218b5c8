"""A ready-made FTS5 expression in the place of the library's lexemes."""

from typing import Any

from django.db.models import FloatField
from django.db.models.expressions import Expression, Func
from modelsearch.backends.database.sqlite.query import (
    SearchQueryCombinable,
    SearchQueryField,
    SQLiteFTSIndexEntry,
)


class RawMatch(SearchQueryCombinable, Expression):
    """`asked` holds encoded tokens, quotes, AND, OR and parentheses; nothing typed by
    a person reaches it unencoded."""

    _output_field = SearchQueryField()

    def __init__(self, asked: str) -> None:
        super().__init__(output_field=self._output_field)
        self.asked = asked

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        return "%s", [self.asked]


class TitleFirst(Func):
    """BM25 with the title worth eight times the body."""

    function = "bm25"
    output_field = FloatField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 1.0, 1.0, 8.0)", []
