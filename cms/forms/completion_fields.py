"""What it takes to complete a run, and whether a certificate is given."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.forms.plain_fields import number_field


class CompletionFields(forms.Form):
    completion_sessions = number_field(
        _("修了に必要な出席回数"),
        1,
        200,
        required=False,
        help_text=_("修了を出さないときは空けておきます。"),
    )
    completion_percent = number_field(
        _("修了に必要な出席の割合（%）"),
        1,
        100,
        required=False,
        help_text=_(
            "回数のかわりに割合で決めるとき。開いた回の数にかけて、端数は切り上げます。"
        ),
    )
    counts_partly = forms.BooleanField(
        label=_("遅刻・早退も出席に数える"), required=False, initial=True
    )
    gives_certificate = forms.BooleanField(
        label=_("修了証を出す"), required=False, initial=True
    )
