"""How many come along, and rows that are added and taken out without a script."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

from courses.enums import RequirementKind as Kind
from courses.models import CourseRun
from enrollments.forms.birth_date import PARTS
from enrollments.forms.person import CompanionForm

NAMES = (
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "birth_date",
    *(f"birth_date_{part}" for part in PARTS),
    "school_year",
)
COUNT = "companions"
# One page holds no more; larger groups telephone.
MOST_COMPANIONS = 29


def most_companions(run: CourseRun) -> int:
    return min(run.max_participants - 1, MOST_COMPANIONS)


def companions_in(data: Mapping[str, Any], most: int) -> int:
    """Rows to show: as many as the form had, and no less than those with something in."""
    said = str(data.get(COUNT, ""))
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    filled = (
        n
        for n in range(1, most + 1)
        if any(data.get(f"companion{n}-{name}") for name in NAMES)
    )
    return min(max(count, max(filled, default=0)), most)


def companion_forms(
    data: Mapping[str, Any] | None, count: int, kinds: Collection[Kind], *, strictly: bool
) -> list[CompanionForm]:
    return [
        CompanionForm(data, prefix=f"companion{n}", kinds=kinds, asks_strictly=strictly)
        for n in range(1, count + 1)
    ]


def with_one_more(data: QueryDict, most: int) -> QueryDict:
    changed = data.copy()
    changed[COUNT] = str(min(companions_in(data, most) + 1, most))
    return changed


def without(data: QueryDict, most: int, number: int) -> QueryDict:
    """The row taken out; those behind it move up."""
    changed, count = data.copy(), companions_in(data, most)
    if not 1 <= number <= count:
        return changed
    for n in range(number, count + 1):
        for name in NAMES:
            following = data.getlist(f"companion{n + 1}-{name}") if n < count else []
            changed.setlist(f"companion{n}-{name}", following)
    changed[COUNT] = str(count - 1)
    return changed
