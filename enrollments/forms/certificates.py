"""Looking something up in the register, and proving a certificate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollments.enums import CertificateKind, CertificateStanding

ANY = ("", _("すべて"))


class RegisterForm(forms.Form):
    q = forms.CharField(
        label=_("番号、氏名、講座名、確認番号"), required=False, max_length=60
    )
    year = forms.TypedChoiceField(
        label=_("年度"), required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(
        label=_("種類"), required=False, choices=[ANY, *CertificateKind.choices]
    )
    standing = forms.ChoiceField(
        label=_("状態"), required=False, choices=[ANY, *CertificateStanding.choices]
    )

    def __init__(
        self, *args: Any, years: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [ANY, *years]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("確認番号"),
        max_length=60,
        help_text=_(
            "例：7K3M-9C4T-XW25-HJ60（小文字でも、ハイフンがなくてもかまいません）"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class HolderForm(forms.Form):
    name = forms.CharField(label=_("証書に書かれた氏名"), max_length=130)

    def __init__(self, *args: Any, of_group: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_group:
            self.fields["name"].label = _("証書に書かれた団体名")
