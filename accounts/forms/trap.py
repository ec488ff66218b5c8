"""A field that people neither see nor reach, and that programs fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrapForm(forms.Form):
    """Whoever fills it in is answered as if all were well, and nothing is kept."""

    homepage = forms.CharField(
        label=_("ここには何も入力しないでください"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("homepage"))
