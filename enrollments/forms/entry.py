"""What staff type of an application that came by telephone, at the counter, on paper or
by mail. Only what the run needs is shown; what a card does not say may be left out."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from accounts.forms.fields import FormKeyField
from accounts.models import Department
from courses.domain.pools import choosable_sessions
from courses.domain.wording import range_words
from courses.enums import PoolKind, SupportKind
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun
from enrollments.domain.conditions import asked_of, asked_of_everybody, conditions_of
from enrollments.domain.known_groups import every_group
from enrollments.domain.requests import SeatRequest
from enrollments.domain.support_offers import open_offers
from enrollments.enums import Channel, ContactBy
from enrollments.forms.arrival import ArrivalForm
from enrollments.forms.asked import (
    answers_in,
    question_fields,
    stated_fields,
    stated_in,
)
from enrollments.forms.contact import ContactForm
from enrollments.forms.party import companion_forms, most_companions
from enrollments.forms.support import (
    child_forms,
    other_wish_field,
    support_field,
    wishes_from,
)

COMPANIONS_SHOWN = 9
FOR_GROUPS, FOR_STAFF = (PoolKind.GROUPS, Kind.GROUP), (PoolKind.STAFF, Kind.STAFF)


class EntryForm(ArrivalForm, ContactForm):
    """`submission_key` recognises the same form sent twice."""

    session = forms.TypedChoiceField(label=_("参加する回"), coerce=int, empty_value=None)
    pool = forms.ChoiceField(label=_("枠"))
    department = forms.ModelChoiceField(
        label=_("所属する課"), queryset=Department.objects.all(), required=False
    )
    group = forms.ChoiceField(label=_("団体"), required=False)
    residency = forms.ChoiceField(
        label=_("区分"),
        required=False,
        choices=[("", _("聞いていない")), *Residency.choices],
    )
    submission_key = FormKeyField()

    special = ("residency", "staff_note", "is_namesake", "override_reason")
    arrival = (
        "channel",
        "received_at",
        "postmarked_on",
        "session",
        "pool",
        "department",
        "group",
    )
    order = (
        *arrival,
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "phone",
        "postal_code",
        "address",
        "email",
        "birth_date",
        "school_year",
        "residency",
    )

    def __init__(self, *args: Any, run: CourseRun, at: datetime, **kwargs: Any) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.run = run
        self._offer_places(at)
        self._ask_for_facts()
        self.questions = question_fields(
            (one for one in run.questions.all() if one.is_asked), required=False
        )
        self.fields.update(self.questions)
        self._ask_for_support(at)
        self.order_fields(self.order)
        for name in ("family_name", "given_name", "postal_code", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["family_name"].widget.attrs["autofocus"] = True
        count = min(most_companions(run), COMPANIONS_SHOWN)
        everybody = asked_of_everybody(run)
        data = self.data if self.is_bound else None
        self.companions = companion_forms(data, count, everybody, strictly=False)

    def _offer_places(self, at: datetime) -> None:
        run = self.run
        today = timezone.localdate(at)
        kinds = dict.fromkeys(PoolKind(pool.kind) for pool in run.pools.all())
        self.fields["pool"].choices = [(kind, kind.label) for kind in kinds]
        if len(kinds) < 2:
            del self.fields["pool"]
        self.fields["session"].choices = [
            (one.pk, range_words(one.starts_at, one.ends_at, today=today))
            for one in choosable_sessions(run, at=at)
        ]
        if not run.chooses_session:
            del self.fields["session"]
        if not run.paper_deadline:
            del self.fields["postmarked_on"]
        asked = {row.kind for row in run.requirements.all()}
        if not (FOR_STAFF[0] in kinds or FOR_STAFF[1] in asked):
            del self.fields["department"]
        if FOR_GROUPS[0] in kinds or FOR_GROUPS[1] in asked:
            known = [(group.code, group.name) for group in every_group()]
            self.fields["group"].choices = [("", _("団体ではない")), *known]
        else:
            del self.fields["group"]

    def _ask_for_facts(self) -> None:
        kinds = asked_of(self.run)
        self.ask(kinds, required=False, on_one_line=True)
        self.asks_residency = Kind.RESIDENCY in kinds
        if Kind.STATED in kinds:
            stated = [one for one in conditions_of(self.run) if one.kind == Kind.STATED]
            self.fields.update(stated_fields(stated))

    def _ask_for_support(self, at: datetime) -> None:
        offers = open_offers(self.run, at=at)
        others = [one for one in offers if one.offer.kind != SupportKind.CHILDCARE]
        others = [one for one in others if not one.is_full]
        if others:
            self.fields["support"] = support_field(others)
        self.fields["other_wish"] = other_wish_field()
        self.children = child_forms(self.data if self.is_bound else None, offers)

    # ------------------------------------------------------------ as the page shows it
    def everyday_fields(self) -> list[forms.BoundField]:
        rare = set(self.special) - ({"residency"} if self.asks_residency else set())
        extra = {*self.questions, "support", "other_wish"}
        return [field for field in self.visible_fields() if field.name not in rare | extra]

    def arrival_fields(self) -> list[forms.BoundField]:
        """How it came and for which places: what a pile of cards has in common."""
        return [one for one in self.everyday_fields() if one.name in self.arrival]

    def person_fields(self) -> list[forms.BoundField]:
        return [one for one in self.everyday_fields() if one.name not in self.arrival]

    def special_fields(self) -> list[forms.BoundField]:
        rare = [name for name in self.special if name != "residency"]
        return [
            self[name] for name in ([] if self.asks_residency else ["residency"]) + rare
        ]

    def extra_fields(self) -> list[forms.BoundField]:
        names = (*self.questions, "support", "other_wish")
        return [self[name] for name in names if name in self.fields]

    @property
    def has_extras(self) -> bool:
        """Something was typed or is wrong there, so that it has to be seen."""
        wrong = any(field.errors for field in self.extra_fields())
        told = any(field.name in self.changed_data for field in self.extra_fields())
        return wrong or told or any(one.has_changed() for one in self.children)

    # ------------------------------------------------------------ what was typed
    def is_valid(self) -> bool:
        own = super().is_valid()
        rows = [form.is_valid() for form in (*self.companions, *self.children)]
        return own and all(rows)

    @property
    def pool_kind(self) -> PoolKind | None:
        """Where the run has places for one sort of people only, these."""
        chosen = self.cleaned_data.get("pool")
        kinds = {pool.kind for pool in self.run.pools.all()}
        only = next(iter(kinds)) if len(kinds) == 1 else None
        return PoolKind(chosen or only) if chosen or only else None

    def seat_request(self) -> SeatRequest:
        found = self.cleaned_data
        contact = ContactBy.MAIL if found["email"] else ContactBy.PHONE
        if not (found["email"] or found["phone"]):
            contact = ContactBy.POST
        companions = (form.person() for form in self.companions if form.has_changed())
        section = found.get("department")
        return SeatRequest(
            applicant=self.person(),
            companions=tuple(companions),
            email=found["email"],
            phone=found["phone"],
            postal_code=found["postal_code"],
            address=found["address"],
            residency=found["residency"],
            contact_by=contact,
            channel=Channel(found["channel"]),
            staff_note=found["staff_note"],
            session=found.get("session"),
            department=section.pk if section else None,
            group_code=found.get("group", ""),
            postmarked_on=found.get("postmarked_on"),
            answers=answers_in(found),
            stated=stated_in(found),
            support=wishes_from(found, self.children),
            submission_key=found["submission_key"],
        )
