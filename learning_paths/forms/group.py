"""What is told about a group; the rules are in `learning_paths.domain.registering`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_paths.models import Group


class GroupForm(forms.Form):
    name = forms.CharField(
        label=_("団体名"),
        max_length=120,
        error_messages={"required": _("団体名を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name_kana = forms.CharField(
        label=_("団体名（カナ）"),
        max_length=160,
        required=False,
        help_text=_("一覧を読みの順に並べるために使います。"),
    )
    activity = forms.CharField(
        label=_("活動の内容"),
        max_length=1000,
        required=False,
        help_text=_("だれでも見られます。個人の名前や連絡先は書かないでください。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def facts(self) -> dict[str, Any]:
        """What was typed; call only on a valid form."""
        return {name: self.cleaned_data[name] for name in ("name", "name_kana", "activity")}


def facts_of(group: Group) -> dict[str, str]:
    return {
        "name": group.name,
        "name_kana": group.name_kana,
        "activity": group.activity,
    }
