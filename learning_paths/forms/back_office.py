"""What officers fill in about paths and groups."""

from typing import Any

from django import forms
from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.domain.refusal import Refusal
from courses.models import Course
from learning_paths.domain.making import StepDraft, arrange_steps, require_step
from learning_paths.domain.registering import group_name, keep_register
from learning_paths.enums import Assessor, GroupState
from learning_paths.forms.stage import StageForm
from learning_paths.models import Group, Path

SPARE_ROWS = 2


class StepForm(forms.Form):
    """One step; a row that was left empty is passed over."""

    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    position = forms.IntegerField(label=_("順番"), min_value=1, required=False)
    name = forms.CharField(label=_("ステップ名"), max_length=120, required=False)
    name_en = forms.CharField(label=_("ステップ名（英語）"), max_length=160, required=False)
    courses = forms.TypedMultipleChoiceField(
        label=_("講座"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    needed_courses = forms.IntegerField(
        label=_("必要な講座の数"), min_value=1, max_value=99, initial=1
    )
    needed_members = forms.IntegerField(
        label=_("必要な人数"), min_value=1, max_value=999, initial=1
    )
    is_required = forms.BooleanField(label=_("必須"), initial=True, required=False)

    def __init__(self, *args: Any, courses: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {str(key) for key in self["courses"].value() or ()}
        self.fields["courses"].choices = sorted(
            courses, key=lambda course: str(course[0]) not in chosen
        )

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

    def draft(self) -> StepDraft:
        found = self.cleaned_data
        return StepDraft(
            key=found["key"],
            name=found["name"],
            name_en=found["name_en"],
            courses=tuple(found["courses"]),
            needed_courses=found["needed_courses"],
            needed_members=found["needed_members"],
            is_required=found["is_required"],
        )


class StepRows(BaseFormSet):
    def drafts(self) -> list[StepDraft]:
        """Steps by the position typed; rows without one come last."""
        rows = [
            form
            for form in self.forms
            if form.is_meant and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda form: form.cleaned_data["position"] or float("inf"))
        return [form.draft() for form in rows]


StepFormSet = formset_factory(StepForm, formset=StepRows, extra=SPARE_ROWS, can_delete=True)


class PathForm(forms.ModelForm):
    """A path and its steps, saved together."""

    class Meta:
        model = Path
        fields = (
            "name",
            "name_en",
            "slug",
            "stage",
            "description",
            "description_en",
            "is_published",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "slug": _("ページのアドレスに使う英数字です（例 first-steps）。"),
            "stage": _("このステージにいる団体にすすめられます。空欄でもかまいません。"),
            "is_published": _("外すと、団体は新しく選べなくなります。"),
        }

    @cached_property
    def steps(self) -> StepRows:
        courses = Course.objects.order_by("title_kana", "title", "pk")
        return StepFormSet(
            self.data if self.is_bound else None,
            prefix="steps",
            initial=self._known_steps(),
            form_kwargs={"courses": list(courses.values_list("pk", "title"))},
        )

    def _known_steps(self) -> list[dict[str, Any]]:
        if self.instance.pk is None:
            return []
        return [
            {
                "key": step.pk,
                "position": step.position,
                "name": step.name,
                "name_en": step.name_en,
                "courses": [course.pk for course in step.courses.all()],
                "needed_courses": step.needed_courses,
                "needed_members": step.needed_members,
                "is_required": step.is_required,
            }
            for step in self.instance.steps.prefetch_related("courses")
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.steps.is_valid()])

    def save(self, commit: bool = True) -> Path:
        with transaction.atomic():
            path: Path = super().save()
            arrange_steps(path=path, drafts=self.steps.drafts())
        return path


class RegisterForm(WagtailAdminModelForm):
    """The register as staff keep it."""

    class Meta:
        model = Group
        fields = ("name", "name_kana", "activity", "state")
        widgets = {"activity": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "state": _("「登録終了」にすると、会員は記録を見るだけになります。"),
        }

    def clean_name(self) -> str:
        try:
            return group_name(self.cleaned_data["name"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def save(self, commit: bool = True) -> Group:
        found = self.cleaned_data
        return keep_register(
            group=self.instance,
            name=found["name"],
            name_kana=found["name_kana"],
            activity=found["activity"],
            state=GroupState(found["state"]),
            by=self.for_user,
            at=timezone.now(),
        )


class StaffStageForm(StageForm):
    """Said by staff, or by a coordinator whom staff asked."""

    assessor = forms.ChoiceField(
        label=_("記録した人"),
        choices=[
            (choice.value, choice.label)
            for choice in (Assessor.STAFF, Assessor.COORDINATOR)
        ],
        initial=Assessor.STAFF,
        widget=forms.RadioSelect,
    )

    def statement(self) -> dict[str, Any]:
        return {
            **super().statement(),
            "assessor": Assessor(self.cleaned_data["assessor"]),
        }
