"""課: the section of the city hall that owns courses, and the staff who work in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import StaffRole


class Department(models.Model):
    code = models.SlugField(_("課コード"), max_length=20, unique=True)
    name = models.CharField(_("課名"), max_length=60)
    name_en = models.CharField(_("課名（英語）"), max_length=80, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    extension = models.CharField(_("内線"), max_length=10, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        verbose_name = _("担当課")
        verbose_name_plural = _("担当課")
        ordering = ["sort_order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """In the reader's language, in Japanese where there is no other."""
        english = (get_language() or "").startswith("en")
        return (english and self.name_en) or self.name


class StaffProfile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="staff_profile",
        verbose_name=_("利用者"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="staff",
        verbose_name=_("担当課"),
    )
    role = models.CharField(
        _("役割"), max_length=10, choices=StaffRole, default=StaffRole.OFFICER
    )
    staff_number = models.CharField(_("職員番号"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("職員")
        verbose_name_plural = _("職員")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=StaffRole.values),
                name="accounts_staffprofile_role_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.department})"
