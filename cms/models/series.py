"""A page per local-issue series."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from accounts.models import Department
from cms.blocks import ResourcesBlock
from cms.forms.series_page import OwnSeriesForm
from cms.models.prose import ProsePage, require_address
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

    def permissions_for_user(self, user: Any) -> Any:
        from cms.permissions import IndexPageTester

        return IndexPageTester(user, self)


class SeriesPage(ProsePage):
    series = models.OneToOneField(
        "courses.Series",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name=_("シリーズ"),
    )

    resources = StreamField(
        ResourcesBlock(),
        blank=True,
        verbose_name=_("資料とリンク"),
        help_text=_("シリーズを通して使うものを置きます。"),
    )

    parent_page_types = ["cms.SeriesIndexPage"]
    subpage_types: list[str] = []
    template = "cms/series.html"
    base_form_class = OwnSeriesForm
    content_panels = [
        FieldPanel("series"),
        *ProsePage.content_panels,
        FieldPanel("resources"),
    ]
    search_fields = [*ProsePage.search_fields, index.SearchField("resources")]

    class Meta:
        verbose_name = _("シリーズのページ")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.series import series_context

        context = super().get_context(request, *args, **kwargs)
        known = series_context(self.series, user=request.user, at=timezone.now())
        return {**context, **known}

    def clean(self) -> None:
        super().clean()
        if self.series_id:
            require_address(self, self.series.slug)

    def permissions_for_user(self, user: Any) -> Any:
        from cms.permissions import SectionPageTester

        return SectionPageTester(user, self)

    @property
    def section(self) -> Department:
        """The section (課) whose page this is."""
        return self.series.department
