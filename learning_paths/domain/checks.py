"""The self-check in force, what somebody's answers say, and how an organiser keeps it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.models import Stage
from learning_paths.domain.self_check import Spoken, Suggestion, suggest
from learning_paths.domain.stages import record_stage
from learning_paths.models import (
    Activity,
    CheckAnswer,
    CheckQuestion,
    CheckResult,
    Group,
    StageCheck,
    StageRecord,
)

# What stands in the record as the reason.
MOST_REASONS = 3
LONGEST_BASIS = 300


class NothingAnswered(Refusal):
    sentence = _("一つ以上の質問に答えてください。")


@dataclass(frozen=True)
class Reason:
    """A stage with the answers that speak for it, as question and answer."""

    stage: Stage
    share: int
    answers: list[tuple[CheckQuestion, CheckAnswer]]


@dataclass(frozen=True)
class Outcome:
    """`reasons` are all stages for which something speaks, the suggested one first, each
    with its share in a hundred; `close` are those that come near it."""

    check: StageCheck
    suggestion: Suggestion
    reasons: list[Reason]
    close: list[Stage]

    @property
    def stage(self) -> Stage | None:
        return self.reasons[0].stage if self.reasons else None


def check_in_force() -> StageCheck | None:
    return StageCheck.objects.filter(published_at__isnull=False).first()


def questions_of(check: StageCheck) -> list[CheckQuestion]:
    """With answers and weights, in three queries."""
    return list(
        check.questions.prefetch_related("answers__weights").order_by("position", "pk")
    )


def outcome_of(check: StageCheck, answers: Collection[int]) -> Outcome:
    """What these answers (keys) say; unknown ones, and all but the first of a question,
    are passed over."""
    chosen = _chosen(questions_of(check), answers)
    stages = {stage.pk: stage for stage in Stage.objects.all()}
    found = suggest(
        (
            Spoken(
                question.pk,
                answer.pk,
                {one.stage_id: one.weight for one in answer.weights.all()},
            )
            for question, answer in chosen
        ),
        list(stages),
    )
    by_key = {answer.pk: (question, answer) for question, answer in chosen}
    total = sum(one.points for one in found.ranked) or 1
    return Outcome(
        check=check,
        suggestion=found,
        reasons=[
            Reason(
                stages[one.stage],
                round(100 * one.points / total),
                [by_key[key] for key in one.answers],
            )
            for one in found.ranked
        ],
        close=[stages[one.stage] for one in found.close],
    )


def outcome_of_result(result: CheckResult) -> Outcome:
    """As it was explained then: by the version that was answered."""
    answers = set(result.answers.values_list("pk", flat=True))
    return outcome_of(result.check_version, answers)


def record_check(
    *,
    group: Group,
    check: StageCheck,
    answers: Collection[int],
    activity: Activity | None,
    by: User,
    at: datetime,
) -> StageRecord:
    """The suggested stage becomes the group's own statement of today, with its answers.

    Raises: NothingAnswered, NotAMember, NotAnOrganiser, GroupClosed.
    """
    outcome = outcome_of(check, answers)
    if outcome.stage is None:
        raise NothingAnswered
    with transaction.atomic():
        record = record_stage(
            group=group,
            stage=outcome.stage,
            as_of=timezone.localdate(at),
            basis=basis_words(outcome),
            activity=activity,
            by=by,
            at=at,
        )
        if record.result is None:
            result = CheckResult.objects.create(
                group=group,
                activity=activity,
                check_version=check,
                stage=outcome.stage,
                at=at,
                by=by,
            )
            result.answers.set(_chosen_keys(outcome, answers))
            record.result = result
            record.save(update_fields=["result"])
    return record


def basis_words(outcome: Outcome) -> str:
    """The strongest answers, as the reason that members read."""
    strongest = [answer.label for _q, answer in outcome.reasons[0].answers[:MOST_REASONS]]
    words = _("自己診断（第%(number)d版）: %(answers)s")
    said = words % {"number": outcome.check.number, "answers": "、".join(strongest)}
    return said[:LONGEST_BASIS]


def _chosen(
    questions: Iterable[CheckQuestion], answers: Collection[int]
) -> list[tuple[CheckQuestion, CheckAnswer]]:
    found = []
    for question in questions:
        given = [one for one in question.answers.all() if one.pk in answers]
        found += [(question, one) for one in given[:1]]
    return found


def _chosen_keys(outcome: Outcome, answers: Collection[int]) -> list[int]:
    return [
        answer.pk for _question, answer in _chosen(questions_of(outcome.check), answers)
    ]
