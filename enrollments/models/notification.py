"""お知らせ: the outbox. A row is written in the transaction of the change it tells of."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrollments.enums import MessageKind, NotificationState
from enrollments.models.application import Application


class Notification(models.Model):
    """`occasion` names what the message tells of; one occasion has one message.

    `message_id` is fixed when the row is written, so that a receiver can
    recognise a mail that was handed over twice. `changes` says of which sessions a
    message tells (see `enrollments.domain.gathering`), `also` the other applications of a
    message about several units of a series. `stop_url`, where there is one, ends
    further mail of this kind by one POST (RFC 8058).
    """

    kind = models.CharField(_("種類"), max_length=20, choices=MessageKind)
    occasion = models.CharField(max_length=120, unique=True, editable=False)
    message_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
    )
    also = models.ManyToManyField(Application, related_name="also_told")
    recipient = models.EmailField(_("あて先"), blank=True)
    language = models.CharField(_("言語"), max_length=5, default="ja")
    subject = models.CharField(_("件名"), max_length=200)
    body = models.TextField(_("本文"))
    stop_url = models.CharField(max_length=300, blank=True, editable=False)
    changes = models.JSONField(default=dict, blank=True, editable=False)
    state = models.CharField(
        _("状態"),
        max_length=10,
        choices=NotificationState,
        default=NotificationState.PENDING,
    )
    attempts = models.PositiveSmallIntegerField(_("試行回数"), default=0)
    due_at = models.DateTimeField(_("送信予定"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(_("送信日時"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    printed_at = models.DateTimeField(_("印刷した日時"), null=True, blank=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    last_error = models.CharField(_("エラー"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("作成日時"))

    class Meta:
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=NotificationState.values),
                name="enrollments_notification_state_known",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="enrollments_outbox_due")]

    def __str__(self) -> str:
        return self.subject
