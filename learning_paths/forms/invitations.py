"""Addresses as people paste them: commas, full-width letters, a line each, from mail."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

ENTRIES = re.compile(r"[,;、。\r\n]+")
BRACKETED = re.compile(r"<([^<>]*)>")


def addresses_in(text: str) -> list[str]:
    """Each once, in order; of `山田 花子 <hanako@example.jp>` the address only."""
    found: list[str] = []
    for entry in ENTRIES.split(unicodedata.normalize("NFKC", text)):
        bracketed = BRACKETED.findall(entry)
        found += [word for part in bracketed or [entry] for word in part.split()]
    return list(dict.fromkeys(found))


class InvitationsForm(forms.Form):
    emails = forms.CharField(
        label=_("招待する方のメールアドレス"),
        max_length=4000,
        help_text=_("何人分でも、改行かコンマで区切って入力できます（一度に20人まで）。"),
        error_messages={
            "required": _("招待する方のメールアドレスを入力してください。"),
        },
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "inputmode": "email",
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
    )

    def clean_emails(self) -> list[str]:
        found = addresses_in(self.cleaned_data["emails"])
        if not found:
            raise forms.ValidationError(_("招待する方のメールアドレスを入力してください。"))
        return found
