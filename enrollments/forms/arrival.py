"""How something reached the city that staff type: of an application for a course as of one
for several units of a series."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from enrollments.enums import Channel

# Nominations have a form of their own, for the section that sends its people.
OTHERS = (Channel.WEB, Channel.NOMINATION)
PAPER = [choice for choice in Channel.choices if choice[0] not in OTHERS]


class ArrivalForm(forms.Form):
    """`seen` are the look-alikes that the person at the keyboard has been shown."""

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
    postmarked_on = forms.DateField(
        label=_("消印の日"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
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
        help_text=_(
            "受付期間の外のとき、対象の条件にあてはまらないとき、同姓同名の別の方のときに"
            "書いてください。記録に残ります。"
        ),
    )
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    # Of the form for a person that this is put before (`contact.py`).
    unreached_at = "phone"
    unreached = _("電話番号、メールアドレス、住所のどれかを入力してください。")

    def clean_received_at(self) -> datetime:
        now = timezone.now()
        moment: datetime = self.cleaned_data["received_at"] or now
        if moment > now:
            raise forms.ValidationError(_("受付日時は、いまより前にしてください。"))
        return moment

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("is_namesake") and not found.get("override_reason"):
            self.add_error("override_reason", _("別の方とわかる理由を書いてください。"))
        return found

    def seen_before(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["seen"].split(","))
