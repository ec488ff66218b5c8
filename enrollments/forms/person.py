"""Whose name it is: the applicant's and those of companions."""

import re
from collections.abc import Collection

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import KanaField, NameField
from courses.enums import RequirementKind as Kind
from enrollments.domain.requests import PersonName
from enrollments.forms.asked import school_year_field
from enrollments.forms.birth_date import birth_date_field

# A name stands in mails of the city: nobody shall send an address of their own with one.
NO_ADDRESS = RegexValidator(
    r"://|www\.|@|[a-z0-9-]\.[a-z]{2,}/",
    _("名前だけを入力してください。"),
    inverse_match=True,
    flags=re.IGNORECASE,
)


def _field(kind: type[forms.CharField], label: str, token: str) -> forms.CharField:
    return kind(
        label=label,
        max_length=60,
        validators=[NO_ADDRESS],
        widget=forms.TextInput(attrs={"autocomplete": token}),
        error_messages={"required": _("%(label)sを入力してください。") % {"label": label}},
    )


class PersonForm(forms.Form):
    """氏 and 名 with their readings, which `kana.js` fills in while a name is typed."""

    family_name = _field(NameField, _("氏"), "family-name")
    given_name = _field(NameField, _("名"), "given-name")
    family_name_kana = _field(KanaField, _("氏（カナ）"), "off")
    given_name_kana = _field(KanaField, _("名（カナ）"), "off")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("family_name", "given_name"):
            self.fields[name].widget.attrs["data-kana"] = self[f"{name}_kana"].id_for_label

    def ask(
        self, kinds: Collection[Kind], *, required: bool, on_one_line: bool = False
    ) -> None:
        """What the run's conditions need to know of this person; staff type the date of
        birth on one line."""
        if Kind.AGE in kinds:
            self.fields["birth_date"] = birth_date_field(
                required=required, on_one_line=on_one_line
            )
        if Kind.SCHOOL_YEAR in kinds:
            self.fields["school_year"] = school_year_field(required=required)

    def asked_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("birth_date", "school_year") if name in self.fields]

    def person(self) -> PersonName:
        """The name typed; call only on a valid form."""
        found = self.cleaned_data
        return PersonName(
            family=found["family_name"],
            given=found["given_name"],
            family_kana=found["family_name_kana"],
            given_kana=found["given_name_kana"],
            birth_date=found.get("birth_date"),
            school_year=found.get("school_year"),
        )


class CompanionForm(PersonForm):
    """Somebody who comes along; the row may be left empty."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kinds = kwargs.pop("kinds", frozenset())
        required = kwargs.pop("asks_strictly", True)
        kwargs["empty_permitted"] = True
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        for name in ("family_name", "given_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.ask(kinds, required=bool(required), on_one_line=not required)  # type: ignore[arg-type]
