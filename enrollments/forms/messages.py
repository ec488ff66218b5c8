"""Narrowing the outbox, and a city's own wording of a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.domain.receipt import parse_receipt_number
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application


class OutboxForm(forms.Form):
    """Unknown values narrow nothing. `q` comes by POST: it may be a name."""

    state = forms.ChoiceField(
        label=_("状態"),
        required=False,
        choices=[("", _("対応が必要")), ("all", _("すべて")), *NotificationState.choices],
    )
    kind = forms.ChoiceField(
        label=_("種類"), required=False, choices=[("", _("すべて")), *MessageKind.choices]
    )
    run = forms.ModelChoiceField(
        label=_("開催"),
        required=False,
        queryset=CourseRun.objects.none(),
        to_field_name="code",
        empty_label=_("すべて"),
    )
    q = forms.CharField(
        label=_("氏名・カナ・受付番号・電話・メール"), required=False, max_length=60
    )

    def __init__(self, *args, runs, sees_support: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["run"].queryset = runs
        if not sees_support:
            kinds = self.fields["kind"].choices
            self.fields["kind"].choices = [
                one for one in kinds if one[0] != MessageKind.SUPPORT
            ]


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
