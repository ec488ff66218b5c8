"""What came out of a joint session: shared issues, and who does what next."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NextStepBlock(blocks.StructBlock):
    what = blocks.CharBlock(max_length=200, label=_("すること"))
    who = blocks.CharBlock(
        max_length=80,
        required=False,
        label=_("だれが"),
        help_text=_("課や団体の名前を書きます。個人の名前は書きません。"),
    )
    when = blocks.CharBlock(max_length=60, required=False, label=_("いつまでに"))

    class Meta:
        icon = "arrow-right"
        label = _("次の一歩")


class FindingBlock(blocks.StructBlock):
    held_on = blocks.DateBlock(label=_("開催した日"))
    topic = blocks.CharBlock(max_length=120, required=False, label=_("題名"))
    issues = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("課題")), label=_("共有した課題")
    )
    next_steps = blocks.ListBlock(NextStepBlock(), label=_("次の一歩"))

    class Meta:
        icon = "clipboard-list"
        label = _("学習会の記録")
        template = "cms/blocks/finding.html"


class FindingsBlock(blocks.StreamBlock):
    finding = FindingBlock()
