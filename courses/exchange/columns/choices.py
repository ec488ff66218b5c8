"""Cells that hold one word of a closed list, a yes or no, or several words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Choices
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.domain.contact import tidy_text
from courses.exchange.columns.texts import plain, within

LANGUAGE = "ja"


class Choice(Widget):
    """One word of a closed list, by its label, its value or another way to say it."""

    def __init__(
        self,
        choices: type[Choices],
        *,
        also: Mapping[str, Any] | None = None,
        default: Any = None,
    ) -> None:
        super().__init__()
        self.choices, self.also, self.default = choices, dict(also or {}), default

    @cached_property
    def words(self) -> dict[str, Any]:
        """Files are in the city's language, whoever reads them."""
        with translation.override(LANGUAGE):
            return self._words()

    def _words(self) -> dict[str, Any]:
        said = {folded(str(one.label)): one for one in self.choices}
        values = {folded(str(one.value)): one for one in self.choices}
        return values | said | {folded(word): one for word, one in self.also.items()}

    def clean(self, value: Any, row: Any = None, **_more: Any) -> Any:
        text = tidy_text(plain(value))
        if not text:
            return self.default
        try:
            return self.words[folded(text)]
        except KeyError as unknown:
            labels = (str(one.label) for one in self.choices)
            words = _("「%(text)s」がわかりません。%(words)sのどれかにしてください。")
            given = {"text": text, "words": "・".join(labels)}
            raise ValueError(words % given) from unknown

    @cached_property
    def labels(self) -> dict[Any, str]:
        with translation.override(LANGUAGE):
            return {one.value: str(one.label) for one in self.choices}

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return "" if value in (None, "") else self.labels[value]


class YesNo(Widget):
    """○ or nothing; none where the cell is empty."""

    yes = frozenset(
        {"○", "〇", "◯", "o", "はい", "有", "あり", "yes", "true", "1", "レ", "✓"}
    )
    no = frozenset({"×", "x", "✕", "いいえ", "無", "なし", "no", "false", "0", "-", "―"})

    def clean(self, value: Any, row: Any = None, **_more: Any) -> bool | None:
        text = folded(tidy_text(plain(value)))
        if not text:
            return None
        if text in self.yes or text in self.no:
            return text in self.yes
        words = _("「%(text)s」がわかりません。○か×にしてください。")
        raise ValueError(words % {"text": text})

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return "" if value is None else "○" if value else "×"


class Several(Widget):
    """Words with 、 or ・ or a break between them; with `dots`, ・ and / are part of a
    word, as in コンプライアンス・社会的責任."""

    cuts = re.compile(r"[、,・;；/\n]+")
    cuts_but_dots = re.compile(r"[、,;；\n]+")

    def __init__(self, most: int = 200, *, dots: bool = False) -> None:
        super().__init__()
        self.most = most
        if dots:
            self.cuts = self.cuts_but_dots

    def clean(self, value: Any, row: Any = None, **_more: Any) -> tuple[str, ...]:
        parts = (tidy_text(part) for part in self.cuts.split(plain(value)))
        return tuple(dict.fromkeys(within(part, self.most) for part in parts if part))

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return "、".join(str(one) for one in _each(value))


def _each(value: Any) -> Iterable[Any]:
    return () if value in (None, "") else (value,) if isinstance(value, str) else value


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()
