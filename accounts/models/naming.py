"""A person's name: 氏 and 名 apart, each with its reading in full-width katakana.

Source: 政府相互運用性フレームワーク (GIF), 個人; lists are sorted by the reading.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

katakana = RegexValidator(r"^[ァ-ヶー・＝－\- 　]+$", _("全角カタカナで入力してください。"))


class NamedPerson(models.Model):
    family_name = models.CharField(_("氏"), max_length=60)
    given_name = models.CharField(_("名"), max_length=60)
    family_name_kana = models.CharField(
        _("氏（カナ）"), max_length=60, validators=[katakana]
    )
    given_name_kana = models.CharField(
        _("名（カナ）"), max_length=60, validators=[katakana]
    )

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def full_name_kana(self) -> str:
        return f"{self.family_name_kana} {self.given_name_kana}".strip()
