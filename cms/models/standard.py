"""A plain page: about the site, privacy, accessibility."""

from django.utils.translation import gettext_lazy as _

from cms.models.prose import ProsePage


class StandardPage(ProsePage):
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard.html"

    class Meta:
        verbose_name = _("一般のページ")
