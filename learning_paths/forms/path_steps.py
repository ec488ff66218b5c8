"""The rows in which an officer writes the steps of a path."""

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.models import Competency, Course, Series, Theme
from learning_paths.domain.making import StepDraft, require_step, require_steps
from learning_paths.enums import MemberRole, StepKind
from learning_paths.models import Step

SPARE_ROWS = 2
Choices = list[tuple[int, str]]


class StepChoices(NamedTuple):
    """What every row offers, read once for all of them."""

    courses: Choices
    themes: Choices
    series: Choices
    competencies: Choices

    @classmethod
    def read(cls) -> "StepChoices":
        courses = Course.objects.order_by("title_kana", "title", "pk")
        return cls(
            courses=list(courses.values_list("pk", "title")),
            themes=list(Theme.objects.values_list("pk", "name")),
            series=list(Series.objects.values_list("pk", "title")),
            competencies=list(Competency.objects.values_list("pk", "name")),
        )


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, required=False, **more)


class StepForm(forms.Form):
    """One step; a row that was left empty is passed over."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    position = _number(_("順番"))
    name = forms.CharField(label=_("ステップ名"), max_length=120, required=False)
    name_en = forms.CharField(label=_("ステップ名（英語）"), max_length=160, required=False)
    kind = forms.ChoiceField(
        label=_("何を受けるか"), choices=StepKind.choices, initial=StepKind.COURSES
    )
    courses = forms.TypedMultipleChoiceField(
        label=_("講座"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("合同学習会は、選ばなければどの回でもかまいません。"),
    )
    theme = forms.TypedChoiceField(
        label=_("テーマ"), coerce=int, empty_value=None, required=False
    )
    series = forms.TypedChoiceField(
        label=_("シリーズ"), coerce=int, empty_value=None, required=False
    )
    needed_courses = forms.IntegerField(
        label=_("必要な講座の数"),
        min_value=1,
        max_value=99,
        initial=1,
        required=False,
        help_text=_("シリーズは、空欄ならすべての単元です。"),
    )
    needed_members = forms.IntegerField(
        label=_("必要な人数"), min_value=1, max_value=999, initial=1
    )
    needed_role = forms.ChoiceField(
        label=_("だれの修了を数えるか"),
        choices=[("", _("会員のだれでも")), *MemberRole.choices],
        required=False,
    )
    is_required = forms.BooleanField(label=_("必須"), initial=True, required=False)
    after = forms.CharField(
        label=_("先に終えるステップ"),
        required=False,
        max_length=60,
        help_text=_(
            "この画面のステップの番号です（例 1,2）。空欄なら並行して進められます。"
        ),
    )
    fresh_months = _number(_("始める何か月前からの修了を数えるか"), max_value=600)
    within_months = _number(_("始めてから何か月以内の修了を数えるか"), max_value=600)
    competencies = forms.TypedMultipleChoiceField(
        label=_("身につく力量"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: StepChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {str(key) for key in self["courses"].value() or ()}
        self.fields["courses"].choices = sorted(
            choices.courses, key=lambda course: str(course[0]) not in chosen
        )
        nothing = [("", "—")]
        self.fields["theme"].choices = nothing + choices.themes
        self.fields["series"].choices = nothing + choices.series
        self.fields["competencies"].choices = choices.competencies

    def clean_after(self) -> tuple[int, ...]:
        typed = self.cleaned_data["after"].replace("、", ",").replace("，", ",")
        parts = [part.strip() for part in typed.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            raise forms.ValidationError(
                _("ステップの番号を「1,2」のように書いてください。")
            )
        return tuple(dict.fromkeys(int(part) for part in parts))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors or not self.is_meant:
            return found
        try:
            require_step(self.draft())
        except Refusal as refusal:
            self.add_error(None, str(refusal.sentence))
        return found

    @property
    def is_meant(self) -> bool:
        found = self.cleaned_data
        return bool(found.get("name") or found.get("courses") or found.get("key"))

    def draft(self, after: tuple[int, ...] = ()) -> StepDraft:
        found = self.cleaned_data
        kind = StepKind(found["kind"])
        any_number = kind == StepKind.SERIES
        return StepDraft(
            key=found["key"],
            name=found["name"],
            name_en=found["name_en"],
            kind=kind,
            courses=tuple(found["courses"]),
            theme=found["theme"],
            series=found["series"],
            needed_courses=found["needed_courses"] or (0 if any_number else 1),
            needed_members=found["needed_members"],
            needed_role=MemberRole(found["needed_role"]) if found["needed_role"] else None,
            is_required=found["is_required"],
            fresh_months=found["fresh_months"],
            within_months=found["within_months"],
            after=after,
            competencies=tuple(found["competencies"]),
        )


class StepRows(BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        try:
            require_steps(self.drafts())
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def drafts(self) -> list[StepDraft]:
        """Steps by the position typed; rows without one come last. What comes before a
        step was typed as the number of a row, and is its place from here on."""
        rows = [
            (number, form)
            for number, form in enumerate(self.forms, start=1)
            if form.is_meant and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda row: row[1].cleaned_data["position"] or float("inf"))
        places = {number: place for place, (number, _form) in enumerate(rows, start=1)}
        return [
            form.draft(
                tuple(places[one] for one in form.cleaned_data["after"] if one in places)
            )
            for _number, form in rows
        ]


StepFormSet = formset_factory(StepForm, formset=StepRows, extra=SPARE_ROWS, can_delete=True)


def initial_of(steps: list[Step]) -> list[dict[str, Any]]:
    """The rows of the steps in force; a series of which all units are asked for says
    no number."""
    places: dict[UUID, int] = {step.key: at for at, step in enumerate(steps, start=1)}
    return [_initial(step, places) for step in steps]


def _initial(step: Step, places: dict[UUID, int]) -> dict[str, Any]:
    courses = [course.pk for course in step.courses.all()]
    all_units = step.kind == StepKind.SERIES and step.needed_courses == len(courses)
    return {
        "key": step.key,
        "position": step.position,
        "name": step.name,
        "name_en": step.name_en,
        "kind": step.kind,
        "courses": courses if step.kind != StepKind.SERIES else [],
        "theme": step.theme_id,
        "series": step.series_id,
        "needed_courses": None if all_units else step.needed_courses,
        "needed_members": step.needed_members,
        "needed_role": step.needed_role,
        "is_required": step.is_required,
        "after": ",".join(str(places[one.key]) for one in step.after.all()),
        "fresh_months": step.fresh_months,
        "within_months": step.within_months,
        "competencies": [one.pk for one in step.competencies.all()],
    }
