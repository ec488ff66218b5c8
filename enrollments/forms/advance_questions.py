"""Forms about questions sent before the day: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from enrollments.domain.advance_questions.asking import LONGEST
from enrollments.domain.advance_questions.publishing import LONGEST as LONGEST_PUBLIC
from enrollments.enums import SurveyAudience
from enrollments.models.advance_question import SIDES

TEXT = forms.Textarea(attrs={"rows": 4})


class AskForm(forms.Form):
    """Lines are counted as the browser sends them, with two signs at their ends."""

    text = forms.CharField(
        label=_("質問・話したいこと"),
        help_text=_("400文字まで。お名前や連絡先は書かないでください。"),
        max_length=LONGEST + 100,
        widget=TEXT,
    )


class CallForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("質問の締切"),
        help_text=_("参加する方は、この日時まで送れます。"),
        validators=[plausible],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    prompt = forms.CharField(
        label=_("聞きたいこと（送る方に見せます）"),
        help_text=_("例：当日、話し合いたいことをお聞かせください。"),
        required=False,
        max_length=200,
    )


class WriteDownForm(AskForm):
    """`both`: whether the run has staff beside citizens."""

    side = forms.TypedChoiceField(
        label=_("どなたの質問か"),
        coerce=SurveyAudience,
        choices=[(side.value, side.label) for side in SIDES],
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="paper", **kwargs)
        self.order_fields(["side", "text"])


class PublicWordsForm(forms.Form):
    words = forms.CharField(max_length=LONGEST_PUBLIC, required=False)
