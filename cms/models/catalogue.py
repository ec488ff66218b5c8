"""The catalogue and the page of a course. A page is prose; the run is a fact."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.search import index

from cms.models.prose import ProsePage


class CatalogueIndexPage(ProsePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CoursePage"]
    max_count = 1
    template = "cms/catalogue.html"

    class Meta:
        verbose_name = _("講座の一覧")


class CoursePage(ProsePage):
    course = models.ForeignKey(
        "courses.Course",
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("講座"),
    )
    outcomes = models.TextField(
        _("できるようになること"),
        blank=True,
        help_text=_("1行に一つずつ書いてください。"),
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("表紙の画像"),
    )

    parent_page_types = ["cms.CatalogueIndexPage"]
    subpage_types: list[str] = []
    template = "cms/course.html"

    content_panels = [
        *ProsePage.content_panels,
        FieldPanel("outcomes"),
        FieldPanel("cover"),
    ]
    search_fields = [*ProsePage.search_fields, index.SearchField("outcomes")]

    class Meta:
        verbose_name = _("講座のページ")
        constraints = [
            models.UniqueConstraint(fields=["course"], name="cms_coursepage_once")
        ]
