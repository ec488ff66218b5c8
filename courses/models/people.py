"""Those who teach and those who stand behind a course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import NamedPerson


class Instructor(NamedPerson):
    title = models.CharField(_("肩書"), max_length=120, blank=True)
    profile = models.TextField(_("紹介"), blank=True)
    consents_to_publish = models.BooleanField(_("公開に同意"), default=False)

    class Meta:
        verbose_name = _("講師")
        verbose_name_plural = _("講師")
        ordering = ["family_name_kana", "given_name_kana"]

    def __str__(self) -> str:
        return self.full_name


class Partner(models.Model):
    """An organisation beside the city: NPO, university, company, 実行委員会."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    url = models.URLField(_("ウェブサイト"), blank=True)

    class Meta:
        verbose_name = _("主催・共催など")
        verbose_name_plural = _("主催・共催など")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
