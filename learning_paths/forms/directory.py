"""What was chosen in the list of groups, read from its address; unknown words are
passed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Stage
from learning_paths.domain.directory import Wanted, count_choices, known_areas
from learning_paths.enums import GroupKind
from learning_paths.forms.group import THEMES

LONGEST = 80


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class GroupFacet:
    name: str
    label: str | Promise
    choices: tuple[Choice, ...]

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """Something chosen, and the address's question without it."""

    label: str
    query: str


class DirectoryForm:
    """`wanted` is what to look for, `facets` what may be chosen, with counts, `chips`
    what was chosen."""

    def __init__(self, query: QueryDict) -> None:
        self.stages = {stage.key: stage for stage in Stage.objects.all()}
        words: dict[str, list[tuple[str, str]]] = {
            "kind": [(value, str(label)) for value, label in GroupKind.choices],
            "theme": [(theme.key, theme.label) for theme in THEMES],
            "area": [(area, area) for area in known_areas()],
            "stage": [(key, stage.label) for key, stage in self.stages.items()],
        }
        self.words = words
        chosen = {name: self._known(query, name) for name in words}
        self.wanted = Wanted(
            words=query.get("q", "")[:LONGEST].replace("\0", ""),
            kinds=chosen["kind"],
            themes=chosen["theme"],
            areas=chosen["area"],
            stages=chosen["stage"],
            looks_for_members=query.get("members") == "1",
        )

    def _known(self, query: QueryDict, name: str) -> tuple[str, ...]:
        known = {value for value, _label in self.words[name]}
        return tuple(value for value in query.getlist(name) if value in known)

    @property
    def is_narrowed(self) -> bool:
        return self.wanted != Wanted()

    def chips(self) -> list[Chip]:
        chosen = list(self._chosen())
        return [
            Chip(label, urlencode([other[:2] for other in chosen if other != one]))
            for one in chosen
            for label in [one[2]]
        ]

    def _chosen(self) -> Iterator[tuple[str, str, str]]:
        """Name and value in the address, and what it is called."""
        wanted = self.wanted
        if wanted.words:
            yield "q", wanted.words, str(_("「%(text)s」") % {"text": wanted.words})
        if wanted.looks_for_members:
            yield "members", "1", str(_("会員募集中"))
        for name, values in (
            ("kind", wanted.kinds),
            ("theme", wanted.themes),
            ("area", wanted.areas),
            ("stage", wanted.stages),
        ):
            labels = dict(self.words[name])
            yield from ((name, value, labels[value]) for value in values)

    def facets(self) -> list[GroupFacet]:
        """Choices that lead nowhere are left out, unless they are chosen."""
        counts, wanted = count_choices(self.wanted), self.wanted
        rows = (
            ("kind", _("団体の種類"), counts.kinds, wanted.kinds),
            ("theme", _("活動の分野"), counts.themes, wanted.themes),
            ("area", _("地区"), counts.areas, wanted.areas),
            ("stage", _("いまのステージ"), counts.stages, wanted.stages),
        )
        facets = [
            GroupFacet(
                name,
                label,
                tuple(
                    Choice(value, words, count[value], value in chosen)
                    for value, words in self.words[name]
                    if count[value] or value in chosen
                ),
            )
            for name, label, count, chosen in rows
        ]
        return [facet for facet in facets if facet.choices]
