"""会場 and 部屋: where sessions are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import postal_code


class Venue(models.Model):
    code = models.SlugField(_("会場コード"), max_length=40, unique=True)
    name = models.CharField(_("会場名"), max_length=120)
    name_kana = models.CharField(_("会場名（カナ）"), max_length=160, blank=True)
    area = models.CharField(_("地区"), max_length=40, blank=True)
    postal_code = models.CharField(
        _("郵便番号"), max_length=7, blank=True, validators=[postal_code]
    )
    address = models.CharField(_("住所"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    access = models.TextField(_("アクセス"), blank=True)
    accessibility = models.TextField(_("バリアフリー情報"), blank=True)
    latitude = models.DecimalField(
        _("緯度"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("経度"), max_digits=9, decimal_places=6, null=True, blank=True
    )

    class Meta:
        verbose_name = _("会場")
        verbose_name_plural = _("会場")
        ordering = ["name_kana", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__range=(20, 46),
                    longitude__range=(122, 154),
                ),
                name="courses_venue_inside_japan",
                violation_error_message=_("緯度・経度は日本国内の値にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("会場")
    )
    name = models.CharField(_("部屋名"), max_length=80)
    capacity = models.PositiveIntegerField(_("収容人数"), null=True, blank=True)

    class Meta:
        verbose_name = _("部屋")
        verbose_name_plural = _("部屋")
        ordering = ["venue", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"], name="courses_room_name_unique_in_venue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.name}"
