"""The role of a member."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_paths.enums import MemberRole


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("役割"),
        choices=MemberRole.choices,
        help_text=_(
            "代表は役割を決め、代表と担当は会員の招待、ステージの記録、道すじの選択ができます。"
        ),
        error_messages={"required": _("役割を選んでください。")},
        widget=forms.RadioSelect,
    )
