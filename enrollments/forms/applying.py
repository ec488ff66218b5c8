"""The application form: a name and one way to reach the person are enough."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, FormKeyField, PhoneField
from accounts.models import User
from courses.models import CourseRun
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel, ContactBy
from enrollments.forms.person import CompanionForm, PersonForm

COMPANIONS_SHOWN = 9


class ApplicationForm(PersonForm):
    """Shown to residents; `submission_key` recognises the same form sent again."""

    email = EmailField(
        label=_("メールアドレス"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("メールアドレスを確認してください（例 hanako@example.jp）。")
        },
    )
    phone = PhoneField(
        label=_("電話番号"),
        required=False,
        max_length=20,
        help_text=_("日中に連絡のつく番号を入力してください。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    message = forms.CharField(
        label=_("連絡事項"),
        required=False,
        max_length=500,
        help_text=_(
            "保育、手話通訳、車いすの席など、お願いしたいことがあれば書いてください。"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submission_key = FormKeyField()

    field_order = [
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "email",
        "phone",
        "message",
        "submission_key",
    ]

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.run = run
        self.companions = self._companion_forms()

    def _companion_forms(self) -> list[CompanionForm]:
        count = min(self.run.max_participants - 1, COMPANIONS_SHOWN)
        return [
            CompanionForm(self.data if self.is_bound else None, prefix=f"companion{n}")
            for n in range(1, count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not any(found.get(name) or name in self.errors for name in ("email", "phone")):
            self.add_error(
                "email",
                _("メールアドレスか電話番号のどちらかを入力してください。"),
            )
        return found

    def is_valid(self) -> bool:
        own = super().is_valid()
        return all([own, *(form.is_valid() for form in self.companions)])

    def companions_named(self) -> tuple[PersonName, ...]:
        return tuple(form.person() for form in self.companions if form.has_changed())

    def seat_request(self) -> SeatRequest:
        """What was asked for; call only on a valid form."""
        found = self.cleaned_data
        return SeatRequest(
            applicant=self.person(),
            companions=self.companions_named(),
            email=found["email"],
            phone=found["phone"],
            contact_by=ContactBy.MAIL if found["email"] else ContactBy.PHONE,
            language="en" if (get_language() or "").startswith("en") else "ja",
            message=found["message"],
            channel=Channel.WEB,
            submission_key=found["submission_key"],
        )


def known_of(user: User) -> dict[str, str]:
    """What an account already told, to be shown in the form."""
    profile = getattr(user, "resident_profile", None)
    return {
        "family_name": user.last_name,
        "given_name": user.first_name,
        "family_name_kana": user.last_name_kana,
        "given_name_kana": user.first_name_kana,
        "email": user.email,
        "phone": profile.phone if profile else "",
    }
