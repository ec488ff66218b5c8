"""A page per local-issue series."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage


class SeriesIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.SeriesPage"]
    max_count = 1
    template = "cms/series_index.html"

    class Meta:
        verbose_name = _("地域課題シリーズの一覧")


class SeriesPage(ProsePage):
    series = models.OneToOneField(
        "courses.Series",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name=_("シリーズ"),
    )

    parent_page_types = ["cms.SeriesIndexPage"]
    subpage_types: list[str] = []
    template = "cms/series.html"
    content_panels = [FieldPanel("series"), *ProsePage.content_panels]

    class Meta:
        verbose_name = _("シリーズのページ")
