"""A page per local-issue series."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage
from courses.domain.series import standings_of
from courses.models import Series


class SeriesIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.SeriesPage"]
    max_count = 1
    template = "cms/series_index.html"

    class Meta:
        verbose_name = _("地域課題シリーズの一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        series = Series.objects.filter(page__live=True).select_related("theme")
        context["standings"] = standings_of(series, at=timezone.now())
        return context


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

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.course_page import feed_links

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        address = f"{settings.PUBLIC_URL}/series/{quote(self.series.slug)}/calendar.ics"
        context["standing"] = standings_of([self.series], at=timezone.now())[0]
        context["feed"] = feed_links(address)
        return context
