"""One form for several units of a series: which of them, who comes, and what each of the
chosen ones asks. What the others ask may stay empty."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.enums import PoolKind
from courses.enums import RequirementKind as Kind
from courses.models.localised import in_english
from enrollments.domain.places import Place
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.domain.series.applying import UnitWish
from enrollments.domain.series.offering import RunOffer, UnitOffer
from enrollments.enums import Channel
from enrollments.forms.asked import (
    answers_to,
    is_needed_alone,
    question_name,
    residency_field,
    stated_in,
)
from enrollments.forms.party import (
    MOST_COMPANIONS,
    companion_forms,
    companions_in,
)
from enrollments.forms.places import group_field
from enrollments.forms.reachable import ReachableForm
from enrollments.forms.series_unit import (
    UnitFields,
    asked_by_several,
    fields_of_unit,
    place_name,
)
from enrollments.forms.support import other_wish_field

TOGETHER, EACH = "together", "each"


class SeriesForm(ReachableForm):
    """`needed_by` says which runs need a field: it is required where one is chosen.
    `asks_strictly` not, what a card does not say may be left out."""

    runs = forms.MultipleChoiceField(
        label=_("申し込む単元"),
        error_messages={"required": _("申し込む単元を一つ以上えらんでください。")},
    )
    way = forms.ChoiceField(
        label=_("席のとり方"),
        choices=[
            (EACH, _("とれる単元だけ申し込む（満員の単元はキャンセル待ち）")),
            (TOGETHER, _("えらんだ単元がすべてとれるときだけ申し込む")),
        ],
        widget=forms.RadioSelect,
        initial=EACH,
    )
    terms = forms.BooleanField(
        label=_("受講規約を読み、同意します"),
        required=False,
        error_messages={"required": _("申し込むには、受講規約への同意が必要です。")},
    )
    use_required_attribute = False
    asks_strictly = True
    field_order = ("runs", "way")

    def __init__(
        self, *args: Any, offers: Sequence[UnitOffer], has_terms: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = [one for unit in offers for one in unit.runs if one.may_choose]
        self.fields["runs"].choices = [(one.run.code, one.run.code) for one in self.offers]  # type: ignore[attr-defined]
        if not (has_terms and any(one.run.asks_terms for one in self.offers)):
            del self.fields["terms"]
        self.needed_by: dict[str, set[int]] = {}
        self._ask_of_person()
        self._ask_of_units()
        self._ask_of_companions()
        if not self.asks_strictly:
            self._let_be_left_out()

    def _let_be_left_out(self) -> None:
        """But for the places asked for."""
        for name in [name for name in self.needed_by if not name.startswith("place_")]:
            del self.needed_by[name]
            if name in self.fields:
                self.fields[name].required = False

    def _ask_of_person(self) -> None:
        kinds = frozenset[Kind]().union(*(one.asked.kinds for one in self.offers))
        self.ask(kinds, required=True, on_one_line=not self.asks_strictly)
        for name, kind in (("birth_date", Kind.AGE), ("school_year", Kind.SCHOOL_YEAR)):
            self.needed_by[name] = {
                one.run.pk
                for one in self.offers
                if kind in one.asked.kinds and is_needed_alone(one.asked.conditions)
            }
        if Kind.RESIDENCY in kinds:
            self.fields["residency"] = residency_field(required=True)
            self._need("residency", lambda one: Kind.RESIDENCY in one.asked.kinds)
        self._need("address", lambda one: one.run.asks_address)
        groups = {group.code: group for one in self.offers for group in one.asked.groups}
        if groups:
            self.fields["group"] = group_field(groups.values(), required=False)
        self.fields["other_wish"] = other_wish_field()

    def _need(self, name: str, by: Any) -> None:
        self.needed_by[name] = {one.run.pk for one in self.offers if by(one)}

    def _ask_of_units(self) -> None:
        several = asked_by_several(self.offers)
        shared = {
            one.pk: question_name(group.first)
            for group in several
            for one in group.questions
        }
        self.shared_names = [question_name(group.first) for group in several]
        for group in several:
            self.fields[question_name(group.first)] = group.field()
            self.needed_by[question_name(group.first)] = group.needed_by
        data = self.data if self.is_bound else None
        self.units = {one.run.pk: fields_of_unit(one, shared, data) for one in self.offers}
        for key, unit in self.units.items():
            self.fields.update(unit.own)
            needed = [name for name, field in unit.own.items() if field.required]
            self.needed_by |= {name: {key} for name in needed}

    def _ask_of_companions(self) -> None:
        """As many rows, and as much of everybody, as the chosen units know."""
        picked = self._picked()
        kinds = frozenset[Kind]().union(*(one.asked.of_everybody for one in picked))
        count = self.rows_shown()
        data = self.data if self.is_bound else None
        self.companions = companion_forms(data, count, kinds, strictly=self.asks_strictly)

    def rows_shown(self) -> int:
        known = self.data if self.is_bound else self.initial
        return companions_in(known, self.most_rows)

    def _picked(self) -> list[RunOffer]:
        """What is ticked, before anything was checked."""
        codes = set(self["runs"].value() or ())
        return [one for one in self.offers if one.run.code in codes]

    @property
    def most_rows(self) -> int:
        """Rows for companions: as many as any unit would take."""
        most = max((one.run.max_participants for one in self.offers), default=1)
        return min(most - 1, MOST_COMPANIONS)

    @property
    def most_people(self) -> int:
        """Who can come to all units ticked: the unit that takes fewest decides."""
        among = self._picked() or self.offers
        return min((one.run.max_participants for one in among), default=1)

    # ------------------------------------------------------------ what is wrong with it
    def full_clean(self) -> None:
        """What only units ask that were not chosen may stay empty; the page says all the
        same that they ask it."""
        picked = {one.run.pk for one in self._picked()}
        marked = {name: bool(runs) for name, runs in self.needed_by.items()}
        for name, runs in self.needed_by.items():
            if name in self.fields:
                self.fields[name].required = bool(runs & picked)
        super().full_clean()
        for name, is_marked in marked.items():
            if name in self.fields:
                self.fields[name].required = is_marked

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for key, unit in self.units.items():
            if key not in {one.run.pk for one in self.chosen}:
                for name in unit.own.keys() & self.errors.keys():
                    del self.errors[name]
        for one in self.chosen:
            self._require_room(one)
            place = self.place_in(one)
            if place and place.kind == PoolKind.GROUPS and not found.get("group"):
                words = _("団体の枠に申し込む団体をえらんでください。")
                self.add_error("group" if "group" in self.fields else None, words)
        return found

    def _require_room(self, offer: RunOffer) -> None:
        most = offer.run.max_participants
        if 1 + sum(one.has_changed() for one in self.companions) <= most:
            return
        told = {"title": offer.run.course.title, "most": most}
        words = _(
            "「%(title)s」は、1回の申込みで%(most)s人までです。"
            "人数を減らすか、この単元を外してください。"
        )
        self.add_error("runs", words % told)

    def is_valid(self) -> bool:
        rows = [
            *self.companions,
            *(row for one in self.chosen_units for row in one.children),
        ]
        rows_are_valid = [row.is_valid() for row in rows]
        return super().is_valid() and all(rows_are_valid)

    def blame_nobody(self) -> None:
        rows = [row for unit in self.units.values() for row in unit.children]
        for form in (self, *self.companions, *rows):
            form.errors.clear()

    def require_terms(self) -> bool:
        """Asked on the last page only, where somebody sends the form."""
        if self.asks_terms and not self.cleaned_data.get("terms"):
            words = self.fields["terms"].error_messages["required"]
            self.add_error("terms", words)
        return not self.errors

    # ------------------------------------------------------------ what was asked for
    @property
    def chosen(self) -> list[RunOffer]:
        codes = getattr(self, "cleaned_data", {}).get("runs", ())
        return [one for one in self.offers if one.run.code in codes]

    @property
    def chosen_units(self) -> list[UnitFields]:
        self.errors  # noqa: B018 (cleans, once)
        return [self.units[one.run.pk] for one in self.chosen]

    @property
    def asks_terms(self) -> bool:
        return "terms" in self.fields and any(one.run.asks_terms for one in self.chosen)

    @property
    def together(self) -> bool:
        return bool(self.cleaned_data.get("way") == TOGETHER)

    def companions_named(self) -> tuple[PersonName, ...]:
        return tuple(form.person() for form in self.companions if form.has_changed())

    def wishes(self) -> list[UnitWish]:
        """Call only on a valid form."""
        return [self._wish(self.units[one.run.pk]) for one in self.chosen]

    def _wish(self, unit: UnitFields) -> UnitWish:
        offer, found = unit.offer, self.cleaned_data
        place = self.place_in(offer)
        request = SeatRequest(
            applicant=self.person(),
            companions=self.companions_named(),
            session=place.pool.session_id if place else None,
            answers=answers_to(unit.questions, found),
            support=unit.support(found),
            stated=stated_in({name: found.get(name) for name in unit.own}),
            accepts_terms=bool(found.get("terms")),
            group_code=found.get("group", "") if offer.asked.groups else "",
            **self.reached(),
            **self.arrived(place),
        )
        return UnitWish(offer.run, request, place.pool if place else None)

    def arrived(self, place: Place | None) -> dict[str, Any]:
        """The parts of a request that say how it came, for these places."""
        return {"channel": Channel.WEB, "language": "en" if in_english() else "ja"}

    def place_in(self, offer: RunOffer) -> Place | None:
        """The places chosen; the only ones where there is nothing to choose."""
        if len(offer.places) < 2:
            return next(iter(offer.places), None)
        chosen = self.cleaned_data.get(place_name(offer.run))
        return next((one for one in offer.places if str(one.pool.pk) == chosen), None)

    def carried(self) -> list[tuple[str, str]]:
        """What was typed, to be sent along unseen with the last page."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        left_out = {"csrfmiddlewaretoken", "step", "submission_key", "terms"}
        return [
            (name, value)
            for name in data
            if name not in left_out
            for value in data.getlist(name)
        ]
