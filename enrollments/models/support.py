"""保育 and 参加のための支援: promises to a person, seen only by those who need to know."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import SupportKind
from courses.models import SupportOffer
from enrollments.enums import SupportState
from enrollments.models.application import Application


class SupportRequest(models.Model):
    """`needs` is special-care information (要配慮個人情報, 個人情報保護法2条3項):
    it stands in no ordinary list, export or log."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="support_requests"
    )
    offer = models.ForeignKey(
        SupportOffer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
    )
    kind = models.CharField(_("支援"), max_length=15, choices=SupportKind)
    needs = models.TextField(_("希望の内容"), blank=True, max_length=500)
    state = models.CharField(
        _("状態"), max_length=10, choices=SupportState, default=SupportState.ASKED
    )
    asked_at = models.DateTimeField(_("希望した日時"))
    alternative = models.CharField(_("かわりの案"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("保育・支援の希望")
        verbose_name_plural = _("保育・支援の希望")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], name="enrollments_supportrequest_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SupportKind.values) & Q(state__in=SupportState.values),
                name="enrollments_supportrequest_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=SupportState.DECLINED) | ~Q(alternative=""),
                name="enrollments_supportrequest_declined_with_alternative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.get_kind_display()}"


class CaredChild(models.Model):
    """A child for whom childcare is wished: what it is called and how old it is then."""

    request = models.ForeignKey(
        SupportRequest, on_delete=models.CASCADE, related_name="children"
    )
    called = models.CharField(_("呼び名"), max_length=40)
    age_months = models.PositiveSmallIntegerField(_("月齢"))
    note = models.CharField(_("アレルギーなど"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("預かる子ども")
        verbose_name_plural = _("預かる子ども")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.called


class SupportStep(models.Model):
    """The trace of a promise: who, when, from which state to which, and what was said."""

    request = models.ForeignKey(
        SupportRequest, on_delete=models.PROTECT, related_name="steps"
    )
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=SupportState)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    why = models.CharField(_("内容"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("手配の記録")
        verbose_name_plural = _("手配の記録")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
