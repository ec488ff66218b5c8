"""What somebody wants to be recommended. Only they read it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Theme


class Interests(models.Model):
    """An area is kept from the moment at which the person chose to tell it. `told_month`,
    the first day of a month, is the last for which the monthly mail was seen to; it is
    set from the day on which the mail was ordered. `public_id` is in the link that ends
    the mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests"
    )
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    wants_recommendations = models.BooleanField(_("おすすめを表示する"), default=True)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="+", verbose_name=_("関心のあるテーマ")
    )
    area = models.CharField(_("お住まいの地区"), max_length=40, blank=True)
    area_told_at = models.DateTimeField(_("地区を登録した日時"), null=True, blank=True)
    wants_monthly = models.BooleanField(
        _("毎月のおすすめをメールで受け取る"), default=False
    )
    language = models.CharField(_("言語"), max_length=5, default="ja")
    told_month = models.DateField(_("最後に知らせた月"), null=True, blank=True)

    class Meta:
        verbose_name = _("おすすめの設定")
        verbose_name_plural = _("おすすめの設定")
        constraints = [
            models.CheckConstraint(
                condition=Q(area="", area_told_at=None)
                | (~Q(area="") & Q(area_told_at__isnull=False)),
                name="enrollments_interests_area_told",
            ),
            models.CheckConstraint(
                condition=Q(wants_monthly=False) | Q(told_month__isnull=False),
                name="enrollments_interests_monthly_since",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
