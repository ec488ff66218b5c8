"""申込み: one request for a seat, by one applicant for one or several participants."""

from secrets import choice
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from accounts.models import Consent, Department, NamedPerson
from accounts.models.resident import postal_code
from courses.enums import SchoolYear
from courses.models import CourseRun, SeatPool
from enrollments.enums import ApplicationState, Channel, ContactBy
from enrollments.models.bundle import Bundle
from enrollments.models.querysets import ApplicationQuerySet


class Application(NamedPerson):
    """`received_at` (whole seconds) and `tie` make the receipt number, so numbers are
    unique and in order of receipt by construction; see `enrollments.domain.receipt`.

    `seats` counts persons or, for a run counted in parties, is 1. `place_in_line` orders
    those who wait where something else than the receipt decides (a draw, an officer with
    a reason); without one they come after, by receipt. `sends_members`: a group asks for
    members whom it names, so that they, and not who sent it, are the people known by it.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    submission_key = models.UUIDField(default=uuid4, editable=False)
    run = models.ForeignKey(
        CourseRun, on_delete=models.PROTECT, related_name="applications"
    )
    pool = models.ForeignKey(
        SeatPool, on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        _("状態"),
        max_length=20,
        choices=ApplicationState,
        default=ApplicationState.RECEIVED,
    )
    channel = models.CharField(
        _("受付方法"), max_length=15, choices=Channel, default=Channel.WEB
    )
    received_at = models.DateTimeField(_("受付日時"))
    tie = models.PositiveSmallIntegerField(editable=False)
    seats = models.PositiveSmallIntegerField(_("人数"), default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
    )
    email = models.EmailField(_("メールアドレス"), blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    postal_code = models.CharField(
        _("郵便番号"), max_length=7, blank=True, validators=[postal_code]
    )
    address = models.CharField(_("住所"), max_length=200, blank=True)
    residency = models.CharField(_("区分"), max_length=10, choices=Residency, blank=True)
    contact_by = models.CharField(
        _("連絡方法"), max_length=10, choices=ContactBy, default=ContactBy.MAIL
    )
    language = models.CharField(_("言語"), max_length=5, default="ja")
    postmarked_on = models.DateField(_("消印の日"), null=True, blank=True)
    group_code = models.SlugField(_("団体番号"), max_length=20, blank=True)
    group_name = models.CharField(_("団体名"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属する課"),
    )
    sends_members = models.BooleanField(default=False, editable=False)
    bundle = models.ForeignKey(
        Bundle,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="applications",
    )
    place_in_line = models.PositiveIntegerField(
        _("キャンセル待ちの順番"), null=True, blank=True, editable=False
    )
    wants_reminders = models.BooleanField(_("開催前のお知らせを受け取る"), default=True)
    wants_surveys = models.BooleanField(_("アンケートのお願いを受け取る"), default=True)
    message = models.TextField(_("連絡事項"), blank=True, max_length=500)
    staff_note = models.TextField(_("職員メモ"), blank=True)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    terms_consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("入力した職員"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("申込み")
        verbose_name_plural = _("申込み")
        ordering = ["received_at", "tie"]
        constraints = [
            models.UniqueConstraint(
                fields=["received_at", "tie"],
                name="enrollments_application_receipt_unique",
            ),
            models.UniqueConstraint(
                fields=["run", "submission_key"],
                name="enrollments_application_form_counts_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values),
                name="enrollments_application_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values),
                name="enrollments_application_channel_known",
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="enrollments_application_has_a_seat",
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", phone="", address="")
                | models.Q(channel=Channel.WALK_IN),
                name="enrollments_application_reachable",
                violation_error_message=_("連絡先を一つ以上入力してください。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["run", "state", "received_at"], name="enrollments_app_by_run"
            ),
            models.Index(fields=["email"], name="enrollments_app_by_email"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def receipt_number(self) -> str:
        """`261121-091530-001`: day and time of receipt in Tokyo, then the tie."""
        local = timezone.localtime(self.received_at)
        return f"{local:%y%m%d-%H%M%S}-{self.tie:03}"


# Without signs that are taken for another when read aloud or typed.
DOOR_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_door_code() -> str:
    """What the QR code of a receipt holds: twelve signs that say nothing of anybody."""
    return "".join(choice(DOOR_SIGNS) for _sign in range(12))


class Participant(NamedPerson):
    """Somebody who will sit in the room; the first is usually the applicant.

    `door_code` lets the door find the participant without a name. Of those whom a group
    sends, `user` is whose learning record this place belongs to, and `member_key` by
    which the app above knows them, with an account or without one.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="participants"
    )
    position = models.PositiveSmallIntegerField(default=1)
    is_applicant = models.BooleanField(_("申込者本人"), default=True)
    door_code = models.CharField(
        max_length=12, unique=True, default=new_door_code, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="places_sent_to",
    )
    member_key = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    birth_date = models.DateField(_("生年月日"), null=True, blank=True)
    school_year = models.PositiveSmallIntegerField(
        _("学年"), choices=SchoolYear, null=True, blank=True
    )

    class Meta:
        verbose_name = _("参加者")
        verbose_name_plural = _("参加者")
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"],
                name="enrollments_participant_position_unique",
            )
        ]

    def __str__(self) -> str:
        return self.full_name
