"""Search in SQLite's FTS5.

Differs from the library also in ranking: FTS5 ranks all hits once, and the best are
then fetched; the library runs the whole match again for each hit.
"""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite as library
from modelsearch.backends.database.sqlite.query import MatchExpression
from modelsearch.query import MatchAll
from modelsearch.utils import get_descendants_content_types_pks

from cms.search.expression import FTS5, tree_of
from cms.search.fields import Analysed

ENTRIES = library.IndexEntry._meta.db_table
FULL_TEXT = library.SQLiteFTSIndexEntry._meta.db_table
# The match runs once and is then looked up. Joined directly, SQLite would run it once
# for each entry. BM25 gives the best the lowest number, and a word of the title weighs
# as eight in the body: the columns are autocomplete, body, title.
RANKED = f"""
    WITH hits (id, score) AS MATERIALIZED (
        SELECT rowid, bm25({FULL_TEXT}, 1.0, 1.0, 8.0)
        FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s
    )
    SELECT entry.object_id, hits.score
    FROM {ENTRIES} AS entry CROSS JOIN hits ON hits.id = entry.id
    WHERE entry.content_type_id IN (SELECT value FROM json_each(%s))
"""  # noqa: S608 (names of tables)
FEW = 500


class Index(library.SQLiteIndex):
    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        objects = [Analysed(o, library.ObjectIndexer(o, self.backend)) for o in objs]
        super().add_items(model, objects)


class Compiler(library.SQLiteSearchQueryCompiler):
    typing = False

    @cached_property
    def expression(self) -> str | None:
        tree = tree_of(self.query, typing=self.typing)
        return tree and FTS5.render(tree)

    def _columns(self) -> list[str]:
        return ["title"] if self.fields == ["title"] else list(self.FTS_TABLE_FIELDS)

    @property
    def _kinds(self) -> list[int]:
        return list(get_descendants_content_types_pks(self.queryset.model))

    def matching(self) -> QuerySet[Any]:
        """The searched rows that match, in no order of their own."""
        if self.expression is None:
            return self.queryset.none()
        match = MatchExpression(self._columns(), Value(self.expression))
        hits = library.SQLiteFTSIndexEntry.objects.filter(match)
        entries = library.IndexEntry.objects.filter(
            content_type__in=self._kinds, pk__in=hits.values("pk")
        )
        key = Cast("object_id", self.queryset.model._meta.pk)
        return self.queryset.filter(pk__in=entries.values_list(key))

    def ranked(self, column: str) -> list[tuple[Any, float]]:
        """A column and the score of the searched rows that match, best first."""
        if self.expression is None:
            return []
        asked = f"{{{' '.join(self._columns())}}} : ({self.expression})"
        with connection.cursor() as cursor:
            cursor.execute(RANKED, [asked, json.dumps(self._kinds)])
            scores = {int(key): score for key, score in cursor.fetchall()}
        rows = self.queryset.order_by()
        if len(scores) <= FEW:
            rows = rows.filter(pk__in=scores)
        wanted = rows.values_list("pk", column)
        hits = [(scores[key], -key, value) for key, value in wanted if key in scores]
        return [(value, score) for score, _key, value in sorted(hits)]

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: Any = None
    ) -> QuerySet[Any]:
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        found = self.matching()
        return (found if found.query.order_by else found.order_by("-pk"))[start:stop]


class AutocompleteCompiler(library.SQLiteAutocompleteQueryCompiler, Compiler):
    typing = True

    def _columns(self) -> list[str]:
        return list(self.FTS_TABLE_FIELDS)


class Results(library.SQLiteSearchResults):
    @property
    def is_ranked(self) -> bool:
        compiler = self.query_compiler
        return compiler.order_by_relevance and not isinstance(compiler.query, MatchAll)

    def column(self, name: str) -> list[Any]:
        """One column instead of whole rows, in the order of the results."""
        if self.is_ranked:
            return [value for value, _score in self._best(name)]
        return list(self.get_queryset().values_list(name, flat=True))

    def _best(self, column: str = "pk") -> list[tuple[Any, float]]:
        ranked = self.query_compiler.ranked(column)
        return list(ranked[self.start : self.stop])

    def _do_search(self) -> list[Any]:
        if not self.is_ranked:
            return list(super()._do_search())
        best = self._best()
        rows = self.query_compiler.queryset.order_by()
        if len(best) <= FEW:
            rows = rows.filter(pk__in=[key for key, _score in best])
        found = {row.pk: row for row in rows}
        for key, score in best:
            if self._score_field:
                setattr(found[key], self._score_field, score)
        return [found[key] for key, _score in best]


class SearchBackend(library.SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
