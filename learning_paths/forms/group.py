"""What is told about a group; the rules are in `learning_paths.domain.facts`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import ReadingField
from courses.enums import ThemeBranch
from courses.forms.areas import offer_areas
from courses.models import Theme
from learning_paths.domain.facts import GroupFacts
from learning_paths.enums import GroupKind

THEMES = Theme.objects.filter(branch=ThemeBranch.LOCAL_ISSUE, parent__isnull=False)


class ThemesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, theme: Theme) -> str:
        return theme.label


class GroupForm(forms.Form):
    name = forms.CharField(
        label=_("団体名"),
        max_length=120,
        error_messages={"required": _("団体名を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name_kana = ReadingField(
        label=_("団体名（カナ）"),
        max_length=160,
        required=False,
        help_text=_("一覧を読みの順に並べるために使います。"),
    )
    kind = forms.ChoiceField(
        label=_("団体の種類"),
        # Nobody becomes an NPO法人 because it is the first of the list.
        choices=[("", _("えらんでください")), *GroupKind.choices],
        error_messages={"required": _("団体の種類を選んでください。")},
    )
    activity = forms.CharField(
        label=_("活動の内容"),
        max_length=1000,
        required=False,
        help_text=_("だれでも見られます。個人の名前や連絡先は書かないでください。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    themes = ThemesField(
        label=_("活動の分野"),
        queryset=THEMES,
        required=False,
        help_text=_("あてはまるものをすべて選んでください。"),
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.ChoiceField(
        label=_("主な活動の地区"),
        required=False,
        help_text=_("この地区で開かれる講座を、団体におすすめします。"),
    )
    meets = forms.CharField(
        label=_("活動日・場所"),
        max_length=200,
        required=False,
        help_text=_("例：毎月第2日曜日 9時から、西の森緑地"),
    )
    website = forms.URLField(
        label=_("ウェブサイト"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("https:// から始まるアドレスを入力してください。"),
        error_messages={
            "invalid": _("アドレスの形が正しくありません。https:// から入力してください。")
        },
    )
    looks_for_members = forms.BooleanField(label=_("会員を募集している"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("area", "")
        offer_areas(self.fields["area"], now=[now], empty=_("市内全域"))

    def facts(self) -> GroupFacts:
        """What was typed; call only on a valid form."""
        found = self.cleaned_data
        themes = tuple(theme.pk for theme in found["themes"])
        return GroupFacts(**{**found, "themes": themes})


def initial_of(facts: GroupFacts) -> dict[str, Any]:
    return {**facts.plain(), "themes": list(facts.themes)}
