"""What the officer writes into the run's report."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    reflections = forms.CharField(
        label=_("成果とふりかえり"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("参加した方のお名前は書かないでください。"),
    )
    next_time = forms.CharField(
        label=_("次回に向けて"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_reflections(self) -> str:
        return _one_kind_of_line_end(self.cleaned_data["reflections"])

    def clean_next_time(self) -> str:
        return _one_kind_of_line_end(self.cleaned_data["next_time"])


def _one_kind_of_line_end(text: str) -> str:
    """Browsers send CRLF; what is kept has one sign."""
    return text.replace("\r\n", "\n").strip()
