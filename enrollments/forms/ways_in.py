"""What an officer says of the window of an audience with places of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from courses.domain.ways_in import YES_OR_NO, WayPlan
from courses.enums import PoolKind
from courses.models import WayIn


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, required=False, validators=[plausible], widget=widget
    )


class WayForm(forms.Form):
    """For one `kind` of places; what is left empty is as for residents."""

    opens_at = _moment(_("受付開始"))
    closes_at = _moment(_("受付締切"))

    takes_own = forms.BooleanField(
        label=_("本人の申込みを受け付ける"), required=False, initial=True
    )
    needs_approval = forms.BooleanField(
        label=_("本人の申込みは、所属する課の課長が承認する"),
        required=False,
        help_text=_("承認されるまで席は取りません。"),
    )
    takes_nominations = forms.BooleanField(
        label=_("課の推薦を受け付ける"),
        required=False,
        help_text=_("ほかの課の職員が、自分の課から参加する人を入力できます。"),
    )

    def __init__(
        self, data: Any = None, *, kind: PoolKind, way: WayIn | None, **kwargs: Any
    ) -> None:
        self.kind = kind
        known = {name: getattr(way, name) for name in self.base_fields} if way else {}
        super().__init__(data, prefix=kind.value, initial=known, **kwargs)
        if kind != PoolKind.STAFF:
            for name in YES_OR_NO:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("受付締切は受付開始より後にしてください。"))
        return found

    def plan(self) -> WayPlan:
        return WayPlan(**self.cleaned_data)
