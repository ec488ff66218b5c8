"""What an officer says of one offering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.forms.grouped import Group, groups_of
from cms.forms.applying_fields import ApplyingFields
from cms.forms.completion_fields import CompletionFields
from cms.forms.moments import moment_field
from cms.forms.plain_fields import capacity_field, number_field, words_field
from cms.forms.run_layout import BASIC, MORE, NEW_PLACES, Folded, Groups
from courses.domain.applying_words import conditions_words
from courses.domain.run_plan import RunPlan
from courses.domain.session_pools import places_of
from courses.enums import CapacityUnit, Delivery, PoolKind, RunState, SelectionMode
from courses.models import CourseRun, SeatPool, Venue


class RunForm(CompletionFields, ApplyingFields):
    """One offering. Facts are public as soon as they are saved and the page is live.

    A new run has one pool of places, or two where staff have their own; an existing
    one is asked about its pools, and a copy about pools of the same `kinds`.
    """

    label = words_field(_("開催の呼び名"), 60, help_text=_("例：秋の回"))
    audience = words_field(_("対象"), 300)
    is_planned = forms.BooleanField(
        label=_("準備中にする"),
        required=False,
        help_text=_("公開ページにまだ出しません。あとで印を外すと公開されます。"),
    )
    selection_mode = forms.ChoiceField(
        label=_("決め方"), choices=SelectionMode.choices, initial=SelectionMode.FIRST_COME
    )
    capacity = capacity_field(_("定員"), _("定員を設けないときは空けておきます。"))
    staff_capacity = capacity_field(
        _("職員枠の定員"), _("市民と職員の枠を分けるときだけ。上の定員は市民枠になります。")
    )
    group_capacity = capacity_field(
        _("団体枠の定員"),
        _("登録団体だけの枠があるとき。団体だけの講座は、上の定員を空けておきます。"),
    )
    online_capacity = capacity_field(
        _("オンライン枠の定員"), _("会場とオンラインの定員を分けるとき。")
    )
    capacity_unit = forms.ChoiceField(label=_("定員の単位"), choices=CapacityUnit.choices)
    capacity_note = words_field(_("定員の補足"), 120)
    max_participants = number_field(_("1回の申込みの人数の上限"), 1, 10, initial=1)
    waiting_list = forms.BooleanField(
        label=_("キャンセル待ちを受け付ける"), required=False, initial=True
    )
    applications_open_at = moment_field(
        _("申込開始"), _("空けておくと、公開と同時に始まります。")
    )
    applications_close_at = moment_field(_("申込締切"))
    how_to_apply = forms.CharField(
        label=_("申込方法"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("電話や窓口での申込み方を書きます。ウェブの申込みは自動で出ます。"),
    )
    delivery = forms.ChoiceField(label=_("開催方法"), choices=Delivery.choices)
    venue = forms.ModelChoiceField(Venue.objects.all(), label=_("会場"), required=False)
    fee = number_field(_("費用（円）"), 0, 1_000_000, initial=0, required=False)
    fee_note = words_field(_("費用の補足"), 200)
    bring = words_field(_("持ち物"), 200)
    note = forms.CharField(
        label=_("そのほか"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    contact_name = words_field(
        _("問い合わせ先"), 80, help_text=_("空けておくと、担当課になります。")
    )
    contact_phone = words_field(_("問い合わせ先の電話"), 40)
    contact_email = forms.EmailField(label=_("問い合わせ先のメール"), required=False)

    def __init__(
        self,
        *args: Any,
        run: CourseRun | None = None,
        first: bool = False,
        kinds: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """`first`: made together with its course, which is a draft anyway."""
        pools = list(run.pools.order_by("pk")) if run else []
        found = [pool.kind for pool in pools] if run else kinds
        self.kinds = list(dict.fromkeys(found))
        # Where people choose a session, its row says how many.
        self.of_sessions = run is not None and run.chooses_session
        if run is not None:
            kwargs["initial"] = run_initial(run) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if run is not None or kinds:
            self._ask_for_pools({pool.kind: pool for pool in pools})
        if run is not None and (words := conditions_words(run)):
            help_text = _("空けておくと、条件から「%(words)s」と出ます。")
            self.fields["audience"].help_text = help_text % {"words": words}
        if first or (run is not None and run.state != RunState.PLANNED):
            del self.fields["is_planned"]

    def _ask_for_pools(self, pools: dict[str, SeatPool]) -> None:
        """A field for each pool, and one for each kind that could be added."""
        for name, kind in NEW_PLACES.items():
            if name == "capacity" or kind in self.kinds or self.of_sessions:
                del self.fields[name]
        for kind in () if self.of_sessions else self.kinds:
            label = _("定員") if len(self.kinds) == 1 else PoolKind(kind).label
            taken = (
                _("決定済み %(number)s") % {"number": pools[kind].seats_taken}
                if kind in pools
                else ""
            )
            self.fields[_name_of(kind)] = capacity_field(label, taken)

    def grouped(self) -> list[Group]:
        """What a simple course needs."""
        return groups_of(self, self._with_places(BASIC))

    def folded(self) -> list[Folded]:
        """The rest, each open where something was said or is wrong."""
        return [
            Folded(group, any(self._is_said(field) for field in group.fields))
            for group in groups_of(self, MORE)
        ]

    def _with_places(self, groups: Groups) -> Groups:
        """The places of an existing run stand where a new one is asked for its own."""
        return tuple(
            (
                heading,
                tuple(
                    found
                    for name in names
                    for found in (self.place_names if name == "capacity" else [name])
                ),
            )
            for heading, names in groups
        )

    def _is_said(self, field: forms.BoundField) -> bool:
        usual, choices = field.field.initial, getattr(field.field, "choices", None)
        if choices and not isinstance(field.field, forms.MultipleChoiceField):
            usual = usual or next(iter(choices))[0]
            return bool(field.errors) or str(field.value() or usual) != str(usual)
        return bool(field.errors) or str(field.value() or "") != str(usual or "")

    @property
    def place_names(self) -> list[str]:
        """The fields that hold capacities."""
        if self.of_sessions:
            return []
        return [_name_of(kind) for kind in self.kinds] or ["capacity"]

    def clean_fee(self) -> int:
        return self.cleaned_data["fee"] or 0

    def clean_contact_phone(self) -> str:
        return tidy_text(self.cleaned_data["contact_phone"])

    def clean(self) -> dict[str, Any]:
        """The window is checked here too, so that all faults are shown at once."""
        found = super().clean() or self.cleaned_data
        opens = found.get("applications_open_at")
        closes = found.get("applications_close_at")
        if opens and closes and closes <= opens:
            self.add_error(
                "applications_close_at", _("申込締切は申込開始より後にしてください。")
            )
        return found

    def plan(self, **rows: Any) -> RunPlan:
        """`rows`: conditions, questions and offers of support."""
        apart = {*NEW_PLACES, "is_planned"} | set(self.place_names)
        said = {
            name: found for name, found in self.cleaned_data.items() if name not in apart
        }
        announced = not self.cleaned_data.get("is_planned", False)
        return RunPlan(**said, **rows, announced=announced, places=self._places())

    def _places(self) -> dict[PoolKind, int | None]:
        found = self.cleaned_data
        added = {
            kind: found[name]
            for name, kind in NEW_PLACES.items()
            if name != "capacity" and found.get(name) is not None
        }
        if self.of_sessions:
            return {}
        if self.kinds:
            return {PoolKind(kind): found[_name_of(kind)] for kind in self.kinds} | added
        capacity = found.get("capacity")
        if capacity is None and set(added) == {PoolKind.GROUPS}:
            return added
        own = PoolKind.CITIZENS if PoolKind.STAFF in added else PoolKind.GENERAL
        return {own: capacity} | added


def _name_of(kind: str) -> str:
    return f"capacity_{kind}"


def run_initial(run: CourseRun) -> dict[str, Any]:
    apart = {*NEW_PLACES, "is_planned"}
    names = [name for name in RunForm.base_fields if name not in apart]
    return (
        {name: getattr(run, name) for name in names}
        | {_name_of(kind): capacity for kind, capacity in places_of(run).items()}
        | {"is_planned": run.state == RunState.PLANNED}
    )
