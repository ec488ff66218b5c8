"""A version of the self-check is written as a draft and published once; from then on it
stays as it is, and another wording or weight is the next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from learning_paths.domain.checks import questions_of
from learning_paths.domain.membership import require_register_keeper
from learning_paths.models import AnswerWeight, CheckAnswer, CheckQuestion, StageCheck

FEWEST_ANSWERS = 2


class CheckIsPublished(Refusal):
    sentence = _("公開した版は変えられません。次の版をつくってください。")


class CheckTooSmall(Refusal):
    sentence = _(
        "どの質問にも答えが二つ以上あり、どれかの答えがステージを示すようにしてください。"
    )


@dataclass(frozen=True)
class AnswerDraft:
    """`weights`: how strongly it speaks for which stage (key), 1 to 9."""

    text: str
    text_en: str = ""
    weights: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionDraft:
    text: str
    text_en: str = ""
    answers: Sequence[AnswerDraft] = ()


def begin_version(*, by: User, at: datetime) -> StageCheck:
    """The draft there is, else a copy of the newest version to go on from.

    Raises: NotAnOrganiser.
    """
    require_register_keeper(by)
    with transaction.atomic():
        # Its row is the lock: two who begin in one moment get the same draft.
        last = StageCheck.objects.select_for_update(no_key=True).first()
        draft = StageCheck.objects.filter(published_at=None).first()
        if draft is not None:
            return draft
        highest = StageCheck.objects.aggregate(last=Max("number"))["last"] or 0
        made = StageCheck.objects.create(
            number=highest + 1,
            intro=last.intro if last else "",
            intro_en=last.intro_en if last else "",
            made_at=at,
        )
        _write(made, drafts_of(last) if last else [])
    return made


def drafts_of(check: StageCheck) -> list[QuestionDraft]:
    return [
        QuestionDraft(
            question.text,
            question.text_en,
            [
                AnswerDraft(
                    answer.text,
                    answer.text_en,
                    {one.stage_id: one.weight for one in answer.weights.all()},
                )
                for answer in question.answers.all()
            ],
        )
        for question in questions_of(check)
    ]


def write_check(
    *,
    check: StageCheck,
    intro: str,
    intro_en: str,
    questions: Sequence[QuestionDraft],
    by: User,
) -> StageCheck:
    """The draft is exactly this. Raises: NotAnOrganiser, CheckIsPublished."""
    require_register_keeper(by)
    with transaction.atomic():
        fresh = _draft(check)
        fresh.intro, fresh.intro_en = intro.strip(), intro_en.strip()
        fresh.save(update_fields=["intro", "intro_en"])
        fresh.questions.all().delete()
        _write(fresh, questions)
    return fresh


def publish_check(*, check: StageCheck, by: User, at: datetime) -> StageCheck:
    """Raises: NotAnOrganiser, CheckIsPublished, CheckTooSmall."""
    require_register_keeper(by)
    with transaction.atomic():
        fresh = _draft(check)
        questions = drafts_of(fresh)
        if not questions or not all(map(_says_something, questions)):
            raise CheckTooSmall
        fresh.published_at, fresh.published_by = at, by
        fresh.save(update_fields=["published_at", "published_by"])
    return fresh


def _says_something(question: QuestionDraft) -> bool:
    enough = len(question.answers) >= FEWEST_ANSWERS
    return enough and any(answer.weights for answer in question.answers)


def _draft(check: StageCheck) -> StageCheck:
    fresh = StageCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if fresh.published_at is not None:
        raise CheckIsPublished
    return fresh


def _write(check: StageCheck, questions: Sequence[QuestionDraft]) -> None:
    for position, draft in enumerate(questions, start=1):
        question = CheckQuestion.objects.create(
            check_version=check,
            position=position,
            text=draft.text.strip(),
            text_en=draft.text_en.strip(),
        )
        for place, one in enumerate(draft.answers, start=1):
            answer = CheckAnswer.objects.create(
                question=question,
                position=place,
                text=one.text.strip(),
                text_en=one.text_en.strip(),
            )
            AnswerWeight.objects.bulk_create(
                AnswerWeight(answer=answer, stage_id=stage, weight=weight)
                for stage, weight in one.weights.items()
                if weight
            )
