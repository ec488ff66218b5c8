"""Sessions are added, moved and called off, never deleted once people may rely on them;
each change that a subscriber sees raises the revision."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.locking import lock_run
from courses.domain.revision import revise_sessions
from courses.enums import SessionState
from courses.models import CourseRun, Room, Session, Venue


class SessionIsOver(Refusal):
    sentence = _("終わった回は変更できません。")


class SessionAlreadyCancelled(Refusal):
    sentence = _("この回はすでに中止になっています。")


class ReasonMissing(Refusal):
    sentence = _("理由を入力してください。申し込んだ方にお知らせします。")


class EndsBeforeStart(Refusal):
    sentence = _("終了は開始より後の時刻にしてください。")


class RoomElsewhere(Refusal):
    sentence = _("部屋は、えらんだ会場の中からえらんでください。")


@dataclass(frozen=True)
class SessionPlan:
    """What an officer enters for a session; times are moments."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    venue: Venue | None = None
    room: Room | None = None
    online_url: str = ""
    is_all_day: bool = False
    time_note: str = ""

    def check(self) -> None:
        if self.ends_at <= self.starts_at:
            raise EndsBeforeStart
        if self.room and self.venue and self.room.venue_id != self.venue.pk:
            raise RoomElsewhere


# What a feed shows of a session: a change of any of these is a revision.
SEEN = ("starts_at", "ends_at", "title", "venue_id", "room_id", "is_all_day", "time_note")


def add_session(*, run: CourseRun, plan: SessionPlan, by: User, at: datetime) -> Session:
    """The next session of a run; the others' 「全m回」 grows, so they are revised too."""
    plan.check()
    with transaction.atomic():
        locked = lock_run(run.pk)
        last = locked.sessions.aggregate(Max("number"))["number__max"] or 0
        revise_sessions(locked.sessions.upcoming(at), at=at)
        return Session.objects.create(
            run=locked,
            number=last + 1,
            created_at=at,
            revised_at=at,
            **_columns(plan),
        )


def edit_session(*, session: Session, plan: SessionPlan, by: User, at: datetime) -> Session:
    """Take over what was entered; another time makes the session 「日時変更」 once the
    course is public.

    Raises: SessionIsOver, SessionAlreadyCancelled, EndsBeforeStart, RoomElsewhere.
    """
    plan.check()
    with transaction.atomic():
        run = lock_run(session.run_id)
        fresh = Session.objects.get(pk=session.pk)
        before = {field: getattr(fresh, field) for field in SEEN}
        for field, value in _columns(plan).items():
            setattr(fresh, field, value)
        changed = {field for field in SEEN if getattr(fresh, field) != before[field]}
        if not changed:
            fresh.save(update_fields=["online_url"])
            return fresh
        if fresh.state == SessionState.CANCELLED:
            raise SessionAlreadyCancelled
        if before["ends_at"] <= at and changed & {"starts_at", "ends_at"}:
            raise SessionIsOver
        if "starts_at" in changed and run.course.published_at is not None:
            fresh.former_starts_at = fresh.former_starts_at or before["starts_at"]
            fresh.state = SessionState.MOVED
        fresh.sequence += 1
        fresh.revised_at = at
        fresh.save()
    return fresh


def move_session(
    *, session: Session, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> Session:
    """Another time at the same place."""
    plan = SessionPlan(
        starts_at=starts_at,
        ends_at=ends_at,
        title=session.title,
        venue=session.venue,
        room=session.room,
        online_url=session.online_url,
        is_all_day=session.is_all_day,
        time_note=session.time_note,
    )
    return edit_session(session=session, plan=plan, by=by, at=at)


def cancel_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Called off for a reason that is shown; the row and its UID stay for ever.

    Raises: ReasonMissing, SessionAlreadyCancelled, SessionIsOver.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        lock_run(session.run_id)
        fresh = Session.objects.select_related("run__course").get(pk=session.pk)
        if fresh.state == SessionState.CANCELLED:
            raise SessionAlreadyCancelled
        if fresh.ends_at <= at:
            raise SessionIsOver
        fresh.state = SessionState.CANCELLED
        fresh.state_note = reason.strip()[:200]
        fresh.sequence += 1
        fresh.revised_at = at
        fresh.save(update_fields=["state", "state_note", "sequence", "revised_at"])
    return fresh


def _columns(plan: SessionPlan) -> dict[str, object]:
    return {
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "title": plan.title,
        "venue_id": plan.venue.pk if plan.venue else None,
        "room_id": plan.room.pk if plan.room else None,
        "online_url": plan.online_url,
        "is_all_day": plan.is_all_day,
        "time_note": plan.time_note,
    }
