"""Which run, when and where: the lines under the title of every paper of a run."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.wording import day_words, range_words
from courses.models import CourseRun, Session
from courses.models.localised import in_english


def heading(run: CourseRun, sessions: Sequence[Session], *, at: datetime) -> list[str]:
    """The course, then the session, or from the first to the last of several."""
    lines = [str(run)]
    if len(sessions) == 1:
        session = sessions[0]
        lines.append(
            "　".join(filter(None, [session_words(session, at=at), session.place]))
        )
    elif sessions:
        today, english = timezone.localdate(at), in_english()
        first = day_words(sessions[0].starts_at, today=today, english=english)
        last = day_words(sessions[-1].starts_at, today=today, english=english)
        whole = _("全%(number)s回") % {"number": len(sessions)}
        lines.append(f"{first}〜{last}　{whole}")
    return lines


def session_words(session: Session, *, at: datetime) -> str:
    number = _("第%(number)s回") % {"number": session.number}
    return f"{number}　{when_words(session, at=at)}"


def when_words(session: Session, *, at: datetime) -> str:
    today, english = timezone.localdate(at), in_english()
    if session.is_all_day:
        return day_words(session.starts_at, today=today, english=english)
    return range_words(session.starts_at, session.ends_at, today=today, english=english)


def short_day(session: Session) -> str:
    """12/5, as it fits above a box to be ticked."""
    day = timezone.localdate(session.starts_at)
    return f"{day.month}/{day.day}"
