"""What a group says of itself, tidied and checked in one place whoever writes it down."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from accounts.domain.contact import tidy_kana, tidy_text
from courses.models import Theme
from learning_paths.domain.refusals import NameIsAnAddress, NameMissing
from learning_paths.enums import GroupKind
from learning_paths.models import Group

ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


@dataclass(frozen=True)
class GroupFacts:
    """What the public reads; `themes` are keys of `Theme`."""

    name: str
    name_kana: str = ""
    kind: str = GroupKind.VOLUNTARY
    activity: str = ""
    themes: tuple[int, ...] = ()
    area: str = ""
    meets: str = ""
    website: str = ""
    looks_for_members: bool = False

    def tidied(self) -> "GroupFacts":
        """Raises: NameMissing, NameIsAnAddress."""
        return replace(
            self,
            name=group_name(self.name),
            name_kana=tidy_kana(self.name_kana),
            activity=self.activity.strip(),
            themes=tuple(sorted(set(self.themes))),
            area=tidy_text(self.area),
            meets=tidy_text(self.meets),
            website=self.website.strip(),
        )

    def plain(self) -> dict[str, Any]:
        """For keeping as JSON."""
        return {**asdict(self), "themes": list(self.themes), "kind": str(self.kind)}


ROW_FIELDS = tuple(one.name for one in fields(GroupFacts) if one.name != "themes")


def facts_of(group: Group) -> GroupFacts:
    themes = tuple(sorted(group.themes.values_list("pk", flat=True)))
    return GroupFacts(**{name: getattr(group, name) for name in ROW_FIELDS}, themes=themes)


def facts_from(plain: Mapping[str, Any]) -> GroupFacts:
    """As `plain` kept them; themes that are gone since are left out."""
    themes = Theme.objects.filter(pk__in=plain["themes"]).values_list("pk", flat=True)
    return GroupFacts(**{**plain, "themes": tuple(sorted(themes))})


def write_facts(group: Group, facts: GroupFacts) -> None:
    """On the locked row; `facts` are tidied."""
    for name in ROW_FIELDS:
        setattr(group, name, getattr(facts, name))
    group.save(update_fields=list(ROW_FIELDS))
    group.themes.set(facts.themes)


def group_name(name: str) -> str:
    """The name as it is kept; it goes out in invitations.

    Raises: NameMissing, NameIsAnAddress.
    """
    tidy = tidy_text(name)
    if not tidy:
        raise NameMissing
    if ADDRESS.search(tidy):
        raise NameIsAnAddress
    return tidy
