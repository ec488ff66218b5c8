"""A query as nodes, and nodes as text in a database's own full-text language."""

from dataclasses import dataclass

from modelsearch.query import And, MatchAll, Or, Phrase, PlainText, SearchQuery

from cms.search.asking import Every, Node, Token, either, every, query_tree
from cms.search.synonym_groups import synonyms_for
from cms.search.synonyms import Synonyms


class WellAskedText(PlainText):
    """A text with its synonyms, for callers that have looked them up."""

    def __init__(self, text: str, synonyms: Synonyms) -> None:
        super().__init__(text)
        self.synonyms = synonyms


def tree_of(query: SearchQuery, *, typing: bool = False) -> Node | None:
    """What a query of the library asks; None where it holds nothing to search for."""
    if isinstance(query, PlainText):
        any_word = query.operator.lower() == "or"
        return query_tree(
            query.query_string,
            any_word=any_word,
            typing=typing,
            synonyms=_synonyms_of(query),
        )
    if isinstance(query, Phrase):
        return query_tree(query.query_string, typing=typing)
    if isinstance(query, And | Or):
        joined = every if isinstance(query, And) else either
        parts = [part for part in query.subqueries if not isinstance(part, MatchAll)]
        return joined(tree_of(part, typing=typing) for part in parts)
    raise NotImplementedError(f"{type(query).__name__} is not supported.")


def _synonyms_of(query: PlainText) -> Synonyms:
    if isinstance(query, WellAskedText):
        return query.synonyms
    return synonyms_for(query.query_string)


@dataclass(frozen=True)
class Dialect:
    every: str
    either: str
    ending: str  # after a token that may go on

    def render(self, node: Node) -> str:
        """Each level in parentheses. Tokens are letters and digits: nothing that a
        person typed gets here unencoded."""
        if isinstance(node, Token):
            return node.text + (self.ending if node.open_ended else "")
        joint = self.every if isinstance(node, Every) else self.either
        return f"({joint.join(self.render(part) for part in node.parts)})"


FTS5 = Dialect(every=" AND ", either=" OR ", ending="*")
TSQUERY = Dialect(every=" & ", either=" | ", ending=":*")
