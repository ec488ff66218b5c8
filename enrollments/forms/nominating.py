"""Whom a section sends: a few rows, of which empty ones are left out."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, KanaField, NameField
from courses.domain.pools import choosable_sessions
from courses.domain.wording import range_words
from courses.models import CourseRun
from enrollments.domain.nominating import MOST_AT_ONCE, Nominee
from enrollments.domain.requests import PersonName

ROWS = 5


class NomineeForm(forms.Form):
    family = NameField(label=_("氏"), max_length=60)
    given = NameField(label=_("名"), max_length=60)
    family_kana = KanaField(label=_("氏（カナ）"), max_length=60)
    given_kana = KanaField(label=_("名（カナ）"), max_length=60)
    staff_number = NameField(label=_("職員番号"), max_length=20, required=False)
    email = EmailField(label=_("メールアドレス"))

    def nominee(self) -> Nominee:
        said = self.cleaned_data
        names = ("family", "given", "family_kana", "given_kana")
        return Nominee(
            PersonName(**{name: said[name] for name in names}),
            email=said["email"],
            staff_number=said["staff_number"],
        )


NomineeRows = forms.formset_factory(
    NomineeForm, extra=ROWS, max_num=MOST_AT_ONCE, validate_max=True
)


class NominationForm(forms.Form):
    """What is said once for all of them."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    session = forms.TypedChoiceField(label=_("参加する回"), coerce=int)

    def __init__(self, data: Any = None, *, run: CourseRun, at: Any, today: Any) -> None:
        super().__init__(data, initial={"form_key": uuid4()})
        sessions = choosable_sessions(run, at=at)
        if not sessions:
            del self.fields["session"]
            return
        chosen = self.fields["session"]
        if isinstance(chosen, forms.TypedChoiceField):
            chosen.choices = [
                (one.pk, range_words(one.starts_at, one.ends_at, today=today))
                for one in sessions
            ]
