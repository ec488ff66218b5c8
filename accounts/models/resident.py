"""What a resident may tell once, so that forms need not ask again."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency

postal_code = RegexValidator(r"^\d{7}$", _("郵便番号は7桁の数字で入力してください。"))


class ResidentProfile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="resident_profile",
        verbose_name=_("利用者"),
    )
    residency = models.CharField(_("区分"), max_length=10, choices=Residency, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    postal_code = models.CharField(
        _("郵便番号"), max_length=7, blank=True, validators=[postal_code]
    )
    birth_date = models.DateField(_("生年月日"), null=True, blank=True)

    class Meta:
        verbose_name = _("利用者の登録内容")
        verbose_name_plural = _("利用者の登録内容")

    def __str__(self) -> str:
        return str(self.user)
