"""What every page of prose has: an introduction and a body."""

from http import HTTPMethod

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock


class ProsePage(Page):
    intro = models.CharField(
        _("はじめの一文"),
        max_length=200,
        blank=True,
        help_text=_("一覧や検索結果にも表示されます。"),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("本文"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro", boost=2),
        index.SearchField("body"),
    ]

    # What a page tells stands in lists, calendars and open data, too, which a password on
    # the page would not close: to hide it, the page is taken down.
    private_page_options: list[str] = []
    # Pages are read; whatever is sent goes to a view of its own.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True


def require_address(page: Page, address: str) -> None:
    """Links and calendars go by the address of the row behind a page.

    Raises: ValidationError.
    """
    if page.slug != address:
        words = _("アドレス名（スラッグ）は「%(address)s」にしてください。")
        raise ValidationError({"slug": words % {"address": address}})


def lines_of(text: str) -> list[str]:
    """What an editor wrote one to a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
