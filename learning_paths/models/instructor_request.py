"""講師への依頼: somebody looks for an instructor of the local register; the city passes the
request on, and neither side learns how to reach the other before the instructor agrees."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.models.trace import StateTrace
from courses.models import Instructor
from learning_paths.enums import InstructorRequestState as State

ASKED = (State.FORWARDED, State.ACCEPTED, State.DECLINED, State.EXPIRED)


class InstructorRequest(models.Model):
    """`department` passes it on. `sent_to` is where the instructor is asked, shown to
    nobody else; each asking has a `link_key` of its own, so that a former mail opens
    nothing. It goes with the account of whoever asked."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    submission_key = models.UUIDField(unique=True, editable=False)
    instructor = models.ForeignKey(
        Instructor,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("講師"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("取り次ぐ課"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="instructor_requests",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=10, default="ja")

    name = models.CharField(_("お名前"), max_length=80)
    organisation = models.CharField(_("団体・学校など"), max_length=120, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    purpose = models.TextField(_("お願いしたいこと"), max_length=600)
    dates = models.CharField(_("希望の日時"), max_length=300)
    place = models.CharField(_("場所"), max_length=160)
    people = models.PositiveSmallIntegerField(_("人数"))
    fee_idea = models.CharField(_("謝金の考え"), max_length=120, blank=True)

    state = models.CharField(
        _("状態"), max_length=10, choices=State, default=State.RECEIVED
    )
    received_at = models.DateTimeField(_("受付日時"))
    sent_to = models.EmailField(_("講師のメールアドレス"), blank=True)
    link_key = models.UUIDField(default=uuid4, editable=False)
    reply_by = models.DateTimeField(_("返事の期限"), null=True, blank=True)
    city_note = models.CharField(_("市からのひとこと"), max_length=300, blank=True)
    reply = models.CharField(_("講師からのひとこと"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("講師への依頼")
        verbose_name_plural = _("講師への依頼")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="learning_paths_instructorrequest_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="learning_paths_instructorrequest_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="learning_paths_instructorrequest_for_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ASKED)
                | (~Q(sent_to="") & Q(reply_by__isnull=False)),
                name="learning_paths_instructorrequest_asked_at_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instructor} {self.received_at:%Y-%m-%d}"


class InstructorRequestMove(StateTrace):
    """The trace. `by` is empty where somebody came by a link, or time did it."""

    request = models.ForeignKey(
        InstructorRequest, on_delete=models.CASCADE, related_name="moves"
    )
    from_state = models.CharField(max_length=10, choices=State)
    to_state = models.CharField(max_length=10, choices=State)
    why = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("講師への依頼の経過")
        verbose_name_plural = _("講師への依頼の経過")
        ordering = ["pk"]
