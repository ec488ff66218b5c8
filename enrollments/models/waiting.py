"""繰上げ: a place offered to somebody who waits."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enrollments.enums import OfferState
from enrollments.models.application import Application


class Offer(models.Model):
    """A place held for somebody until `reply_by`. Its secret link answers it once."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="offers"
    )
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(
        _("状態"), max_length=12, choices=OfferState, default=OfferState.OPEN
    )
    made_at = models.DateTimeField(_("ご案内の日時"))
    reply_by = models.DateTimeField(_("回答期限"))
    reminded_at = models.DateTimeField(_("お願いを送った日時"), null=True, blank=True)
    answered_at = models.DateTimeField(_("回答の日時"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("繰上げのご案内")
        verbose_name_plural = _("繰上げのご案内")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=OfferState.OPEN),
                name="enrollments_offer_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values),
                name="enrollments_offer_state_known",
            ),
            models.CheckConstraint(
                condition=Q(reply_by__gt=F("made_at")),
                name="enrollments_offer_leaves_time",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at=None)
                | (~Q(state=OfferState.OPEN) & Q(answered_at__isnull=False)),
                name="enrollments_offer_answered_when_settled",
            ),
        ]
        indexes = [models.Index(fields=["state", "reply_by"], name="enrollments_offer_due")]

    def __str__(self) -> str:
        return f"{self.application} {self.get_state_display()}"
