"""A name and description held in Japanese with an English counterpart."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_english() -> bool:
    return (get_language() or "ja").startswith("en")


class LocalisedName(models.Model):
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("名称（英語）"), max_length=120, blank=True)
    description = models.TextField(_("説明"), blank=True)
    description_en = models.TextField(_("説明（英語）"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, in Japanese where there is no other."""
        return (in_english() and self.name_en) or self.name

    @property
    def explanation(self) -> str:
        return (in_english() and self.description_en) or self.description
