"""A question that was answered is ended, never deleted, and keeps its kind and its
options, so that the answers keep their meaning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.domain.recorded import recorded
from courses.enums import QuestionKind
from courses.models import CourseRun, RunQuestion

CHOOSING = (QuestionKind.CHOICE, QuestionKind.CHOICES)
LEAST_OPTIONS = 2


class QuestionNeedsWords(Refusal):
    sentence = _("質問の文を入力してください。")


class QuestionNeedsOptions(Refusal):
    sentence = _("えらぶ質問には、選択肢を二つ以上、1行に一つずつ書いてください。")


class QuestionIsAnswered(Refusal):
    sentence = _(
        "すでに答えた方がいる質問の答えかたは変えられず、選択肢は足すことだけできます。"
    )


@dataclass(frozen=True)
class QuestionPlan:
    """`pk` none adds one. Each option stands once."""

    label: str
    kind: QuestionKind = QuestionKind.TEXT
    label_en: str = ""
    why: str = ""
    options: Sequence[str] = ()
    is_required: bool = False
    pk: int | None = None

    def columns(self) -> dict[str, Any]:
        said = {name: value for name, value in vars(self).items() if name != "pk"}
        options = self.options if self.kind in CHOOSING else ()
        return said | {"options": "\n".join(dict.fromkeys(options))}

    def check(self) -> None:
        """Raises: QuestionNeedsWords, QuestionNeedsOptions."""
        if not self.label.strip():
            raise QuestionNeedsWords
        if self.kind in CHOOSING and len(set(self.options)) < LEAST_OPTIONS:
            raise QuestionNeedsOptions


def set_questions(
    *, run: CourseRun, plans: Sequence[QuestionPlan], by: User, at: datetime
) -> None:
    """These are asked from now on, in this order; others are asked no longer.

    Raises: NotAllowed, QuestionNeedsWords, QuestionNeedsOptions, QuestionIsAnswered.
    """
    for plan in plans:
        plan.check()
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        known = {row.pk: row for row in locked.questions.all()}
        with recorded(locked, by=by, at=at):
            kept = {plan.pk for plan in plans}
            _end(row for row in known.values() if row.pk not in kept)
            for position, plan in enumerate(plans, start=1):
                row = known.get(plan.pk or 0) or RunQuestion(run=locked)
                _take_over(row, plan, position)


def question_plans(run: CourseRun) -> list[QuestionPlan]:
    """Of those that are asked."""
    return [
        QuestionPlan(
            pk=row.pk,
            label=row.label,
            kind=QuestionKind(row.kind),
            label_en=row.label_en,
            why=row.why,
            options=tuple(row.options.splitlines()),
            is_required=row.is_required,
        )
        for row in run.questions.filter(is_asked=True)
    ]


def _end(rows: Iterable[RunQuestion]) -> None:
    """The answers protect what they answer."""
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            RunQuestion.objects.filter(pk=row.pk).update(is_asked=False)


def _take_over(row: RunQuestion, plan: QuestionPlan, position: int) -> None:
    """Raises: QuestionIsAnswered."""
    columns = plan.columns() | {"position": position, "is_asked": True}
    missing = set(row.options.splitlines()) - set(columns["options"].splitlines())
    if row.pk and (row.kind != plan.kind or missing) and row.answers.exists():
        raise QuestionIsAnswered
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
