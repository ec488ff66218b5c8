"""What of the record of accesses is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.access import seen_by
from accounts.enums import AccessKind
from accounts.forms.fields import plausible
from accounts.models import Department, User


class AccessLogForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(), label=_("職員"), required=False, empty_label=_("全員")
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("職員の課"),
        required=False,
        empty_label=_("すべての課"),
    )
    kind = forms.ChoiceField(
        label=_("種類"),
        required=False,
        choices=[("", _("閲覧と出力")), *AccessKind.choices],
    )
    since = forms.DateField(
        label=_("この日から"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=_("この日まで"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        seen = seen_by(user).order_by().values("user")
        people: Any = self.fields["user"]
        people.queryset = User.objects.filter(pk__in=seen).order_by(
            "last_name_kana", "first_name_kana", "pk"
        )
        if not user.is_superuser:
            del self.fields["department"]
