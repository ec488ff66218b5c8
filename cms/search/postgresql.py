"""Search in PostgreSQL's tsvector columns."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery as TsQuery
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import Case, Count, F, FloatField, Func, QuerySet, Value, When, Window
from django.db.models.lookups import LessThanOrEqual
from modelsearch.backends.database.postgres import postgres as library
from modelsearch.query import MatchAll

from cms.search.expression import TSQUERY, tree_of
from cms.search.fields import Analysed

FEW = 300
TITLE = 8.0  # a word of the title weighs as eight in the body


class Searched(Func):
    """Title and body in one, as they are indexed (see the migrations)."""

    function = "cms_searched"
    output_field = SearchVectorField()


class Index(library.PostgresIndex):
    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        objects = [Analysed(o, library.ObjectIndexer(o, self.backend)) for o in objs]
        super().add_items(model, objects)


class Compiler(library.PostgresSearchQueryCompiler):
    typing = False

    def search(
        self,
        config: Any,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: Any = None,
    ) -> QuerySet[Any]:
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        tree = tree_of(self.query, typing=self.typing)
        if tree is None:
            return self.queryset.none()
        asked = TsQuery(TSQUERY.render(tree), search_type="raw", config=config)
        vectors = self._vectors()
        looked_in = vectors[0] if len(vectors) == 1 else Searched(*vectors)
        # An alias and not an annotation: the vectors themselves stay in the database.
        found = self.queryset.alias(_vector=looked_in).filter(_vector=asked)
        score = self._score(asked, vectors)
        return self._apply_ordering_and_scoring(found, score, start, stop, score_field)

    def _vectors(self) -> list[Any]:
        """Columns of the index, also where single fields are named: they hold tokens."""
        columns = ["title"] if self.fields == ["title"] else ["title", "body"]
        return [F(f"index_entries__{column}") for column in columns]

    def _score(self, asked: TsQuery, vectors: list[Any]) -> Any:
        """The title's rank, and the body's where it can tell: among thousands of hits
        it could not, and reading each body would take a tenth of a second."""
        title, *body = (SearchRank(v, asked, weights=self.sql_weights) for v in vectors)
        if not body:
            return title
        few = LessThanOrEqual(Window(Count("*")), Value(FEW))
        return title * F("index_entries__title_norm") * TITLE + Case(
            When(few, then=body[0]), default=Value(0.0), output_field=FloatField()
        )


class AutocompleteCompiler(library.PostgresAutocompleteQueryCompiler, Compiler):
    typing = True

    def _vectors(self) -> list[Any]:
        return [F("index_entries__autocomplete")]


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
