"""What a resident says of themselves when they apply: the same for one course and for
several units of a series."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import FormKeyField
from enrollments.enums import ContactBy
from enrollments.forms.contact import OwnContactForm


class ReachableForm(OwnContactForm):
    """`submission_key` recognises the same form sent again."""

    by_post = forms.BooleanField(label=_("お知らせを郵便で受け取る"), required=False)
    message = forms.CharField(
        label=_("連絡事項"),
        required=False,
        max_length=500,
        help_text=_(
            "担当課の職員が読みます。体のことや必要な支援は、ここではなく、"
            "支援や配慮の欄に書いてください（担当の職員だけが見ます）。"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submission_key = FormKeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("by_post") and not found.get("address"):
            self.add_error("address", _("郵便で受け取るには、住所を入力してください。"))
        return found

    def reached(self) -> dict[str, Any]:
        """The parts of a request that say how to reach the person; only when valid."""
        found = self.cleaned_data
        return {
            "email": found["email"],
            "phone": found["phone"],
            "postal_code": found["postal_code"],
            "address": found["address"],
            "residency": found.get("residency") or "",
            "contact_by": self._contact_by(),
            "message": found.get("message", ""),
            "submission_key": found["submission_key"],
        }

    def _contact_by(self) -> ContactBy:
        found = self.cleaned_data
        if found["by_post"] or not (found["email"] or found["phone"]):
            return ContactBy.POST
        return ContactBy.MAIL if found["email"] else ContactBy.PHONE
