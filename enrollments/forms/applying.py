"""The application form: a name and one way to reach the person are enough, unless the
run needs more. Its fields are shown in up to three steps."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.enums import PoolKind
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun
from courses.models.localised import in_english
from enrollments.domain.asking import Asked
from enrollments.domain.places import Place
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel
from enrollments.forms.asked import (
    answers_in,
    is_needed_alone,
    question_fields,
    residency_field,
    stated_fields,
    stated_in,
)
from enrollments.forms.birth_date import names_sent
from enrollments.forms.party import (
    COUNT,
    companion_forms,
    companions_in,
    most_companions,
)
from enrollments.forms.places import group_field, place_field
from enrollments.forms.reachable import ReachableForm
from enrollments.forms.support import (
    child_forms,
    other_wish_field,
    support_fields,
    wishes_from,
)

PEOPLE, NEEDS, CHECK = "people", "needs", "check"


class ApplicationForm(ReachableForm):
    """Shown to residents."""

    terms = forms.BooleanField(
        label=_("受講規約を読み、同意します"),
        required=True,
        error_messages={"required": _("申し込むには、受講規約への同意が必要です。")},
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.run = asked, asked.run
        self._ask_for_places()
        self._ask_for_facts()
        self._ask_for_needs()
        if not asked.has_terms:
            del self.fields["terms"]
        known = self.data if self.is_bound else self.initial
        count = companions_in(known, most_companions(self.run))
        data = self.data if self.is_bound else None
        self.companions = companion_forms(data, count, asked.of_everybody, strictly=True)
        self.children = child_forms(data, asked.offers)

    def _ask_for_places(self) -> None:
        asked = self.asked
        if len(asked.places) > 1:
            self.fields["place"] = place_field(self.run, asked.places)
        if asked.groups:
            only = all(place.kind == PoolKind.GROUPS for place in asked.places)
            self.fields["group"] = group_field(asked.groups, required=only)

    def _ask_for_facts(self) -> None:
        kinds = self.asked.kinds
        self.ask(kinds, required=is_needed_alone(self.asked.conditions))
        if Kind.RESIDENCY in kinds:
            self.fields["residency"] = residency_field(required=True)
        if Kind.STATED in kinds:
            stated = [one for one in self.asked.conditions if one.kind == Kind.STATED]
            self.fields.update(stated_fields(stated))
        self.fields["address"].required = self.run.asks_address

    def _ask_for_needs(self) -> None:
        self.fields.update(question_fields(self.asked.questions))
        self.fields.update(support_fields(self.asked.offers))
        self.fields["other_wish"] = other_wish_field()

    # ------------------------------------------------------------ steps
    @property
    def needs_names(self) -> list[str]:
        """Fields of the second step; on the first one where there is no second."""
        special = ("support", "support_needs", "other_wish", "message")
        questions = (name for name in self.fields if name.startswith("question_"))
        return [*questions, *(name for name in special if name in self.fields)]

    def step_of(self, name: str) -> str:
        if name == "terms":
            return CHECK
        return NEEDS if self.asked.has_needs and name in self.needs_names else PEOPLE

    def first_wrong_step(self, upto: str) -> str:
        """The first step up to this one with something wrong in it; empty if all is
        well. What comes later has not been asked yet and is not blamed."""
        steps = [PEOPLE, NEEDS, CHECK]
        steps = steps[: steps.index(upto) + 1]
        wrong = {self.step_of(name) for name in self.errors}
        if not all(one.is_valid() for one in self.companions):
            wrong.add(PEOPLE)
        if not all(one.is_valid() for one in self.children):
            wrong.add(NEEDS if self.asked.has_needs else PEOPLE)
        for name in [name for name in self.errors if self.step_of(name) not in steps]:
            del self.errors[name]
        return next((step for step in steps if step in wrong), "")

    def show_only(self, step: str) -> None:
        """The errors of other steps are theirs to show."""
        for name in [name for name in self.errors if self.step_of(name) != step]:
            del self.errors[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        place = self.place
        if place and place.kind == PoolKind.GROUPS and not found.get("group"):
            self.add_error("group", _("団体の枠に申し込む団体をえらんでください。"))
        return found

    # ------------------------------------------------------------ what was asked for
    @property
    def place(self) -> Place | None:
        """The places chosen; the only ones where there is nothing to choose."""
        places = self.asked.places
        chosen = getattr(self, "cleaned_data", {}).get("place")
        if len(places) > 1:
            return next((one for one in places if str(one.pool.pk) == chosen), None)
        return places[0] if places else None

    def companions_named(self) -> tuple[PersonName, ...]:
        return tuple(form.person() for form in self.companions if form.has_changed())

    def seat_request(self) -> SeatRequest:
        """What was asked for; call only when the first steps are valid."""
        found, place = self.cleaned_data, self.place
        return SeatRequest(
            applicant=self.person(),
            companions=self.companions_named(),
            language="en" if in_english() else "ja",
            channel=Channel.WEB,
            session=place.pool.session_id if place else None,
            answers=answers_in(found),
            support=wishes_from(found, self.children),
            stated=stated_in(found),
            accepts_terms=bool(found.get("terms")),
            group_code=found.get("group", ""),
            **self.reached(),
        )

    # ------------------------------------------------------------ carried along
    def carried(self, step: str) -> list[tuple[str, str]]:
        """What was typed on other steps than the one shown, to be sent along unseen."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        shown = {name for name in self.fields if self.step_of(name) == step}
        people = {COUNT}.union(
            *(names_sent(field) for form in self.companions for field in form)
        )
        children = {field.html_name for form in self.children for field in form}
        needs_step = NEEDS if self.asked.has_needs else PEOPLE
        along = set().union(
            *(names_sent(self[name]) for name in self.fields if name not in shown)
        )
        along |= people if step != PEOPLE else set()
        along |= children if step != needs_step else set()
        along -= {"submission_key", "terms"}
        return [
            (name, value) for name in data if name in along for value in data.getlist(name)
        ]


def known_of(user: User) -> dict[str, Any]:
    """What an account already told, to be shown in the form."""
    profile = getattr(user, "resident_profile", None)
    told: dict[str, Any] = {
        "family_name": user.last_name,
        "given_name": user.first_name,
        "family_name_kana": user.last_name_kana,
        "given_name_kana": user.first_name_kana,
        "email": user.email,
    }
    if profile:
        told |= {
            "phone": profile.phone,
            "postal_code": profile.postal_code,
            "residency": profile.residency,
            "birth_date": profile.birth_date,
        }
    return told


def chosen_place(run: CourseRun, places: tuple[Place, ...], session: str) -> str:
    """The places of the session that a link names by its number, to be shown chosen."""
    for place in places:
        if place.session and session == str(place.session.number) and place.takes_more:
            return str(place.pool.pk)
    return ""
