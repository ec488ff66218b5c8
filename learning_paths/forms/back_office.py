"""What officers fill in about paths and groups."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.domain.refusal import Refusal
from learning_paths.domain.making import require_steps
from learning_paths.domain.versions import arrange_steps, current_version, steps_of
from learning_paths.enums import Assessor
from learning_paths.forms.path_steps import (
    StepChoices,
    StepFormSet,
    StepRows,
    initial_of,
)
from learning_paths.forms.stage import StageForm
from learning_paths.models import Path


class PathForm(WagtailAdminModelForm):
    """A path and its steps, saved together; other rules make the next version."""

    needed_optional = forms.IntegerField(
        label=_("任意のステップのうち必要な数"),
        min_value=0,
        max_value=99,
        required=False,
        help_text=_("0なら、必須のステップだけで修了です。"),
    )
    note = forms.CharField(
        label=_("変わったこと"),
        max_length=200,
        required=False,
        help_text=_("新しい版に移るか考える団体に示します（例 会計の講座を加えました）。"),
    )

    class Meta:
        model = Path
        fields = (
            "name",
            "name_en",
            "slug",
            "stage",
            "role",
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
            "role": _("ステージではなく役割のための道すじのときに選びます。"),
            "is_published": _("外すと、団体は新しく選べなくなります。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = current_version(self.instance) if self.instance.pk else None
        if self.version:
            self.initial["needed_optional"] = self.version.needed_optional

    @property
    def following(self) -> int:
        """How many groups are on the path now, in whatever version."""
        return self.instance.followers.filter(stopped_on=None).count()

    @cached_property
    def steps(self) -> StepRows:
        return StepFormSet(
            self.data if self.is_bound else None,
            prefix="steps",
            initial=initial_of(steps_of(self.version)),
            form_kwargs={"choices": StepChoices.read()},
        )

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.steps.is_valid()]) and self._optional_fit()

    def _optional_fit(self) -> bool:
        try:
            wanted = self.cleaned_data["needed_optional"] or 0
            require_steps(self.steps.drafts(), needed_optional=wanted)
        except Refusal as refusal:
            self.add_error("needed_optional", str(refusal.sentence))
            return False
        return True

    def save(self, commit: bool = True) -> Path:
        with transaction.atomic():
            path: Path = super().save()
            arrange_steps(
                path=path,
                drafts=self.steps.drafts(),
                needed_optional=self.cleaned_data["needed_optional"] or 0,
                note=self.cleaned_data["note"],
                by=self.for_user,
                at=timezone.now(),
            )
        return path


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
