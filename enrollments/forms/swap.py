"""What an officer says of places that are not filled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from courses.enums import PoolKind
from courses.models import CourseRun, SwapRule


class SwapRuleForm(forms.Form):
    giver = forms.TypedChoiceField(label=_("ゆずる枠"), coerce=PoolKind)
    taker = forms.TypedChoiceField(label=_("受け取る枠"), coerce=PoolKind)
    moment = forms.DateTimeField(
        label=_("ゆずる日時"),
        validators=[plausible],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    keeps = forms.IntegerField(
        label=_("残しておく席"), min_value=0, max_value=999, initial=0
    )

    def __init__(
        self, data: Any = None, *, run: CourseRun, rule: SwapRule | None, **kwargs: Any
    ) -> None:
        known = {"giver": PoolKind.STAFF, "taker": PoolKind.CITIZENS}
        if rule is not None:
            known = {"giver": rule.giver, "taker": rule.taker}
            known |= {"moment": rule.at, "keeps": rule.keeps}
        super().__init__(data, initial=known, **kwargs)
        kinds = list(run.pools.values_list("kind", flat=True).distinct().order_by("kind"))
        for name in ("giver", "taker"):
            field = self.fields[name]
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [(kind, PoolKind(kind).label) for kind in kinds]
