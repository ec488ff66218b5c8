"""Examples for whoever words a message: with made-up people, and with an application as
it stands. What the kind itself speaks of (an offer, a reason) is always made up."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courses.domain.wording import day_words
from courses.models import Course, CourseRun, Session, Venue
from enrollments.domain.message_context import message_context
from enrollments.models import Application

SAMPLE_LINK = "/applications/0123456789abcdef/"


def sample_of(application: Application, *, at: datetime) -> dict[str, Any]:
    """The context of a message to this applicant."""
    context = message_context(application, {})
    sessions = context["sessions"]
    session = sessions[0] if sessions else _session(at)
    english = application.language == "en"
    occasion = _occasion(session, at, english=english)
    # Not the person's own link: it opens the application.
    return {**occasion, **context, "link": settings.PUBLIC_URL + SAMPLE_LINK}


def made_up(*, language: str, at: datetime) -> dict[str, Any]:
    """The context of a message to nobody."""
    session = _session(at)
    application = SimpleNamespace(
        full_name=_("山田 花子"),
        receipt_number="261121-091530-001",
        seats=1,
        state="awaiting_draw",
        email="hanako@example.jp",
        language=language,
    )
    return {
        "application": application,
        "run": session.run,
        "course": session.run.course,
        "title": session.run.course.title,
        "sessions": [session],
        "contact_name": _("市民活動推進課"),
        "contact_phone": "0420-00-0000",
        "by_mail": True,
        "link": settings.PUBLIC_URL + SAMPLE_LINK,
        "site_name": settings.SITE_NAME,
        "city_name": settings.CITY_NAME,
        **_occasion(session, at, english=language == "en"),
    }


def _session(at: datetime) -> Session:
    """Unsaved: in two weeks, in the morning."""
    starts_at = (at + timedelta(days=14)).replace(hour=1, minute=0, second=0)
    venue = Venue(name=_("市民会館"), address=_("緑町1丁目2番3号"))
    run = CourseRun(
        course=Course(title=_("はじめての市民活動")),
        venue=venue,
        fee=500,
        bring=_("筆記用具"),
        selection_mode="lottery",
        applications_close_at=at + timedelta(days=5),
    )
    return Session(
        run=run, number=1, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )


def _occasion(session: Session, at: datetime, *, english: bool) -> dict[str, Any]:
    former = session.starts_at - timedelta(days=7)
    return {
        "day": day_words(session.starts_at, today=localdate(at), english=english),
        "session": session,
        "changes": [SimpleNamespace(session=session, former=former)],
        "why": _("講師の都合のため"),
        "left": _("高橋 恵子"),
        "came": _("田中 次郎"),
        "people": [SimpleNamespace(full_name=_("田中 次郎"))],
        "venue_address": _("緑町1丁目2番3号"),
        "stop_url": f"{settings.PUBLIC_URL}{SAMPLE_LINK}reminders/",
        "survey": SimpleNamespace(title=_("はじめての市民活動のアンケート"), named=False),
        "deadline": day_words(
            session.starts_at + timedelta(days=7), today=localdate(at), english=english
        ),
        "links": [{"name": "", "address": f"{settings.PUBLIC_URL}/surveys/0123456789/"}],
        "offer": SimpleNamespace(reply_by=at + timedelta(days=2)),
        "answer_link": f"{settings.PUBLIC_URL}/offers/0123456789abcdef/",
        "request": SimpleNamespace(
            state="confirmed",
            get_kind_display=lambda: _("保育"),
            alternative=_("別の日の保育つき講座"),
        ),
        "certificate": SimpleNamespace(
            number="2026-00012",
            holder=_("山田 花子"),
            course_title=_("はじめての市民活動"),
            get_kind_display=lambda: _("修了証"),
            replaces=None,
        ),
    }
