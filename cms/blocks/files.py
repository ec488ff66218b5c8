"""Documents to take away, links to elsewhere, and pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(ImageBlock):
    """The library refuses a picture that is neither described nor marked as decoration."""

    class Meta:
        icon = "image"
        label = _("写真")
        template = "cms/blocks/image.html"
        preview_template = "cms/blocks/preview/image.html"
        description = _(
            "見えない方のための説明が必要です。飾りの写真は、その印をつけます。"
        )


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("資料"))
    title = blocks.CharBlock(
        max_length=120,
        required=False,
        label=_("題名"),
        help_text=_("空けておくと、資料の題名を使います。"),
    )

    class Meta:
        icon = "doc-full"
        label = _("資料")
        template = "cms/blocks/download.html"


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("題名"))
    url = blocks.URLBlock(label=_("アドレス"))
    about = blocks.CharBlock(max_length=120, required=False, label=_("ひとことで"))

    class Meta:
        icon = "link"
        label = _("リンク")
        template = "cms/blocks/link.html"


class DownloadsBlock(blocks.StructBlock):
    files = blocks.ListBlock(DownloadBlock(), label=_("資料"))

    class Meta:
        icon = "download"
        label = _("資料のダウンロード")
        template = "cms/blocks/downloads.html"
        preview_template = "cms/blocks/preview/downloads.html"
        description = _("ファイルの種類と大きさが、題名のあとに表示されます。")


class ResourcesBlock(blocks.StreamBlock):
    """What goes with a series: files and places to read on."""

    document = DownloadBlock()
    link = LinkBlock()

    def get_searchable_content(self, value: Any) -> list[str]:
        return [part.value["title"] for part in value if part.value.get("title")]
