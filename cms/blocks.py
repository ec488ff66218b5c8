"""The pieces an editor builds a page's body from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(blocks.CharBlock(max_length=200, label=_("手順")))

    class Meta:
        icon = "list-ol"
        label = _("手順")
        template = "cms/blocks/steps.html"
        preview_value = {"steps": ["申し込む", "当日、会場へ行く"]}
        description = _("順番のある説明に使います。")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200, label=_("質問"))
    answer = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("答え"))

    class Meta:
        icon = "help"
        label = _("よくある質問")
        template = "cms/blocks/question.html"
        preview_value = {
            "question": "途中から参加できますか。",
            "answer": "<p>はい。第2回からでも参加できます。</p>",
        }
        description = _("開いて読む質問と答えです。")


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        max_length=120,
        label=_("見出し"),
        icon="title",
        template="cms/blocks/heading.html",
        preview_value="この講座で学ぶこと",
        description=_("本文の区切りになる見出しです。"),
    )
    paragraph = blocks.RichTextBlock(
        features=TEXT_FEATURES,
        label=_("文章"),
        icon="pilcrow",
        preview_value="<p>地域の防災を、まち歩きから考えます。</p>",
        description=_("太字、箇条書き、リンクが使えます。"),
    )
    image = ImageBlock(
        label=_("写真"),
        icon="image",
        template="cms/blocks/image.html",
        description=_("写真には、見えない方のための説明が必要です。"),
    )
    steps = StepsBlock()
    question = QuestionBlock()
