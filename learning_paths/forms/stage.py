"""Which stage the group is at, since when it may be said, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import on_record
from courses.models import Stage
from learning_paths.models import Group


class StageChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Stage) -> str:
        return f"{obj.label}：{obj.explanation}" if obj.explanation else obj.label


class StageForm(forms.Form):
    stage = StageChoice(
        label=_("いまの活動に近いステージ"),
        queryset=Stage.objects.all(),
        empty_label=None,
        help_text=_("ステージは階段ではありません。前に戻っても、飛ばしてもかまいません。"),
        error_messages={"required": _("ステージを選んでください。")},
        widget=forms.RadioSelect,
    )
    as_of = forms.DateField(
        label=_("いつの時点か"),
        error_messages={
            "required": _("日付を入力してください。"),
            "invalid": _("日付を確認してください（例 2026-11-21）。"),
        },
        validators=[on_record],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    basis = forms.CharField(
        label=_("そう考えた理由"),
        max_length=300,
        required=False,
        help_text=_("あとで振り返るときの手がかりになります。会員だけが見られます。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = list(group.activities.filter(ended_on=None))
        if going_on:
            self.fields["activity"] = forms.TypedChoiceField(
                label=_("どの活動のことですか"),
                choices=[
                    ("", _("団体の活動全体")),
                    *((one.pk, one.name) for one in going_on),
                ],
                coerce=lambda key: next(one for one in going_on if str(one.pk) == key),
                empty_value=None,
                required=False,
            )
            self.order_fields(["activity", "stage", "as_of", "basis"])

    def statement(self) -> dict[str, Any]:
        """What was said; call only on a valid form."""
        names = ("stage", "as_of", "basis")
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "activity": self.cleaned_data.get("activity")}
