"""Who may take part: conditions of one group are alternatives, and of every group one
has to hold. They are replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.domain.recorded import recorded
from courses.enums import RequirementKind
from courses.models import Course, CourseRun, Requirement


class RequirementIncomplete(Refusal):
    """`kind` says which condition lacks what it is about."""

    sentences = {
        RequirementKind.RESIDENCY: _("在住・在勤・在学のどれかをえらんでください。"),
        RequirementKind.AGE: _("何歳から、または何歳までを入力してください。"),
        RequirementKind.SCHOOL_YEAR: _(
            "どの学年から、またはどの学年までをえらんでください。"
        ),
        RequirementKind.COMPLETED: _("修了している講座をえらんでください。"),
        RequirementKind.STATED: _("条件の文を入力してください。"),
    }

    def __init__(self, kind: RequirementKind) -> None:
        super().__init__(self.sentences[kind])
        self.kind = kind


class RequirementOutOfOrder(Refusal):
    sentence = _("「から」は「まで」より小さくしてください。")


@dataclass(frozen=True)
class RequirementPlan:
    """As `Requirement`: ages in whole years, both ends inclusive."""

    kind: RequirementKind
    group: int = 1
    residencies: Sequence[str] = ()
    min_age: int | None = None
    max_age: int | None = None
    age_on: date | None = None
    min_school_year: int | None = None
    max_school_year: int | None = None
    completed_course: Course | None = None
    words: str = ""
    everybody: bool = False

    def columns(self) -> dict[str, Any]:
        return vars(self) | {"residencies": list(self.residencies)}

    def check(self) -> None:
        """Raises: RequirementIncomplete, RequirementOutOfOrder."""
        said = {
            RequirementKind.RESIDENCY: bool(self.residencies),
            RequirementKind.AGE: (self.min_age, self.max_age) != (None, None),
            RequirementKind.SCHOOL_YEAR: (
                (self.min_school_year, self.max_school_year) != (None, None)
            ),
            RequirementKind.COMPLETED: self.completed_course is not None,
            RequirementKind.STATED: bool(self.words),
        }
        if not said.get(self.kind, True):
            raise RequirementIncomplete(self.kind)
        for least, most in (
            (self.min_age, self.max_age),
            (self.min_school_year, self.max_school_year),
        ):
            if least is not None and most is not None and most < least:
                raise RequirementOutOfOrder


def set_requirements(
    *, run: CourseRun, plans: Sequence[RequirementPlan], by: User, at: datetime
) -> None:
    """Raises: NotAllowed, RequirementIncomplete, RequirementOutOfOrder."""
    for plan in plans:
        plan.check()
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        if [plan.columns() for plan in plans] == _as_kept(locked):
            return
        with recorded(locked, by=by, at=at):
            locked.requirements.all().delete()
            Requirement.objects.bulk_create(
                Requirement(run=locked, **plan.columns()) for plan in plans
            )


def requirement_plans(run: CourseRun) -> list[RequirementPlan]:
    """The plans that would leave the conditions as they are."""
    return [
        RequirementPlan(
            **{name: getattr(row, name) for name in RequirementPlan.__dataclass_fields__}
        )
        for row in run.requirements.select_related("completed_course")
    ]


def _as_kept(run: CourseRun) -> list[dict[str, Any]]:
    return [plan.columns() for plan in requirement_plans(run)]
