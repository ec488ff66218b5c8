"""A page per learning path."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.prose import ProsePage


class PathIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PathPage"]
    max_count = 1
    template = "cms/path_index.html"

    class Meta:
        verbose_name = _("学びの道すじの一覧")


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
