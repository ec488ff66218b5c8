"""回: one meeting of a run. Its UID and its revision number are what calendars follow."""

from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import SessionState
from courses.models.people import Instructor
from courses.models.querysets import SessionQuerySet
from courses.models.room import Room
from courses.models.run import CourseRun
from courses.models.venue import Venue

UID_DOMAIN = "manabiba"


def uid_of(key: UUID) -> str:
    return f"session-{key}@{UID_DOMAIN}"


def new_session_uid() -> str:
    return uid_of(uuid4())


class Session(models.Model):
    """Times are moments; an all-day session runs from midnight to midnight in Tokyo
    (`ends_at` exclusive). `former_starts_at` and `former_place` are what was announced
    first, where that has changed; `makes_up` is the session that was called off and that
    this one stands in for (補講). `sequence` and `revised_at` change only when something
    that a subscriber sees has changed (RFC 5545 3.8.7.4).
    """

    uid = models.CharField(
        max_length=120, unique=True, default=new_session_uid, editable=False
    )
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("回"))
    title = models.CharField(_("題名"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    is_all_day = models.BooleanField(_("終日"), default=False)
    time_note = models.CharField(_("日時の補足"), max_length=300, blank=True)
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("会場"),
    )
    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("部屋"),
    )
    instructors = models.ManyToManyField(
        Instructor,
        through="SessionInstructor",
        blank=True,
        related_name="sessions",
        verbose_name=_("講師"),
    )
    is_required = models.BooleanField(_("修了に必須の回"), default=False)
    online_url = models.URLField(_("オンラインの参加先"), max_length=500, blank=True)
    state = models.CharField(
        _("状況"), max_length=12, choices=SessionState, default=SessionState.SCHEDULED
    )
    state_note = models.CharField(_("理由"), max_length=200, blank=True)
    former_starts_at = models.DateTimeField(_("変更前の開始"), null=True, blank=True)
    former_place = models.CharField(_("変更前の会場"), max_length=240, blank=True)
    makes_up = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_up_by",
        verbose_name=_("補講のもとの回"),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("回")
        verbose_name_plural = _("回")
        ordering = ["starts_at", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="courses_session_number_unique_in_run"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="courses_session_ends_after_start",
                violation_error_message=_("終了は開始より後の時刻にしてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SessionState.values),
                name="courses_session_state_known",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="courses_session_starts")]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"

    @property
    def is_held(self) -> bool:
        """False once cancelled or put off without a new date."""
        return self.state in (SessionState.SCHEDULED, SessionState.MOVED)

    @property
    def called_off(self) -> SessionState | None:
        """By itself or with its run; what is cancelled in a run put off stays so."""
        said = (self.state, self.run.state)
        states = (SessionState.CANCELLED, SessionState.POSTPONED)
        return next((state for state in states if state in said), None)

    @property
    def change_label(self) -> str:
        """中止, 延期, or how time and place differ from what was announced."""
        if not self.is_held:
            return self.get_state_display()
        moved = self.state == SessionState.MOVED
        if self.former_place:
            return str(_("日時・会場変更") if moved else _("会場変更"))
        return self.get_state_display() if moved else ""

    @property
    def key(self) -> str:
        """What of the UID stands in addresses."""
        return self.uid.removeprefix("session-").partition("@")[0]

    @property
    def place(self) -> str:
        """Venue and room in words, the run's venue where the session names none."""
        if self.room_id and self.room:
            return str(self.room)
        venue = self.venue if self.venue_id else self.run.venue
        return str(venue) if venue else ""


class SessionInstructor(models.Model):
    """Who teaches a session. `override_reason` says why somebody may be in two sessions
    at once (two rooms of one building, say); otherwise that is refused."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teaching")
    instructor = models.ForeignKey(
        Instructor, on_delete=models.PROTECT, related_name="teaching"
    )
    override_reason = models.CharField(_("重なってもよい理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("回の講師")
        verbose_name_plural = _("回の講師")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "instructor"], name="courses_sessioninstructor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.instructor}"
