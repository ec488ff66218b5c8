"""お知らせ from the city (not to be confused with messages to applicants)."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

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
    content_panels = [
        *ProsePage.content_panels,
        FieldPanel("dated_on"),
        InlinePanel("related_courses", label=_("関係する講座"), max_num=6),
    ]

    class Meta:
        verbose_name = _("新着情報")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.cards import cards_for

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = [one.course for one in self.related_courses.select_related("course")]
        keys = [course.pk for course in related if course.is_public]
        context["cards"] = cards_for(keys, at=timezone.now())
        return context


class NewsCourse(Orderable):
    """A course that the news is about; shown as a card while the course is public."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_courses")
    course = models.ForeignKey(
        "courses.Course",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("講座"),
    )

    panels = [FieldPanel("course")]

    class Meta(Orderable.Meta):
        verbose_name = _("関係する講座")
        constraints = [
            models.UniqueConstraint(fields=["page", "course"], name="cms_newscourse_once")
        ]

    def __str__(self) -> str:
        return str(self.course)
