"""A survey is made from a template or another survey; once somebody has answered, its
questions stand, and a changed one is a copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun, Session
from enrollments.domain.surveys.questions import Question, check_questions, stored
from enrollments.domain.surveys.refusals import (
    NotOfThisRun,
    QuestionsFixed,
    SurveyInUse,
    SurveyStillOpen,
)
from enrollments.domain.surveys.standing import (
    lock_survey,
    require_not_settled,
    standing,
)
from enrollments.domain.surveys.versions import require_as_seen
from enrollments.enums import SurveyAudience, SurveyOccasion, SurveyStanding
from enrollments.models import Survey, SurveyTemplate

WORDS = ("title", "title_en", "intro", "intro_en")


@dataclass(frozen=True)
class SurveyPlan:
    """What an officer says of a survey. `room_code` is new or the survey's own, none
    where nobody answers without a ticket."""

    title: str
    questions: Sequence[Question]
    intro: str = ""
    title_en: str = ""
    intro_en: str = ""
    session: Session | None = None
    audience: SurveyAudience = SurveyAudience.EVERYBODY
    named: bool = False
    for_public: bool = False
    room_code: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ask_at: datetime | None = None
    remind_at: datetime | None = None


def make_survey(*, run: CourseRun, plan: SurveyPlan, by: User, at: datetime) -> Survey:
    """Raises: NotAllowed, NoQuestions, QuestionUnclear, NotOfThisRun."""
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        survey = Survey(run=locked, created_at=at, created_by=by)
        _put_in(survey, plan)
        survey.save()
    return survey


def change_survey(
    *, survey: Survey, plan: SurveyPlan, by: User, seen: str | None = None
) -> Survey:
    """Dates and words may change while it runs; the questions until the first answer.
    `seen` is the version that the form showed (`version_of`), none where nobody looked.

    Raises: NotAllowed, SurveySettled, SurveyChangedMeanwhile, QuestionsFixed, and those of
    `make_survey`.
    """
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        require_not_settled(locked)
        if seen is not None:
            require_as_seen(locked, seen)
        was_for_public = locked.for_public
        before = (locked.questions, locked.named, locked.session, locked.audience)
        _put_in(locked, plan)
        after = (locked.questions, locked.named, locked.session, locked.audience)
        promised = locked.for_public and not was_for_public
        if (before != after or promised) and locked.sheets.exists():
            raise QuestionsFixed
        locked.save()
    return locked


def remove_survey(*, survey: Survey, by: User) -> None:
    """Raises: NotAllowed, SurveyInUse."""
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        if locked.tickets.exists() or locked.sheets.exists():
            raise SurveyInUse
        locked.delete()


def settle_survey(*, survey: Survey, by: User, at: datetime) -> None:
    """From now on nothing is added, and other sections see the numbers: were answers
    still added, two looks would tell what a single person said.

    Raises: NotAllowed, SurveySettled, SurveyStillOpen.
    """
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        require_not_settled(locked)
        if standing(locked, at=at) != SurveyStanding.CLOSED:
            raise SurveyStillOpen
        Survey.objects.filter(pk=locked.pk).update(settled_at=at)


def close_survey(*, survey: Survey, by: User, at: datetime) -> None:
    """At once. Raises: NotAllowed, SurveySettled."""
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        require_not_settled(locked)
        if locked.opens_at is not None and locked.opens_at >= at:
            Survey.objects.filter(pk=locked.pk).update(opens_at=None)
        Survey.objects.filter(pk=locked.pk).update(closes_at=at)


def save_as_template(*, survey: Survey, name: str, by: User) -> SurveyTemplate:
    """Of the section. Raises: NotAllowed."""
    department = survey.run.course.department
    require_section(by, department)
    occasion = SurveyOccasion.SESSION if survey.session_id else SurveyOccasion.RUN
    return SurveyTemplate.objects.create(
        name=name,
        department=department,
        occasion=occasion,
        **{name: getattr(survey, name) for name in WORDS},
        questions=survey.questions,
    )


def remove_template(*, template: SurveyTemplate, by: User) -> None:
    """A section's own; surveys made from it stay. Raises: NotAllowed."""
    assert template.department is not None
    require_section(by, template.department)
    template.delete()


def _put_in(survey: Survey, plan: SurveyPlan) -> None:
    """Raises: NoQuestions, QuestionUnclear, NotOfThisRun."""
    check_questions(plan.questions)
    if plan.session is not None and plan.session.run_id != survey.run_id:
        raise NotOfThisRun
    for name in WORDS:
        setattr(survey, name, getattr(plan, name))
    survey.questions = stored(plan.questions)
    survey.session, survey.audience = plan.session, plan.audience
    survey.named = plan.named
    survey.for_public = plan.for_public and not plan.named
    survey.room_code = None if plan.named else plan.room_code
    survey.opens_at, survey.closes_at = plan.opens_at, plan.closes_at
    survey.ask_at, survey.remind_at = plan.ask_at, plan.remind_at
