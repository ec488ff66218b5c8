"""A city's own wording of a message, and whom it is tried on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollments.domain.receipt import parse_receipt_number
from enrollments.models import Application


class WordingForm(forms.Form):
    subject = forms.CharField(label=_("件名"), max_length=200, required=False)
    body = forms.CharField(
        label=_("本文"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
    )


class SampleForm(forms.Form):
    """On whose application a wording is tried."""

    number = forms.CharField(
        label=_("受付番号（空なら、新しい申込み）"), max_length=20, required=False
    )

    def __init__(self, *args, applications, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.applications = applications

    def clean_number(self) -> Application:
        words = self.cleaned_data["number"]
        found = self.applications.order_by("-received_at", "-tie")
        if words:
            number = parse_receipt_number(words)
            at, tie = number or (None, 0)
            found = found.filter(received_at=at, tie=tie)
        application = found.first()
        if application is None:
            raise forms.ValidationError(
                _("この受付番号の申込みは、担当課の開催にありません。")
            )
        return application
