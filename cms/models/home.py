"""The front door: what can I learn now."""

from django.utils.translation import gettext_lazy as _

from cms.models.prose import ProsePage


class HomePage(ProsePage):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.CatalogueIndexPage",
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
