"""Words: steps, questions with answers, what somebody said."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

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


class QuotationBlock(blocks.StructBlock):
    words = blocks.TextBlock(label=_("言葉"))
    who = blocks.CharBlock(
        max_length=120,
        label=_("だれの言葉か"),
        help_text=_("名前を出すときは、本人の同意を得てください。例：昨年の受講者（60代）"),
    )

    class Meta:
        icon = "openquote"
        label = _("引用")
        template = "cms/blocks/quotation.html"
        preview_value = {
            "words": "はじめは一人で来ましたが、帰りには名前を呼び合う人が三人できました。",
            "who": "昨年の受講者（60代）",
        }
        description = _("受講した方や講師の言葉を、だれの言葉かとともに載せます。")
