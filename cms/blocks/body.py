"""The body of every page of prose."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.courses import ApplyBlock, CourseListBlock
from cms.blocks.files import DownloadsBlock, PictureBlock
from cms.blocks.people import PeopleBlock
from cms.blocks.text import TEXT_FEATURES, QuestionBlock, QuotationBlock, StepsBlock


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
    image = PictureBlock()
    steps = StepsBlock()
    question = QuestionBlock()
    quotation = QuotationBlock()
    people = PeopleBlock()
    downloads = DownloadsBlock()
    courses = CourseListBlock()
    apply = ApplyBlock()

    class Meta:
        # Each of these asks the database, so that a page has only a few of them.
        block_counts = {
            "people": {"max_num": 5},
            "courses": {"max_num": 3},
            "apply": {"max_num": 3},
        }
