"""The front door: what can I learn now."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.prose import ProsePage


class HomePage(ProsePage):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.CatalogueIndexPage",
        "cms.JointSessionIndexPage",
        "cms.StageIndexPage",
        "cms.SeriesIndexPage",
        "cms.PathIndexPage",
        "cms.NewsIndexPage",
        "cms.StandardPage",
    ]
    max_count = 1
    template = "cms/home.html"

    class Meta:
        verbose_name = _("トップページ")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.home import home_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(at=timezone.now())}
