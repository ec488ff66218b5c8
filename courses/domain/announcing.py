"""Where the city wants approval, a new run of a public course stays 準備中 until the head
of its section announces it; before the course is public, its page is what is approved."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import heads_section, require_section
from accounts.models import User
from courses.domain.change_words import run_words
from courses.domain.changes import record_difference
from courses.domain.locking import lock_run
from courses.domain.run_plan import NeedsWindow
from courses.enums import ChangeAct, RunState, SelectionMode
from courses.models import Course, CourseRun


class NeedsHead(NotAllowed):
    sentence = _("この開催を公開できるのは、課長と管理者です。")


class AlreadyAnnounced(Refusal):
    sentence = _("この開催は、すでに公開されています。")


def approval_needed() -> bool:
    """Kept by the layer that keeps the workflow; the settings name who knows."""
    ask: Callable[[], bool] = import_string(settings.APPROVAL_NEEDED)
    return ask()


def may_announce(course: Course, *, by: User) -> bool:
    """Whether a run of the course may go public by this person's hand. A draft that is
    approved for a day to come is read by nobody again before it goes live."""
    if not approval_needed() or not (course.is_public or _goes_live_by_itself(course)):
        return True
    return heads_section(by, course.department)


def _goes_live_by_itself(course: Course) -> bool:
    ask: Callable[[Course], bool] = import_string(settings.GOES_LIVE_BY_ITSELF)
    return ask(course)


def require_windows(course: Course) -> None:
    """Before a course goes public: a draft may wait for the deadline of its runs, what
    residents see may not. Raises: NeedsWindow."""
    if any(_lacks_window(run) for run in course.runs.filter(state=RunState.ANNOUNCED)):
        raise NeedsWindow


def _lacks_window(run: CourseRun) -> bool:
    """Nobody would know how to apply: no deadline is set, and no other way is named."""
    needed = run.selection_mode != SelectionMode.OPEN
    return needed and run.applications_close_at is None and not run.how_to_apply


def announce_run(*, run: CourseRun, by: User, at: datetime) -> CourseRun:
    """準備中 → 公開, with its sessions.

    Raises: NotAllowed (another section), NeedsHead, AlreadyAnnounced, NeedsWindow.
    """
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        if not may_announce(fresh.course, by=by):
            raise NeedsHead
        if fresh.state != RunState.PLANNED:
            raise AlreadyAnnounced
        if fresh.course.is_public and _lacks_window(fresh):
            raise NeedsWindow
        before = run_words(fresh, at=at)
        fresh.state = RunState.ANNOUNCED
        fresh.save(update_fields=["state"])
        after, act = run_words(fresh, at=at), ChangeAct.PUBLISHED
        record_difference(subject=fresh, before=before, after=after, by=by, at=at, act=act)
    return fresh
