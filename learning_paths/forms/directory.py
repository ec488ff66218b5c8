"""What was chosen in the list of groups, read from its address; unknown words are
passed over."""

from dataclasses import dataclass

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


class DirectoryForm:
    """`wanted` is what to look for, `facets` what may be chosen, with counts."""

    def __init__(self, query: QueryDict) -> None:
        words: dict[str, list[tuple[str, str]]] = {
            "kind": [(value, str(label)) for value, label in GroupKind.choices],
            "theme": [(theme.key, theme.label) for theme in THEMES],
            "area": [(area, area) for area in known_areas()],
            "stage": [(stage.key, stage.label) for stage in Stage.objects.all()],
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
