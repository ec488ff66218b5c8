"""What has become of a session since it was announced, in words and not by colour."""

from datetime import date

from django.utils.translation import gettext as _

from courses.domain.wording import day_words, moment_words
from courses.models import Session
from courses.models.localised import in_english


def called_off_words(session: Session) -> str:
    """By itself or with its run; none where it is held."""
    off = session.called_off
    return str(off.label) if off else ""


def marks_of(session: Session) -> list[str]:
    """The words that stand in front of the title."""
    changed = called_off_words(session) or str(session.change_label)
    made_up = _("補講") if session.makes_up_id else ""
    return [word for word in (changed, made_up) if word]


def news_of(session: Session, *, today: date) -> str:
    """When and where it was to be before, and why it is not as announced."""
    reason = session.state_note or session.run.state_note
    if called_off_words(session):
        return reason
    former = [_former_time(session, today), session.former_place]
    before = " ".join(word for word in former if word)
    was = _("変更前は%(before)s") % {"before": before} if before else ""
    return " ".join(word for word in (was, reason) if word)


def _former_time(session: Session, today: date) -> str:
    if session.former_starts_at is None:
        return ""
    words = day_words if session.is_all_day else moment_words
    return words(session.former_starts_at, today=today, english=in_english())
