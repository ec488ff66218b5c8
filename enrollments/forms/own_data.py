"""What staff say before they print all that is kept of a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField


class PrintDataForm(forms.Form):
    is_the_person = forms.BooleanField(
        label=_("本人であることを確認した"),
        error_messages={"required": _("本人であることを確認してから印刷してください。")},
    )
    reason = NameField(
        label=_("何のために印刷するか（記録に残ります）"),
        max_length=200,
        error_messages={"required": _("何のために印刷するかを書いてください。")},
    )
