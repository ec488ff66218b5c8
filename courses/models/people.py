"""Those who teach and those who stand behind a course."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import NamedPerson
from courses.models.taxonomy import Theme


class InstructorQuerySet(models.QuerySet["Instructor"]):
    def public(self) -> InstructorQuerySet:
        """Those whom a public page may name: they agreed and the city approved."""
        return self.filter(consents_to_publish=True, approved_at__isnull=False)


class Instructor(NamedPerson):
    """講師, and 地域の人材 who offered to teach. `fee_note`, `staff_note` and how to reach
    the person are for the city's own work and appear on no public page."""

    title = models.CharField(_("肩書"), max_length=120, blank=True)
    profile = models.TextField(_("紹介"), blank=True)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="instructors", verbose_name=_("教えられるテーマ")
    )
    areas = models.CharField(_("対応できる地区"), max_length=200, blank=True)
    is_local_talent = models.BooleanField(_("地域の人材として登録"), default=False)
    fee_note = models.CharField(_("謝金の目安（内部）"), max_length=120, blank=True)
    staff_note = models.TextField(_("メモ（内部）"), blank=True)
    contact_email = models.EmailField(_("メールアドレス（内部）"), blank=True)
    contact_phone = models.CharField(_("電話番号（内部）"), max_length=20, blank=True)
    consents_to_publish = models.BooleanField(_("公開に同意"), default=False)
    consented_on = models.DateField(_("同意した日"), null=True, blank=True)
    approved_at = models.DateTimeField(_("承認日時"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承認した人"),
    )

    objects = InstructorQuerySet.as_manager()

    class Meta:
        verbose_name = _("講師")
        verbose_name_plural = _("講師")
        ordering = ["family_name_kana", "given_name_kana"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_public(self) -> bool:
        return self.consents_to_publish and self.approved_at is not None


class Partner(models.Model):
    """An organisation beside the city: NPO, university, company, 実行委員会."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    name_kana = models.CharField(_("名称（カナ）"), max_length=160, blank=True)
    description = models.TextField(_("紹介"), blank=True)
    url = models.URLField(_("ウェブサイト"), blank=True)

    class Meta:
        verbose_name = _("主催・共催など")
        verbose_name_plural = _("主催・共催など")
        ordering = ["name_kana", "name"]

    def __str__(self) -> str:
        return self.name
