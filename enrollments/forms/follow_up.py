"""Whether and when both sides are asked again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible


class FollowUpForm(forms.Form):
    is_wanted = forms.BooleanField(label=_("6か月後にたずねる"), required=False)
    due_on = forms.DateField(
        label=_("たずねる日"),
        help_text=_("空けておくと、最後の回の6か月後です。"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
