"""お知らせ from the city (not to be confused with messages to applicants)."""

from django.db import models
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


class NewsPage(ProsePage):
    dated_on = models.DateField(_("日付"), default=timezone.localdate)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news.html"
    content_panels = [*ProsePage.content_panels, FieldPanel("dated_on")]

    class Meta:
        verbose_name = _("新着情報")
