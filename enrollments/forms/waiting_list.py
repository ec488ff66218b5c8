"""What an officer says of somebody's place on the waiting list, and of dates and money."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from courses.models import Room

REASON_MISSING = {"required": _("理由を入力してください。")}
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class LineForm(forms.Form):
    """`to` only where somebody is moved."""

    to = forms.IntegerField(label=_("新しい順番"), min_value=1, required=False)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        error_messages=REASON_MISSING,
        help_text=_(
            "順番が変わる方全員が、申込みのページで読めます。ほかの方の事情は書きません。"
        ),
    )


class MakeUpForm(forms.Form):
    starts_at = forms.DateTimeField(label=_("開始"), validators=[plausible], widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("終了"), validators=[plausible], widget=MOMENT)
    room = forms.ModelChoiceField(
        label=_("部屋"),
        queryset=Room.objects.select_related("venue").order_by("venue__name_kana", "name"),
        required=False,
        empty_label=_("会場のどこか"),
    )
    title = forms.CharField(label=_("題名"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        begins: datetime | None = found.get("starts_at")
        ends: datetime | None = found.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("終了は開始より後の時刻にしてください。"))
        return found


class RefundForm(forms.Form):
    amount = forms.IntegerField(label=_("金額（円）"), min_value=1, max_value=10_000_000)
    reason = forms.CharField(label=_("理由"), max_length=200, error_messages=REASON_MISSING)
