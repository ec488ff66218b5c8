"""The parts of the one form in which a course is made: facts, prose, run, sessions."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from accounts.domain.contact import tidy_kana, tidy_text
from accounts.domain.sections import section_of
from accounts.models import Department, User
from cms.blocks import TEXT_FEATURES
from courses.domain.making import CourseFacts, RunPlan
from courses.domain.sessions import SessionPlan
from courses.enums import (
    CapacityUnit,
    CourseKind,
    Delivery,
    SelectionMode,
)
from courses.models import (
    Competency,
    Course,
    CourseRun,
    Instructor,
    Room,
    Session,
    Stage,
    Theme,
    Venue,
)

MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: str, help_text: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )


def _several(label: str, model: type, **options: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


class FactsForm(forms.Form):
    """The lasting course; the section is the officer's own."""

    title = forms.CharField(label=_("講座名"), max_length=160)
    title_kana = forms.CharField(
        label=_("講座名（カナ）"),
        max_length=200,
        required=False,
        help_text=_("並べ替えと検索に使います。"),
    )
    title_en = forms.CharField(label=_("講座名（英語）"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("種別"), choices=CourseKind.choices)
    summary = forms.CharField(label=_("内容（ひとことで）"), max_length=200, required=False)
    department = forms.ModelChoiceField(Department.objects.none(), label=_("担当課"))
    stages = _several(_("ステージ"), Stage)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(parent__isnull=False),
        label=_("テーマ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    competencies = _several(_("力量"), Competency)
    instructors = forms.ModelMultipleChoiceField(
        Instructor.objects.all(), label=_("講師"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = section_of(user)
        own = Department.objects.all()
        if not user.is_superuser:
            own = own.filter(pk=section.pk if section else None)
        self.fields["department"].queryset = own
        if section:
            self.fields["department"].initial = section.pk

    def clean_title(self) -> str:
        return tidy_text(self.cleaned_data["title"])

    def clean_title_kana(self) -> str:
        return tidy_kana(self.cleaned_data["title_kana"])

    def facts(self) -> CourseFacts:
        return CourseFacts(**self.cleaned_data)


def facts_initial(course: Course) -> dict[str, Any]:
    names = ("title", "title_kana", "title_en", "kind", "summary", "department")
    several = ("stages", "themes", "competencies", "instructors")
    return {name: getattr(course, name) for name in names} | {
        name: list(getattr(course, name).values_list("pk", flat=True)) for name in several
    }


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


class RunForm(forms.Form):
    """One offering. Facts are public as soon as they are saved and the page is live."""

    label = forms.CharField(
        label=_("開催の呼び名"), max_length=60, required=False, help_text=_("例：秋の回")
    )
    audience = forms.CharField(label=_("対象"), max_length=300, required=False)
    selection_mode = forms.ChoiceField(
        label=_("決め方"), choices=SelectionMode.choices, initial=SelectionMode.FIRST_COME
    )
    capacity = forms.IntegerField(
        label=_("定員"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("定員を設けないときは空けておきます。"),
    )
    capacity_unit = forms.ChoiceField(label=_("定員の単位"), choices=CapacityUnit.choices)
    max_participants = forms.IntegerField(
        label=_("1回の申込みの人数の上限"), min_value=1, max_value=10, initial=1
    )
    waiting_list = forms.BooleanField(
        label=_("キャンセル待ちを受け付ける"), required=False, initial=True
    )
    applications_open_at = _moment(
        _("申込開始"), _("空けておくと、公開と同時に始まります。")
    )
    applications_close_at = _moment(_("申込締切"))
    delivery = forms.ChoiceField(label=_("開催方法"), choices=Delivery.choices)
    venue = forms.ModelChoiceField(Venue.objects.all(), label=_("会場"), required=False)
    fee = forms.IntegerField(
        label=_("費用（円）"), min_value=0, max_value=1_000_000, initial=0, required=False
    )
    fee_note = forms.CharField(label=_("費用の補足"), max_length=200, required=False)
    bring = forms.CharField(label=_("持ち物"), max_length=200, required=False)
    note = forms.CharField(
        label=_("そのほか"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    completion_sessions = forms.IntegerField(
        label=_("修了に必要な出席回数"), min_value=1, max_value=200, required=False
    )

    def clean_fee(self) -> int:
        return self.cleaned_data["fee"] or 0

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        opens, closes = (
            found.get("applications_open_at"),
            found.get("applications_close_at"),
        )
        if opens and closes and closes <= opens:
            self.add_error(
                "applications_close_at", _("申込締切は申込開始より後にしてください。")
            )
        needed = found.get("selection_mode") != SelectionMode.OPEN
        if needed and not closes and "applications_close_at" not in self.errors:
            self.add_error("applications_close_at", _("申込締切を入力してください。"))
        return found

    def plan(self) -> RunPlan:
        return RunPlan(**self.cleaned_data)


def run_initial(run: CourseRun) -> dict[str, Any]:
    pool = run.pools.order_by("pk").first()
    names = [name for name in RunForm.base_fields if name != "capacity"]
    return {name: getattr(run, name) for name in names} | {
        "capacity": pool.capacity if pool else None
    }


class SessionForm(forms.Form):
    """One row: a day, from when to when, what and in which room."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("日付"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=_("開始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("終了"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    title = forms.CharField(label=_("題名"), max_length=160, required=False)
    room = forms.ModelChoiceField(
        Room.objects.select_related("venue"), label=_("部屋"), required=False
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("終了は開始より後の時刻にしてください。"))
        return found

    def plan(self) -> SessionPlan:
        found = self.cleaned_data
        room = found["room"]
        return SessionPlan(
            starts_at=_in_tokyo(found["day"], found["begins"]),
            ends_at=_in_tokyo(found["day"], found["ends"]),
            title=found["title"],
            room=room,
            venue=room.venue if room else None,
        )


def _in_tokyo(day: Any, time: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time))


def session_initial(session: Session) -> dict[str, Any]:
    begins = timezone.localtime(session.starts_at)
    return {
        "pk": session.pk,
        "day": begins.date(),
        "begins": begins.time(),
        "ends": timezone.localtime(session.ends_at).time(),
        "title": session.title,
        "room": session.room_id,
    }


SessionFormSet = forms.formset_factory(SessionForm, extra=3, max_num=60)


class FormKey(forms.Form):
    """Recognises the same form sent twice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
