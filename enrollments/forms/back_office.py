"""What staff enter: applications from every channel, reasons, attendance."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from courses.models import CourseRun
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState, Channel, ContactBy
from enrollments.forms.applying import EmailField, PhoneField
from enrollments.forms.person import PersonForm

PAPER = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


class EntryForm(PersonForm):
    """An application that came by telephone, at the counter, on paper or by mail."""

    channel = forms.ChoiceField(label=_("受付方法"), choices=PAPER, initial=Channel.PHONE)
    received_at = forms.DateTimeField(
        label=_("受付日時"),
        help_text=_("きのう届いたはがきなどは、届いた日時に直してください。"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    phone = PhoneField(label=_("電話番号"), required=False, max_length=20)
    email = EmailField(label=_("メールアドレス"), required=False)
    address = forms.CharField(label=_("住所"), required=False, max_length=200)
    staff_note = forms.CharField(
        label=_("職員メモ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("申し込んだ方には見えません。"),
    )
    override_reason = forms.CharField(
        label=_("特別に受け付ける理由"),
        required=False,
        max_length=200,
        help_text=_("受付期間の外のときや、同姓同名の別の方のときに書いてください。"),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = [
        "channel",
        "received_at",
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "phone",
        "email",
        "address",
        "staff_note",
        "override_reason",
        "submission_key",
    ]

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0)
        initial = {"submission_key": uuid4(), "received_at": now}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.run = run

    def clean_received_at(self) -> datetime:
        moment: datetime = self.cleaned_data["received_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("受付日時は、いまより前にしてください。"))
        return moment

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not any(self.data.get(name) for name in ("phone", "email", "address")):
            self.add_error(
                "phone", _("電話番号、メールアドレス、住所のどれかを入力してください。")
            )
        return found

    def seat_request(self) -> SeatRequest:
        found = self.cleaned_data
        contact = ContactBy.MAIL if found["email"] else ContactBy.PHONE
        if not (found["email"] or found["phone"]):
            contact = ContactBy.POST
        return SeatRequest(
            applicant=self.person(),
            email=found["email"],
            phone=found["phone"],
            address=tidy_text(found["address"]),
            contact_by=contact,
            channel=Channel(found["channel"]),
            staff_note=found["staff_note"],
            submission_key=found["submission_key"],
        )


class ReasonForm(forms.Form):
    """A reason, which the record keeps and, where said so, the applicant reads."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        error_messages={"required": _("理由を入力してください。")},
    )


class FilterForm(forms.Form):
    """Narrows a list of applications; unknown values narrow nothing."""

    state = forms.ChoiceField(
        label=_("状態"),
        required=False,
        choices=[("", _("すべて")), *ApplicationState.choices],
    )
    q = forms.CharField(
        label=_("氏名・カナ・受付番号・電話"), required=False, max_length=60
    )
