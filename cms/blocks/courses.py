"""Courses inside a text: a list by any filter, and one to apply for now."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosing import CourseChooserBlock
from courses.enums import CourseKind
from courses.forms.catalogue import CatalogueForm
from courses.models import Stage, Theme

MOST_CARDS = 12
CATALOGUE = ("/courses/", "/en/courses/")


def stage_choices() -> list[tuple[str, str]]:
    return [(stage.key, stage.label) for stage in Stage.objects.all()]


def kind_choices() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in CourseKind.choices]


def theme_choices() -> list[tuple[str, str]]:
    return [(theme.key, theme.label) for theme in Theme.objects.all()]


class CourseListBlock(blocks.StructBlock):
    """The filter is kept as an editor gave it: the catalogue's own address, or facets.
    Which courses it finds is looked up when the page is read."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("見出し"))
    address = blocks.CharBlock(
        max_length=500,
        required=False,
        label=_("一覧のアドレス"),
        help_text=_(
            "「講座をさがす」で条件をえらび、そのアドレスを貼り付けます。"
            "ここに入れると、下の条件は使いません。"
        ),
    )
    stage = blocks.MultipleChoiceBlock(
        choices=stage_choices, required=False, label=_("ステージ")
    )
    theme = blocks.MultipleChoiceBlock(
        choices=theme_choices, required=False, label=_("テーマ")
    )
    kind = blocks.MultipleChoiceBlock(choices=kind_choices, required=False, label=_("種別"))
    open = blocks.BooleanBlock(required=False, label=_("いま申し込める講座だけ"))
    most = blocks.IntegerBlock(
        min_value=1, max_value=MOST_CARDS, default=3, label=_("表示する数（最大）")
    )

    class Meta:
        icon = "list-ul"
        label = _("講座の一覧")
        template = "cms/blocks/courses.html"
        preview_value = {"heading": "いま申し込める講座", "open": True, "most": 3}
        description = _("条件に合う講座を、ページを開いたときの状態で表示します。")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        problems = address_problems(cleaned["address"])
        if problems:
            raise StructBlockValidationError(
                block_errors={"address": ValidationError(problems)}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from cms.presenters.course_list import cards_by_query

        context: dict[str, Any] = super().get_context(value, parent_context)
        query = query_of(value)
        found = cards_by_query(query, most=value["most"] or 1, at=timezone.now())
        context.update(cards=found.cards, total=found.total, query=query.urlencode())
        return context


def query_of(value: Any) -> QueryDict:
    """The catalogue's query, from the pasted address or from the chosen facets."""
    if value.get("address"):
        return _without_page(QueryDict(urlsplit(value["address"]).query))
    query = QueryDict(mutable=True)
    for name in ("stage", "theme", "kind"):
        if value.get(name):
            query.setlist(name, list(value[name]))
    if value.get("open"):
        query["open"] = "1"
    return query


def _without_page(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for name in ("page", "view"):
        kept.pop(name, None)
    return kept


def address_problems(address: str) -> list[Any]:
    """Sentences on why an address is none of the catalogue; empty where it is one."""
    if not address:
        return []
    try:
        parts = urlsplit(address)
    except ValueError:
        return [_("講座の一覧のアドレスを貼り付けてください。")]
    if parts.path not in CATALOGUE:
        return [_("講座の一覧のアドレスを貼り付けてください。")]
    return list(CatalogueForm(QueryDict(parts.query)).problems)


class ApplyBlock(blocks.StructBlock):
    """One course with its reception as it is when the page is read."""

    course = CourseChooserBlock(label=_("講座"))
    words = blocks.CharBlock(
        max_length=120,
        required=False,
        label=_("ひとこと"),
        help_text=_("例：次は、歩いて確かめてみませんか。"),
    )

    class Meta:
        icon = "pick"
        label = _("申込みの案内")
        template = "cms/blocks/apply.html"
        preview_template = "cms/blocks/preview/apply.html"
        description = _("受付状況と申込みのボタンを、本文の中に置きます。")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from cms.presenters.course_list import call_to_apply

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["call"] = call_to_apply(value["course"], at=timezone.now())
        return context
