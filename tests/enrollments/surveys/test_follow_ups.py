"""Six months after a joint session both sides are asked once more, beside the first."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from enrollments.domain.attendance import record_attendance
from enrollments.domain.surveys.follow_ups import (
    due_day,
    months_after,
    plan_follow_up,
    send_follow_ups,
)
from enrollments.domain.surveys.making import SurveyPlan, make_survey
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.reading import compared
from enrollments.domain.surveys.refusals import FollowUpSent
from enrollments.enums import AttendanceStatus
from enrollments.models import (
    AnswerSheet,
    Application,
    FollowUp,
    Notification,
    Survey,
    SurveyTemplate,
)
from tests.enrollments.back_office import officer_of
from tests.enrollments.tables.conftest import comes
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
EVENING = timedelta(days=1)


@pytest.fixture
def joint(department, now):
    """A citizen and somebody of the staff came; a second citizen wants no surveys."""
    course = CourseFactory(department=department, kind="joint_session")
    run = CourseRunFactory(course=course)
    SeatPoolFactory(run=run, kind="citizens", capacity=9)
    SeatPoolFactory(run=run, kind="staff", capacity=9)
    SessionFactory(run=run, number=1, starts_at=now + EVENING)
    return run


@pytest.fixture
def came(joint, officer, now):
    people = [
        comes(joint, "ア", at=now),
        comes(joint, "イ", section=DepartmentFactory(), at=now),
        comes(joint, "ウ", at=now),
    ]
    Application.objects.filter(pk=people[2].application_id).update(wants_surveys=False)
    record_attendance(
        session=joint.sessions.get(),
        marks={one.pk: AttendanceStatus.PRESENT for one in people},
        by=officer,
        at=now + EVENING,
    )
    return people


def after(now, days):
    """So many days after the evening of 22 November 2026 has become half a year."""
    return now.replace(year=2027, month=5, day=22) + timedelta(days=days)


def test_half_a_year_later_is_the_same_day_or_the_last_of_the_month():
    assert months_after(date(2026, 11, 22), 6) == date(2027, 5, 22)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_both_sides_are_asked_once_on_the_day(joint, came, now):
    assert due_day(joint) == date(2027, 5, 22)
    assert send_follow_ups(at=after(now, -1)) == 0
    assert send_follow_ups(at=after(now, 0)) == 2
    assert send_follow_ups(at=after(now, 1)) == 0
    survey = Survey.objects.get()
    template = SurveyTemplate.objects.get(occasion="follow_up")
    assert (survey.title, survey.questions) == (template.title, template.questions)
    told = Notification.objects.filter(kind="survey")
    asked = {one.application_id for one in told}
    assert asked == {came[0].application_id, came[1].application_id}


def test_section_chooses_another_day_or_none(joint, came, officer, now):
    day = date(2027, 3, 1)
    plan_follow_up(run=joint, is_wanted=True, due_on=day, by=officer)
    assert due_day(joint) == day
    plan_follow_up(run=joint, is_wanted=False, due_on=day, by=officer)
    assert send_follow_ups(at=after(now, 0)) == 0
    plan_follow_up(run=joint, is_wanted=True, due_on=None, by=officer)
    assert send_follow_ups(at=after(now, 0)) == 2
    with pytest.raises(FollowUpSent):
        plan_follow_up(run=joint, is_wanted=False, due_on=None, by=officer)
    with pytest.raises(NotAllowed):
        plan_follow_up(
            run=joint, is_wanted=True, due_on=None, by=StaffProfileFactory().user
        )


def test_what_was_long_ago_is_not_asked_about(joint, came, now):
    assert send_follow_ups(at=after(now, 31)) == 0
    assert send_follow_ups(at=after(now, 30)) == 2


def test_other_courses_are_not_asked_about(joint, came, now):
    joint.course.__class__.objects.update(kind="course")
    assert send_follow_ups(at=after(now, 0)) == 0


def test_with_nobody_to_ask_it_is_tried_once(joint, now):
    assert send_follow_ups(at=after(now, 0)) == 0
    assert FollowUp.objects.get().survey is None
    assert not Survey.objects.exists()


def test_answers_stand_beside_those_of_the_time(joint, came, officer, client, now):
    template = SurveyTemplate.objects.get(occasion="joint", department=None)
    plan = SurveyPlan(title="当日", questions=questions_from(template.questions))
    first = make_survey(run=joint, plan=plan, by=officer, at=now + EVENING)
    send_follow_ups(at=after(now, 0))
    again = Survey.objects.exclude(pk=first.pk).get()
    for survey in (first, again):
        for side in ("citizens", "staff"):
            answers = {"other_side": 4 if survey == first else 5}
            AnswerSheet.objects.create(survey=survey, side=side, answers=answers)
    (beside,) = compared(again, inside=True)
    assert (beside.survey, beside.by_side) == (first, True)
    assert compared(first, inside=True) == []
    client.force_login(officer_of(joint.course.department))
    page = client.get(reverse("manage_survey", args=[again.pk])).content.decode()
    for head in ("今回 市民", "今回 職員", "当時 市民", "当時 職員"):
        assert f'<th scope="col">{head}</th>' in page


@pytest.mark.parametrize("who", ["anonymous", "other", "own"])
def test_only_the_section_sets_the_day(client, joint, who):
    if who != "anonymous":
        own = joint.course.department
        client.force_login(officer_of(own if who == "own" else DepartmentFactory()))
    page = reverse("manage_follow_up", args=[joint.code])
    answer = client.post(page, {"is_wanted": "on", "due_on": "2027-03-01"})
    assert answer.status_code == (403 if who == "other" else 302)
    assert FollowUp.objects.exists() == (who == "own")
    if who == "own":
        tab = client.get(reverse("manage_surveys", args=[joint.code])).content.decode()
        assert "2027年3月1日" in tab or "3月1日" in tab
