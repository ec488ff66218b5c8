"""What an officer says of one offering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.forms.fields import plausible
from accounts.forms.grouped import Group, groups_of
from courses.domain.offering import RunPlan
from courses.enums import CapacityUnit, Delivery, PoolKind, RunState, SelectionMode
from courses.models import CourseRun, SeatPool, Venue

MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        validators=[plausible],
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )


def _number(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def _words(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _capacity(label: Any, help_text: Any = "") -> forms.IntegerField:
    return _number(label, 0, 100_000, required=False, help_text=help_text)


class RunForm(forms.Form):
    """One offering. Facts are public as soon as they are saved and the page is live.

    A new run has one pool of places, or two where staff have their own; an existing
    one is asked about its pools, and a copy about pools of the same `kinds`.
    """

    label = _words(_("開催の呼び名"), 60, help_text=_("例：秋の回"))
    audience = _words(_("対象"), 300)
    is_planned = forms.BooleanField(
        label=_("準備中にする"),
        required=False,
        help_text=_("公開ページにまだ出しません。あとで印を外すと公開されます。"),
    )
    selection_mode = forms.ChoiceField(
        label=_("決め方"), choices=SelectionMode.choices, initial=SelectionMode.FIRST_COME
    )
    capacity = _capacity(_("定員"), _("定員を設けないときは空けておきます。"))
    staff_capacity = _capacity(
        _("職員枠の定員"), _("市民と職員の枠を分けるときだけ。上の定員は市民枠になります。")
    )
    capacity_unit = forms.ChoiceField(label=_("定員の単位"), choices=CapacityUnit.choices)
    capacity_note = _words(_("定員の補足"), 120)
    max_participants = _number(_("1回の申込みの人数の上限"), 1, 10, initial=1)
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
    has_childcare = _tick(_("保育あり"))
    childcare_note = _words(
        _("保育の補足"), 200, help_text=_("例：2歳から就学前まで 5人。11月20日までに申込み")
    )
    has_sign_language = _tick(_("手話通訳あり"))
    has_captioning = _tick(_("要約筆記あり"))
    fee = _number(_("費用（円）"), 0, 1_000_000, initial=0, required=False)
    fee_note = _words(_("費用の補足"), 200)
    bring = _words(_("持ち物"), 200)
    note = forms.CharField(
        label=_("そのほか"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    contact_name = _words(
        _("問い合わせ先"), 80, help_text=_("空けておくと、担当課になります。")
    )
    contact_phone = _words(_("問い合わせ先の電話"), 40)
    contact_email = forms.EmailField(label=_("問い合わせ先のメール"), required=False)
    completion_sessions = _number(
        _("修了に必要な出席回数"),
        1,
        200,
        required=False,
        help_text=_("修了を出さないときは空けておきます。"),
    )

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
        self.kinds = [pool.kind for pool in pools] if run else list(kinds)
        if run is not None:
            kwargs["initial"] = run_initial(run) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if run is not None or kinds:
            self._ask_for_pools({pool.kind: pool for pool in pools})
        if first or (run is not None and run.state != RunState.PLANNED):
            del self.fields["is_planned"]

    def _ask_for_pools(self, pools: dict[str, SeatPool]) -> None:
        """A field for each pool, as there may be others than a form can make."""
        for name in ("capacity", "staff_capacity"):
            del self.fields[name]
        for kind in self.kinds:
            label = _("定員") if len(self.kinds) == 1 else PoolKind(kind).label
            taken = (
                _("決定済み %(number)s") % {"number": pools[kind].seats_taken}
                if kind in pools
                else ""
            )
            self.fields[_name_of(kind)] = _capacity(label, taken)

    def grouped(self) -> list[Group]:
        places = tuple(_name_of(kind) for kind in self.kinds)
        return groups_of(
            self,
            (
                (_("開催の概要"), ("label", "audience", "is_planned")),
                (
                    _("定員と決め方"),
                    (
                        "selection_mode",
                        "capacity",
                        "staff_capacity",
                        *places,
                        "capacity_unit",
                        "capacity_note",
                        "max_participants",
                        "waiting_list",
                    ),
                ),
                (
                    _("申込み"),
                    ("applications_open_at", "applications_close_at", "how_to_apply"),
                ),
                (
                    _("会場と費用"),
                    ("delivery", "venue", "fee", "fee_note", "bring", "note"),
                ),
                (
                    _("保育と支援"),
                    (
                        "has_childcare",
                        "childcare_note",
                        "has_sign_language",
                        "has_captioning",
                    ),
                ),
                (
                    _("問い合わせと修了"),
                    (
                        "contact_name",
                        "contact_phone",
                        "contact_email",
                        "completion_sessions",
                    ),
                ),
            ),
        )

    @property
    def place_names(self) -> list[str]:
        """The fields that hold capacities."""
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
        needed = found.get("selection_mode") != SelectionMode.OPEN
        if needed and not closes and "applications_close_at" not in self.errors:
            self.add_error("applications_close_at", _("申込締切を入力してください。"))
        return found

    def plan(self) -> RunPlan:
        apart = {"capacity", "staff_capacity", "is_planned"} | set(self.place_names)
        said = {
            name: found for name, found in self.cleaned_data.items() if name not in apart
        }
        announced = not self.cleaned_data.get("is_planned", False)
        return RunPlan(**said, announced=announced, places=self._places())

    def _places(self) -> dict[PoolKind, int | None]:
        found = self.cleaned_data
        if self.kinds:
            return {PoolKind(kind): found[_name_of(kind)] for kind in self.kinds}
        if found.get("staff_capacity") is not None:
            return {
                PoolKind.CITIZENS: found["capacity"],
                PoolKind.STAFF: found["staff_capacity"],
            }
        return {PoolKind.GENERAL: found.get("capacity")}


def _name_of(kind: str) -> str:
    return f"capacity_{kind}"


def run_initial(run: CourseRun) -> dict[str, Any]:
    apart = {"capacity", "staff_capacity", "is_planned"}
    names = [name for name in RunForm.base_fields if name not in apart]
    return (
        {name: getattr(run, name) for name in names}
        | {_name_of(pool.kind): pool.capacity for pool in run.pools.all()}
        | {"is_planned": run.state == RunState.PLANNED}
    )
