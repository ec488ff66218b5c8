"""What has become of a session since it was announced, in words and not by colour."""

from datetime import date

from django.utils.translation import gettext as _

from courses.domain.wording import day_words, moment_words
from courses.enums import RunState, SessionState
from courses.models import Session
from courses.models.localised import in_english


def called_off_words(session: Session) -> str:
    """By itself or with its run; none where it is held."""
    run = session.run
    for state in (RunState.CANCELLED, RunState.POSTPONED):
        if run.state == state:
            return str(state.label)
    if session.is_held:
        return ""
    return str(SessionState(session.state).label)


def marks_of(session: Session) -> list[str]:
    """The words that stand in front of the title."""
    called_off = called_off_words(session)
    if called_off:
        return [called_off]
    if session.state == SessionState.MOVED:
        return [str(SessionState.MOVED.label)]
    return []


def news_of(session: Session, *, today: date) -> str:
    """When it was to be before, and why it is not as announced."""
    reason = session.state_note or session.run.state_note
    former = session.former_starts_at
    if called_off_words(session) or former is None:
        return reason
    words = day_words if session.is_all_day else moment_words
    before = words(former, today=today, english=in_english())
    was = _("変更前は%(when)s") % {"when": before}
    return " ".join(word for word in (was, reason) if word)
