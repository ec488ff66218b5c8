"""What a key shows: a person's own sessions, those recommended to them, or those of the
section it was made for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from courses.domain.calendar_event import OwnPlace
from enrollments.domain.calendar_shown import ShownSessions, revised_in
from enrollments.domain.calendar_tokens import CalendarChoices
from enrollments.domain.personal_calendar import shown_of, shown_to
from enrollments.domain.recommending.calendar import shown_recommendations
from enrollments.domain.section_calendar import sessions_of_section
from enrollments.enums import CalendarScope
from enrollments.models import Application, CalendarToken

# The reader may be elsewhere meanwhile, and is shown no link of a meeting.
OF_THE_SECTION = OwnPlace(is_for_self=False)
OF_APPLICATIONS = "申し込んだ講座の日程です。変更や中止も反映されます。"


@dataclass(frozen=True)
class SecretCalendar:
    """In the language of all calendars."""

    name: str
    description: str
    page: str
    shown: ShownSessions


def calendar_behind(key: CalendarToken, *, at: datetime) -> SecretCalendar:
    """Read by revisions only; `key` was opened for this fetch."""
    if key.department is not None:
        sessions = revised_in(sessions_of_section(key.department), at=at)
        own = dict.fromkeys({one.run for one in sessions}, OF_THE_SECTION)
        name = f"{key.department.name}の合同学習会・職員研修"
        words = f"{key.department.name}が主催・共催する合同学習会と職員研修の日程です。"
        return SecretCalendar(name, words, "/manage/", ShownSessions(sessions, own))
    if key.scope == CalendarScope.RECOMMENDED:
        return SecretCalendar(
            "おすすめの講座",
            "あなたへのおすすめの日程です。申し込むと「自分の予定」に移ります。",
            "/my/recommendations/",
            shown_recommendations(key.user, at=at),
        )
    shown = shown_to(key.user, at=at, choices=choices_of(key))
    return SecretCalendar(
        "自分の予定",
        OF_APPLICATIONS,
        "/my/",
        shown.revised(key.revision, key.revised_at),
    )


def calendar_of(application: Application, *, at: datetime) -> SecretCalendar:
    """That of one application: it does not lead to the application."""
    course = application.run.course
    return SecretCalendar(
        course.title,
        OF_APPLICATIONS,
        f"/{quote(course.address)}" if course.is_public else "/courses/",
        shown_of(application, at=at),
    )


def choices_of(key: CalendarToken) -> CalendarChoices:
    return CalendarChoices(key.with_waiting, key.with_link, key.with_groups)
