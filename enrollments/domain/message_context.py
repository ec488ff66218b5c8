"""What a message about an application can speak of; the product's texts and the city's
own draw on the same words."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from courses.domain.wording import title_words
from courses.models import Session
from enrollments.domain.links import application_calendar_path, application_path
from enrollments.models import Application


def message_context(application: Application, words: Mapping[str, Any]) -> dict[str, Any]:
    """`words` are those of the kind. In the language of the application: call it with
    that language active.

    Without a mail address (`by_mail` false) the text is read on paper or aloud: it asks
    to telephone where a mail has a link.
    """
    run = application.run
    department = run.course.department
    english = application.language == "en"
    section = (english and department.name_en) or department.name
    return {
        "application": application,
        "run": run,
        "course": run.course,
        "title": title_words(run.course, english=english),
        "sessions": sessions_of(application),
        "department": department,
        "contact_name": run.contact_name or section,
        "contact_phone": run.contact_phone or department.phone,
        "by_mail": bool(application.email),
        "link": settings.PUBLIC_URL + application_path(application),
        **calendar_links(application),
        "site_name": settings.SITE_NAME,
        "city_name": settings.CITY_NAME,
        **words,
    }


def calendar_links(application: Application) -> dict[str, str]:
    """Where one subscribes: with an account to all of one's own sessions, by an address
    made for the purpose, else to those of this application. Never by the application's
    own link, which would let a calendar service into it."""
    if application.user_id:
        return {"calendar_page": settings.PUBLIC_URL + reverse("calendar_tokens")}
    path = application_calendar_path(application)
    return {"calendar_address": settings.PUBLIC_URL + path}


def sessions_of(application: Application) -> list[Session]:
    """Those that the person comes to: the one chosen, or all of the run."""
    chosen = application.pool.session_id
    found = application.run.sessions.all()
    return [session for session in found if chosen in (None, session.pk)]
