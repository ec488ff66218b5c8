"""Search in PostgreSQL's tsvector columns."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery as TsQuery
from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from modelsearch.backends.database.postgres import postgres as library
from modelsearch.query import MatchAll

from cms.search.asking import Node
from cms.search.expression import TSQUERY, tree_of
from cms.search.fields import Analysed


class Index(library.PostgresIndex):
    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        objects = [Analysed(o, library.ObjectIndexer(o, self.backend)) for o in objs]
        super().add_items(model, objects)


class Compiler(library.PostgresSearchQueryCompiler):
    typing = False

    @cached_property
    def tree(self) -> Node | None:
        return tree_of(self.query, typing=self.typing)

    def search(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        if not isinstance(self.query, MatchAll) and self.tree is None:
            return self.queryset.none()
        return super().search(*args, **kwargs)

    def build_tsquery(self, query: Any, config: Any = None) -> TsQuery:
        return TsQuery(TSQUERY.render(self.tree), search_type="raw", config=config)

    def build_tsrank(
        self, vector: Any, query: Any, config: Any = None, boost: float = 1.0
    ) -> Any:
        asked = self.build_tsquery(query, config=config)
        return SearchRank(vector, asked, weights=self.sql_weights) * boost

    def get_search_vectors(self, search_query: Any) -> list[Any]:
        """Columns of the index: it holds tokens, and the fields themselves do not."""
        vectors: list[Any] = self.get_index_vectors(search_query)
        return vectors[:1] if self.fields == ["title"] else vectors


class AutocompleteCompiler(library.PostgresAutocompleteQueryCompiler, Compiler):
    typing = True

    def get_search_vectors(self, search_query: Any) -> list[Any]:
        return [(F("index_entries__autocomplete"), 1.0)]


class Results(library.PostgresSearchResults):
    def column(self, name: str) -> list[Any]:
        """One column instead of whole rows, in the order of the results."""
        return list(self.get_queryset().values_list(name, flat=True))


class SearchBackend(library.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results

    def __init__(self, params: dict[str, Any]) -> None:
        # "simple" takes tokens as they are; a language's stemming would cut them.
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
