"""What staff enter: applications from every channel, reasons, attendance."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from accounts.forms.fields import (
    EmailField,
    FormKeyField,
    NameField,
    PhoneField,
    plausible,
)
from accounts.models import Department
from courses.enums import PoolKind
from courses.forms.fiscal_year import FiscalYearField
from courses.models import CourseRun
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState, Channel, ContactBy
from enrollments.forms.person import CompanionForm, PersonForm

COMPANIONS_SHOWN = 9
PAPER = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


class EntryForm(PersonForm):
    """An application that came by telephone, at the counter, on paper or by mail.

    `submission_key` recognises the same form sent twice.
    """

    channel = forms.ChoiceField(label=_("受付方法"), choices=PAPER, initial=Channel.PHONE)
    received_at = forms.DateTimeField(
        label=_("受付日時"),
        required=False,
        validators=[plausible],
        help_text=_("空けておくと、いまの日時になります。はがきは届いた日時にします。"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    pool = forms.ChoiceField(label=_("枠"))
    department = forms.ModelChoiceField(
        label=_("所属する課"), queryset=Department.objects.all(), required=False
    )
    phone = PhoneField(label=_("電話番号"), required=False, max_length=20)
    email = EmailField(label=_("メールアドレス"), required=False)
    address = NameField(label=_("住所"), required=False, max_length=200)
    residency = forms.ChoiceField(
        label=_("区分"),
        required=False,
        choices=[("", _("聞いていない")), *Residency.choices],
    )
    staff_note = forms.CharField(
        label=_("職員メモ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("申し込んだ方には見えません。"),
    )
    is_namesake = forms.BooleanField(
        label=_("同姓同名の別の方として受け付ける"), required=False
    )
    override_reason = forms.CharField(
        label=_("特別に受け付ける理由"),
        required=False,
        max_length=200,
        help_text=_("受付期間の外のときや、同姓同名の別の方のときに書いてください。"),
    )
    submission_key = FormKeyField()

    field_order = [
        "channel",
        "received_at",
        "pool",
        "department",
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "phone",
        "email",
        "address",
        "residency",
        "staff_note",
        "is_namesake",
        "override_reason",
        "submission_key",
    ]

    special = ("is_namesake", "override_reason", "staff_note")

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.run = run
        for name in ("family_name", "given_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["family_name"].widget.attrs["autofocus"] = True
        self.companions = self._companion_forms()
        pools = [(pool.kind, pool.get_kind_display()) for pool in run.pools.order_by("pk")]
        self.fields["pool"].choices = pools
        if len(pools) < 2:
            del self.fields["pool"]

    def everyday_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.special]

    def special_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.special]

    def _companion_forms(self) -> list[CompanionForm]:
        count = min(self.run.max_participants - 1, COMPANIONS_SHOWN)
        data = self.data if self.is_bound else None
        return [CompanionForm(data, prefix=f"companion{n}") for n in range(1, count + 1)]

    def clean_received_at(self) -> datetime:
        now = timezone.now()
        moment: datetime = self.cleaned_data["received_at"] or now
        if moment > now:
            raise forms.ValidationError(_("受付日時は、いまより前にしてください。"))
        return moment

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        ways = ("phone", "email", "address")
        if not any(found.get(name) or name in self.errors for name in ways):
            self.add_error(
                "phone", _("電話番号、メールアドレス、住所のどれかを入力してください。")
            )
        if found.get("is_namesake") and not found.get("override_reason"):
            self.add_error("override_reason", _("別の方とわかる理由を書いてください。"))
        return found

    def is_valid(self) -> bool:
        own = super().is_valid()
        return all([own, *(form.is_valid() for form in self.companions)])

    @property
    def pool_kind(self) -> PoolKind | None:
        chosen = self.cleaned_data.get("pool")
        return PoolKind(chosen) if chosen else None

    def seat_request(self) -> SeatRequest:
        found = self.cleaned_data
        contact = ContactBy.MAIL if found["email"] else ContactBy.PHONE
        if not (found["email"] or found["phone"]):
            contact = ContactBy.POST
        companions = (form.person() for form in self.companions if form.has_changed())
        return SeatRequest(
            applicant=self.person(),
            companions=tuple(companions),
            email=found["email"],
            phone=found["phone"],
            address=found["address"],
            residency=found["residency"],
            contact_by=contact,
            channel=Channel(found["channel"]),
            staff_note=found["staff_note"],
            department=found["department"].pk if found["department"] else None,
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


class RunFilterForm(forms.Form):
    """Narrows the list of runs; unknown values narrow nothing."""

    when = forms.ChoiceField(
        label=_("時期"),
        required=False,
        choices=[("", _("これから")), ("past", _("終わったもの")), ("all", _("すべて"))],
    )
    year = FiscalYearField()
    q = forms.CharField(label=_("講座名・開催番号"), required=False, max_length=60)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].offer(years)
