"""お知らせ from the city (not to be confused with messages to applicants)."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage


class NewsIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    max_count = 1
    template = "cms/news_index.html"

    class Meta:
        verbose_name = _("新着情報の一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.live().public().child_of(self).order_by("-dated_on", "-pk")
        page = Paginator(news, 20).get_page(request.GET.get("page"))
        context["page_obj"] = page
        context["page_range"] = page.paginator.get_elided_page_range(page.number)
        return context


class NewsPage(ProsePage):
    dated_on = models.DateField(_("日付"), default=timezone.localdate)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news.html"
    content_panels = [*ProsePage.content_panels, FieldPanel("dated_on")]

    class Meta:
        verbose_name = _("新着情報")
