"""Wagtail's database search with Japanese analysis, the same on SQLite and PostgreSQL.

Only two things differ from the library: what is written (tokens, see `fields`), and
how a query is asked (a boolean expression over tokens). On SQLite the ranking is
also made once, in the full-text table, where the library runs the match again for
every hit, and combined queries get the parentheses that the library leaves out.
"""

from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from modelsearch.query import And, MatchAll, Or, PlainText, SearchQuery
from modelsearch.query import Phrase as PhraseQuery

from cms.search.analysis import Either, Every, Phrase, query_tree
from cms.search.fields import analysed

RANKED = 1_000


def _tree(query: SearchQuery) -> Phrase | Every | Either:
    if isinstance(query, PlainText | PhraseQuery):
        return query_tree(query.query_string)
    if isinstance(query, And | Or):
        kind = Every if isinstance(query, And) else Either
        return kind(tuple(_tree(part) for part in query.subqueries))
    raise NotImplementedError(f"{type(query).__name__} is not supported")


def expression(tree: Any, *, both: str, either: str, phrase: Any) -> str:
    """The tree in a database's own words, every level in parentheses."""
    if isinstance(tree, Phrase):
        return str(phrase(tree.tokens))
    joint = both if isinstance(tree, Every) else either
    inner = [expression(p, both=both, either=either, phrase=phrase) for p in tree.parts]
    return f"({f' {joint} '.join(inner)})"


def _backend_for_sqlite(params: dict[str, Any]) -> Any:
    from modelsearch.backends.database.sqlite import sqlite
    from modelsearch.backends.database.sqlite.query import MatchExpression
    from modelsearch.utils import get_descendants_content_types_pks

    from cms.search.sqlite_match import RawMatch, TitleFirst

    class Index(sqlite.SQLiteIndex):
        def add_items(self, model: Any, objs: Any) -> None:
            super().add_items(model, analysed(objs))

    class Searching:
        FTS_TABLE_FIELDS: tuple[str, ...]

        def search(
            self, config: Any, start: Any, stop: Any, score_field: Any = None
        ) -> Any:
            if isinstance(self.query, MatchAll):
                return self.queryset[start:stop]
            asked = expression(
                _tree(self.query),
                both="AND",
                either="OR",
                phrase=lambda tokens: f'"{" ".join(tokens)}"',
            )
            hits = (
                sqlite.SQLiteFTSIndexEntry.objects.filter(
                    MatchExpression(list(self.FTS_TABLE_FIELDS), RawMatch(asked)),
                    index_entry__content_type__in=get_descendants_content_types_pks(
                        self.queryset.model
                    ),
                )
                .annotate(score=TitleFirst())
                .order_by("score", "-pk")
                .values_list("index_entry__object_id", flat=True)
            )
            keys = [int(key) for key in hits]
            found = self.queryset.filter(pk__in=keys)
            if score_field is not None:
                found = found.annotate(**{score_field: _place(keys)})
            if self.order_by_relevance:
                return found.order_by(_place(keys), "-pk")[start:stop]
            if not found.query.order_by:
                found = found.order_by("-pk")
            return found[start:stop]

    class Compiler(Searching, sqlite.SQLiteSearchQueryCompiler):
        """Title and body."""

    class AutocompleteCompiler(Searching, sqlite.SQLiteAutocompleteQueryCompiler):
        """What is typed into the back office's choosers."""

    class Backend(sqlite.SQLiteSearchBackend):
        index_class = Index
        query_compiler_class = Compiler
        autocomplete_query_compiler_class = AutocompleteCompiler

    return Backend(params)


def _place(keys: list[int]) -> Case:
    """The rank of a hit as a sort key; beyond the first thousand all are equal."""
    whens = [When(pk=key, then=Value(place)) for place, key in enumerate(keys[:RANKED])]
    return Case(*whens, default=Value(RANKED), output_field=IntegerField())


def _backend_for_postgresql(params: dict[str, Any]) -> Any:
    from django.contrib.postgres.search import SearchQuery as TsQuery
    from modelsearch.backends.database.postgres import postgres

    class Index(postgres.PostgresIndex):
        def add_items(self, model: Any, objs: Any) -> None:
            super().add_items(model, analysed(objs))

    class Asking:
        def build_tsquery_content(
            self, query: Any, config: Any = None, invert: bool = False
        ) -> Any:
            asked = expression(_tree(query), both="&", either="|", phrase=" <-> ".join)
            return TsQuery(asked, search_type="raw", config=config, invert=invert)

        def build_tsrank(
            self, vector: Any, query: Any, config: Any = None, boost: float = 1.0
        ) -> Any:
            plain = PlainText("") if isinstance(query, And | Or) else query
            if plain is query:
                return super().build_tsrank(vector, query, config=config, boost=boost)  # type: ignore[misc]
            return postgres.SearchRank(vector, self.build_tsquery(query, config=config))

    class Compiler(Asking, postgres.PostgresSearchQueryCompiler):
        """Title and body."""

    class AutocompleteCompiler(Asking, postgres.PostgresAutocompleteQueryCompiler):
        """What is typed into the back office's choosers."""

    class Backend(postgres.PostgresSearchBackend):
        index_class = Index
        query_compiler_class = Compiler
        autocomplete_query_compiler_class = AutocompleteCompiler

        def __init__(self, params: dict[str, Any]) -> None:
            # "simple" takes tokens as they are; English stemming would cut them.
            super().__init__({**params, "SEARCH_CONFIG": "simple"})

    return Backend(params)


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend for the database that is used."""
    if connection.vendor == "postgresql":
        return _backend_for_postgresql(params)
    return _backend_for_sqlite(params)
