"""会場 and 部屋: where sessions are held."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import postal_code
from courses.enums import BarrierFree, Presence

# In degrees, the islands far out included.
INSIDE_JAPAN = {"latitude": (20, 46), "longitude": (122, 154)}


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
    description = models.TextField(_("紹介"), blank=True)
    url = models.URLField(_("ウェブサイト"), max_length=500, blank=True)
    closed_weekdays = models.CharField(
        _("休館する曜日"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^[1-7]*$", _("曜日は 1（月）から 7（日）の数字です。"))
        ],
    )
    opens_at = models.TimeField(_("開館時刻"), null=True, blank=True)
    closes_at = models.TimeField(_("閉館時刻"), null=True, blank=True)
    opening_note = models.CharField(_("開館日の補足"), max_length=200, blank=True)
    parking = models.CharField(
        _("駐車場"), max_length=1, choices=Presence, default=Presence.UNKNOWN
    )
    parking_note = models.CharField(_("駐車場の補足"), max_length=200, blank=True)
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
                    latitude__range=INSIDE_JAPAN["latitude"],
                    longitude__range=INSIDE_JAPAN["longitude"],
                ),
                name="courses_venue_inside_japan",
                violation_error_message=_("緯度・経度は日本国内の値にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class VenueFeature(models.Model):
    """One barrier-free fact of a venue in the official vocabulary. No row: 不明."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="features")
    item = models.CharField(_("項目"), max_length=60, choices=BarrierFree)
    presence = models.CharField(_("有無"), max_length=1, choices=Presence)

    class Meta:
        verbose_name = _("バリアフリー情報")
        verbose_name_plural = _("バリアフリー情報")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "item"], name="courses_venuefeature_once"
            ),
            models.CheckConstraint(
                condition=models.Q(item__in=BarrierFree.values)
                & models.Q(presence__in=Presence.values),
                name="courses_venuefeature_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.get_presence_display()}"
