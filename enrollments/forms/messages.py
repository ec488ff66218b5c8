"""Narrowing the outbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.enums import MessageKind, NotificationState


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
