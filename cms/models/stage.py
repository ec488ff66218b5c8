"""A page per stage: what it means and what is on for it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage, require_address


class StageIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StagePage"]
    max_count = 1
    template = "cms/stage_index.html"

    class Meta:
        verbose_name = _("ステージの一覧")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.stages import stage_index_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **stage_index_context(at=timezone.now())}


class StagePage(ProsePage):
    stage = models.OneToOneField(
        "courses.Stage",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name=_("ステージ"),
    )

    parent_page_types = ["cms.StageIndexPage"]
    subpage_types: list[str] = []
    template = "cms/stage.html"
    content_panels = [FieldPanel("stage"), *ProsePage.content_panels]

    class Meta:
        verbose_name = _("ステージのページ")

    def clean(self) -> None:
        super().clean()
        if self.stage_id:
            require_address(self, self.stage.key)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.presenters.stages import stage_context

        context = super().get_context(request, *args, **kwargs)
        # The name is the stage's own, which may still change; the page's is for its tree.
        own = {"title": self.stage.label}
        return {**context, **own, **stage_context(self.stage, at=timezone.now())}
