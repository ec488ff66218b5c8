"""Both sides of a joint session are asked once more, with a short survey, six months after
its last session or on the day that the section chose: those who came and want surveys."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import CourseKind, RunState
from courses.models import CourseRun
from courses.models.querysets import HELD
from enrollments.domain.surveys.refusals import FollowUpSent
from enrollments.domain.surveys.sending import ask
from enrollments.enums import SurveyOccasion
from enrollments.models import FollowUp, Survey, SurveyTemplate

MONTHS = 6
OPEN_FOR = timedelta(days=21)
# Whoever was not asked by then is not asked any more: the worker was away, or the
# product is new to the city.
LATEST = timedelta(days=30)


def months_after(day: date, months: int) -> date:
    """The same day, or the last of a shorter month."""
    later = day.month - 1 + months
    year, month = day.year + later // 12, later % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def due_day(run: CourseRun) -> date | None:
    """None where no session was held, or nobody is to be asked."""
    chosen = FollowUp.objects.filter(run=run).first()
    if chosen is not None and not chosen.is_wanted:
        return None
    last = run.sessions.filter(state__in=HELD).aggregate(at=Max("ends_at"))["at"]
    if chosen is not None and chosen.due_on:
        return chosen.due_on
    return months_after(timezone.localdate(last), MONTHS) if last else None


def plan_follow_up(
    *, run: CourseRun, is_wanted: bool, due_on: date | None, by: User
) -> FollowUp:
    """Raises: NotAllowed, FollowUpSent."""
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        found, _new = FollowUp.objects.get_or_create(run=locked)
        if found.asked_at is not None:
            raise FollowUpSent
        found.is_wanted, found.due_on = is_wanted, due_on
        found.save(update_fields=["is_wanted", "due_on"])
    return found


def send_follow_ups(*, at: datetime) -> int:
    """How many people were asked; each run once, with several workers, too."""
    return sum(_ask_about(run, at) for run in _candidates(at))


def _candidates(at: datetime) -> QuerySet[CourseRun]:
    """Joint sessions that are over and were not asked about."""
    runs = CourseRun.objects.filter(
        course__kind=CourseKind.JOINT_SESSION, state=RunState.ANNOUNCED
    )
    runs = runs.exclude(follow_up__asked_at__isnull=False)
    runs = runs.exclude(follow_up__is_wanted=False)
    return runs.annotate(last=Max("sessions__ends_at")).filter(last__lt=at)


def _ask_about(run: CourseRun, at: datetime) -> int:
    """Nobody to ask, or no template: it is not tried again."""
    today = timezone.localdate(at)
    due = due_day(run)
    if due is None or not due <= today <= due + LATEST:
        return 0
    with transaction.atomic():
        locked = lock_run(run.pk)
        found, _new = FollowUp.objects.get_or_create(run=locked)
        if found.asked_at is not None:
            return 0
        found.asked_at = at
        asked = 0
        template = _template(locked)
        if template is not None:
            found.survey = _survey(locked, template, at)
            asked = _ask(found.survey, at)
            if not asked:
                found.survey.delete()
                found.survey = None
        found.save(update_fields=["asked_at", "survey"])
    return asked


def _ask(survey: Survey, at: datetime) -> int:
    try:
        with transaction.atomic():
            return ask(survey=survey, by=None, at=at)
    except Refusal:
        return 0


def _template(run: CourseRun) -> SurveyTemplate | None:
    """The section's own before the city's."""
    every = SurveyTemplate.objects.filter(occasion=SurveyOccasion.FOLLOW_UP)
    own = every.filter(department=run.course.department_id).first()
    return own or every.filter(department=None).first()


def _survey(run: CourseRun, template: SurveyTemplate, at: datetime) -> Survey:
    return Survey.objects.create(
        run=run,
        title=template.title,
        title_en=template.title_en,
        intro=template.intro,
        intro_en=template.intro_en,
        questions=template.questions,
        closes_at=at + OPEN_FOR,
        created_at=at,
    )


def first_survey(survey: Survey) -> Survey | None:
    """What both sides were asked at the time, where `survey` is the one afterwards."""
    if not FollowUp.objects.filter(survey=survey).exists():
        return None
    before = Survey.objects.filter(
        run=survey.run_id, audience=survey.audience, created_at__lt=survey.created_at
    )
    found = before.select_related("run", "session").prefetch_related("run__pools")
    return found.filter(session=None).order_by("created_at").first()
