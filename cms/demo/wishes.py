"""People who asked to be told: one waits for an ended course to be held again, one was
told of a new offering, one has still to confirm."""

from datetime import datetime, timedelta

from accounts.models import User
from courses.models import Course
from enrollments.domain.held_again import ask_to_be_told, to_be_held
from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import HeldAgainWish, KnownRun, Notification


def build_wishes(*, resident: User, at: datetime) -> None:
    """By the acts of the domain where the moment allows it; what was told long ago is
    noted without a message."""
    over = _over(at)
    coming = to_be_held(at).order_by("course", "code").first()
    if over is not None:
        _wish(over, resident.email, at - timedelta(days=20))
        asked = at - timedelta(hours=3)
        ask_to_be_told(course=over, email="mori@example.jp", language="ja", at=asked)
        _deliver(asked)
    if coming is not None:
        wish = _wish(coming.course, resident.email, at - timedelta(days=90))
        wish.told_run, wish.told_at = coming, at - timedelta(days=12)
        wish.save(update_fields=["told_run", "told_at"])


def _over(at: datetime) -> Course | None:
    """A course that was held, and of which nothing is to come."""
    held = Course.objects.public().filter(runs__sessions__ends_at__lte=at)
    coming = to_be_held(at).values("course")
    return held.exclude(pk__in=coming).order_by("pk").distinct().first()


def _wish(course: Course, email: str, asked_at: datetime) -> HeldAgainWish:
    wish = HeldAgainWish.objects.create(
        course=course, email=email, created_at=asked_at, confirmed_at=asked_at
    )
    known = course.runs.all()
    KnownRun.objects.bulk_create(KnownRun(wish=wish, run=run) for run in known)
    return wish


def _deliver(at: datetime) -> None:
    """Nobody's mail waits in a new city."""
    asked = Notification.objects.filter(kind=MessageKind.HELD_AGAIN_ASKED)
    asked.update(state=State.SENT, attempts=1, claimed_at=at, settled_at=at)
