"""Whose name it is: the applicant's and those of companions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import KanaField, NameField
from enrollments.domain.requests import PersonName


def _field(kind: type[forms.CharField], label: str, token: str) -> forms.CharField:
    return kind(
        label=label,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": token}),
        error_messages={"required": _("%(label)sを入力してください。") % {"label": label}},
    )


class PersonForm(forms.Form):
    """氏 and 名 with their readings."""

    family_name = _field(NameField, _("氏"), "family-name")
    given_name = _field(NameField, _("名"), "given-name")
    family_name_kana = _field(KanaField, _("氏（カナ）"), "off")
    given_name_kana = _field(KanaField, _("名（カナ）"), "off")

    def person(self) -> PersonName:
        """The name typed; call only on a valid form."""
        found = self.cleaned_data
        return PersonName(
            family=found["family_name"],
            given=found["given_name"],
            family_kana=found["family_name_kana"],
            given_kana=found["given_name_kana"],
        )


class CompanionForm(PersonForm):
    """Somebody who comes along; the row may be left empty."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["empty_permitted"] = True
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
