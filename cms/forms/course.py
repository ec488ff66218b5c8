"""What an officer says of the lasting course, and the words of its page."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from accounts.domain.contact import tidy_text
from accounts.domain.sections import section_of
from accounts.forms.fields import ReadingField
from accounts.forms.grouped import Group, groups_of
from accounts.models import Department, User
from cms.blocks import TEXT_FEATURES
from cms.forms.run_layout import Folded
from cms.models import CoursePage
from courses.domain.course_facts import CourseFacts, Partnership
from courses.enums import CourseKind, ThemeBranch
from courses.models import Audience, Competency, Course, Instructor, Stage, Theme

SEVERAL = ("stages", "themes", "audiences", "competencies", "instructors", "co_hosts")


def _several(label: Any, model: type, **options: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


class FactsForm(forms.Form):
    """The lasting course; the section is the officer's own. The address can be chosen
    until the course is published for the first time."""

    title = forms.CharField(label=_("講座名"), max_length=160)
    title_kana = ReadingField(
        label=_("講座名（カナ）"),
        max_length=200,
        required=False,
        help_text=_("並べ替えと検索に使います。"),
    )
    title_en = forms.CharField(label=_("講座名（英語）"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("種別"), choices=CourseKind.choices)
    department = forms.ModelChoiceField(Department.objects.none(), label=_("担当課"))
    slug = forms.SlugField(
        label=_("アドレス名"),
        max_length=100,
        required=False,
        allow_unicode=True,
        help_text=_(
            "公開ページのアドレスになります。空けておくと講座名からつくります。"
            "公開したあとは変わりません。"
        ),
    )
    summary = forms.CharField(label=_("内容（ひとことで）"), max_length=200, required=False)
    stages = _several(
        _("ステージ"), Stage, help_text=_("どのステージの方にすすめるかの目安です。")
    )
    themes = _several(_("テーマ"), Theme)
    audiences = _several(
        _("対象の区分"),
        Audience,
        help_text=_("さがす人のための目安です。くわしい条件は「対象」に書きます。"),
    )
    competencies = _several(_("力量"), Competency)
    instructors = _several(_("講師"), Instructor)
    co_hosts = _several(
        _("いっしょに行う課"),
        Department,
        help_text=_("この課の職員は、講座を見られますが変更はできません。"),
    )

    groups = ((_("講座の名前"), ("title", "kind", "department", "summary", "instructors")),)
    # Folded, after dates and places.
    more = (
        (
            _("分類（ステージ・テーマ・対象の区分・力量）"),
            ("stages", "themes", "audiences", "competencies"),
        ),
        (_("カナ・英語の名前とアドレス"), ("title_kana", "title_en", "slug")),
        (_("いっしょに行う課"), ("co_hosts",)),
    )

    def __init__(
        self, *args: Any, user: User, course: Course | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        section = section_of(user)
        own = Department.objects.all()
        if not user.is_superuser:
            own = own.filter(pk=section.pk if section else None)
        self.fields["department"].queryset = own
        if section:
            self.fields["department"].initial = section.pk
        self.fields["themes"].choices = _themes_by_branch()
        if course is not None and course.published_at is not None:
            del self.fields["slug"]

    def grouped(self) -> list[Group]:
        return groups_of(self, self.groups)

    def folded(self) -> list[Folded]:
        return [
            Folded(group, any(field.errors for field in group.fields))
            for group in groups_of(self, self.more)
        ]

    def clean_title(self) -> str:
        return tidy_text(self.cleaned_data["title"])

    def facts(self, partners: Sequence[Partnership] = ()) -> CourseFacts:
        return CourseFacts(**self.cleaned_data, partners=partners)


def _themes_by_branch() -> list[tuple[str, list[tuple[int, str]]]]:
    """Leaves of the three trees, each under the name of its tree."""
    found: dict[str, list[tuple[int, str]]] = {}
    for theme in Theme.objects.filter(parent__isnull=False):
        found.setdefault(theme.branch, []).append((theme.pk, str(theme)))
    return [(str(ThemeBranch(branch).label), themes) for branch, themes in found.items()]


def facts_initial(course: Course, page: CoursePage | None) -> dict[str, Any]:
    names = ("title", "title_kana", "title_en", "kind", "summary", "department", "slug")
    found = {name: getattr(course, name) for name in names} | {
        name: list(getattr(course, name).values_list("pk", flat=True)) for name in SEVERAL
    }
    return found | {"title": page.title if page else course.title}


class ProseForm(forms.Form):
    """The words of the page; richer content is added in the page editor."""

    intro = forms.CharField(
        label=_("はじめの一文"),
        max_length=200,
        required=False,
        help_text=_("一覧や検索結果にも表示されます。"),
    )
    text = RichTextField(features=TEXT_FEATURES, blank=True).formfield(label=_("本文"))
    outcomes = forms.CharField(
        label=_("できるようになること"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("1行に一つずつ書いてください。"),
    )
    cover = forms.ModelChoiceField(
        get_image_model().objects.all(),
        label=_("表紙の画像"),
        required=False,
        widget=AdminImageChooser,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The editor is no form control, so the label alone does not name it.
        self.fields["text"].widget.options["ariaLabel"] = str(self.fields["text"].label)

    def keep_rich_body(self) -> None:
        """The body holds more than text, so it stays as it is."""
        del self.fields["text"]


class FormKey(forms.Form):
    """Recognises the same form sent twice, and a page changed by somebody else."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
