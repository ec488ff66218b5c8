"""A page per learning path."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage, require_address


class PathIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PathPage"]
    max_count = 1
    template = "cms/path_index.html"

    class Meta:
        verbose_name = _("学びの道すじの一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = PathPage.objects.live().public().filter(path_followed__is_published=True)
        context["pages"] = pages.select_related("path_followed__stage").order_by(
            "path_followed__stage__sort_order", "title"
        )
        return context


class PathPage(ProsePage):
    path_followed = models.OneToOneField(
        "learning_paths.Path",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name=_("学びの道すじ"),
    )

    parent_page_types = ["cms.PathIndexPage"]
    subpage_types: list[str] = []
    template = "cms/path.html"
    content_panels = [FieldPanel("path_followed"), *ProsePage.content_panels]

    class Meta:
        verbose_name = _("学びの道すじのページ")

    def clean(self) -> None:
        super().clean()
        if self.path_followed_id:
            require_address(self, self.path_followed.slug)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.paths import path_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if not (self.path_followed.is_published or getattr(request, "is_preview", False)):
            raise Http404
        return {**context, **path_context(self.path_followed, at=timezone.now())}
