"""One form for several units of a series: which of them, who comes, and what each of the
chosen ones asks. What the others ask may stay empty."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import FormKeyField
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun
from courses.models.localised import in_english
from enrollments.domain.places import Place
from enrollments.domain.requests import SeatRequest
from enrollments.domain.series.applying import UnitWish
from enrollments.domain.series.offering import RunOffer, UnitOffer
from enrollments.enums import Channel, ContactBy
from enrollments.forms.asked import (
    answers_in,
    question_fields,
    residency_field,
    stated_fields,
    stated_in,
)
from enrollments.forms.contact import OwnContactForm
from enrollments.forms.places import place_field

TOGETHER, EACH = "together", "each"


class SeriesForm(OwnContactForm):
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
    terms = forms.BooleanField(label=_("受講規約を読み、同意します"), required=False)
    submission_key = FormKeyField()

    field_order = ("runs", "way")

    def __init__(
        self, *args: Any, offers: Sequence[UnitOffer], has_terms: bool, **kwargs: Any
    ) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.offers = [one for unit in offers for one in unit.runs if one.may_choose]
        self.fields["runs"].choices = [(one.run.code, one.run.code) for one in self.offers]
        self.asks_terms = {one.run.code for one in self.offers if one.run.asks_terms}
        if not (has_terms and self.asks_terms):
            del self.fields["terms"]
        kinds = frozenset[Kind]().union(*(one.asked.kinds for one in self.offers))
        self.ask(kinds, required=False)
        if Kind.RESIDENCY in kinds:
            self.fields["residency"] = residency_field(required=False)
        self._names = {one.run.code: self._ask(one) for one in self.offers}

    def _ask(self, offer: RunOffer) -> list[str]:
        """The fields of this run alone."""
        fields: dict[str, forms.Field] = {}
        if len(offer.places) > 1:
            fields[f"place_{offer.run.pk}"] = place_field(offer.run, offer.places)
        stated = [one for one in offer.asked.conditions if one.kind == Kind.STATED]
        fields |= stated_fields(stated)
        fields |= question_fields(offer.asked.questions)
        self._needed = getattr(self, "_needed", set())
        for name, field in fields.items():
            if field.required:
                self._needed.add(name)
                field.required = False
        self.fields.update(fields)
        return list(fields)

    def fields_of(self, run: CourseRun) -> list[forms.BoundField]:
        return [self[name] for name in self._names.get(run.code, ())]

    # ------------------------------------------------------------ what was asked for
    @property
    def chosen(self) -> list[RunOffer]:
        codes = self.cleaned_data.get("runs", ())
        return [one for one in self.offers if one.run.code in codes]

    @property
    def together(self) -> bool:
        return bool(self.cleaned_data.get("way") == TOGETHER)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        needed = {name for one in self.chosen for name in self._names[one.run.code]}
        for name in needed & self._needed:
            self._require(name, _("お答えください。"))
        if any(Kind.RESIDENCY in one.asked.kinds for one in self.chosen):
            self._require("residency", _("あてはまるものを一つえらんでください。"))
        if any(one.run.asks_address for one in self.chosen):
            self._require("address", _("住所を入力してください。"))
        return found

    def require_terms(self) -> bool:
        """Asked on the last page only, where somebody sends the form."""
        if "terms" in self.fields and self.asks_terms & {o.run.code for o in self.chosen}:
            self._require("terms", _("申し込むには、受講規約への同意が必要です。"))
        return not self.errors

    def _require(self, name: str, words: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, words)

    def wishes(self) -> list[UnitWish]:
        """Call only on a valid form."""
        return [self._wish(one) for one in self.chosen]

    def _wish(self, offer: RunOffer) -> UnitWish:
        place, names = self.place_in(offer), self._names[offer.run.code]
        told = {name: self.cleaned_data.get(name) for name in names}
        request = replace(
            self._request(),
            session=place.pool.session_id if place else None,
            answers=answers_in(told),
            stated=stated_in(told),
        )
        return UnitWish(offer.run, request, place.kind if place else None)

    def place_in(self, offer: RunOffer) -> Place | None:
        """The places chosen; the only ones where there is nothing to choose."""
        if len(offer.places) < 2:
            return next(iter(offer.places), None)
        chosen = self.cleaned_data.get(f"place_{offer.run.pk}")
        return next((one for one in offer.places if str(one.pool.pk) == chosen), None)

    def _request(self) -> SeatRequest:
        found = self.cleaned_data
        by_phone = ContactBy.PHONE if found["phone"] else ContactBy.POST
        return SeatRequest(
            applicant=self.person(),
            email=found["email"],
            phone=found["phone"],
            postal_code=found["postal_code"],
            address=found["address"],
            residency=found.get("residency") or "",
            contact_by=ContactBy.MAIL if found["email"] else by_phone,
            language="en" if in_english() else "ja",
            channel=Channel.WEB,
            accepts_terms=bool(found.get("terms")),
            submission_key=found["submission_key"],
        )

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
