"""What the units of a series ask on one form: what several ask in the same words is asked
once, everything else under the unit. Names end with the row of the run or of the question,
so that those of no two units meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from courses.enums import RequirementKind as Kind
from courses.models import CourseRun, RunQuestion
from enrollments.domain.requests import SupportWish
from enrollments.domain.series.offering import RunOffer
from enrollments.forms.asked import question_fields, question_name, stated_fields
from enrollments.forms.places import place_field
from enrollments.forms.support import (
    ChildForm,
    child_forms,
    support_fields,
    wishes_from,
)


@dataclass(frozen=True)
class UnitFields:
    """`own` are fields of this unit alone, by name; `questions` the names of the fields
    that answer its questions, by row."""

    offer: RunOffer
    own: dict[str, forms.Field]
    questions: dict[int, str]
    children: Sequence[ChildForm]

    @property
    def run(self) -> CourseRun:
        return self.offer.run

    @property
    def wish_names(self) -> list[str]:
        return [name for name in self.own if name.startswith("support")]

    def support(self, found: dict[str, Any]) -> tuple[SupportWish, ...]:
        """From cleaned data of the whole form."""
        return wishes_from(found, list(self.children), suffix=f"_{self.run.pk}")


def fields_of_unit(offer: RunOffer, shared: dict[int, str], data: Any) -> UnitFields:
    """`shared` names the fields of questions that other units ask too."""
    run, asked = offer.run, offer.asked
    own: dict[str, forms.Field] = {}
    if len(offer.places) > 1:
        own[place_name(run)] = place_field(run, offer.places)
    stated = [one for one in asked.conditions if one.kind == Kind.STATED]
    own |= stated_fields(stated)
    alone = [one for one in asked.questions if one.pk not in shared]
    own |= question_fields(alone)
    own |= support_fields(asked.offers, suffix=f"_{run.pk}")
    return UnitFields(
        offer=offer,
        own=own,
        questions={
            one.pk: shared.get(one.pk, question_name(one)) for one in asked.questions
        },
        children=child_forms(data, asked.offers, prefix=f"unit{run.pk}-"),
    )


def place_name(run: CourseRun) -> str:
    return f"place_{run.pk}"


@dataclass(frozen=True)
class SharedQuestion:
    """Asked in the same words by `questions` of several units; `first` stands for them."""

    questions: Sequence[RunQuestion]

    @property
    def first(self) -> RunQuestion:
        return self.questions[0]

    @property
    def needed_by(self) -> set[int]:
        """The runs that want an answer."""
        return {one.run_id for one in self.questions if one.is_required}

    def field(self) -> forms.Field:
        field = question_fields([self.first])[question_name(self.first)]
        field.required = bool(self.needed_by)
        return field


def asked_by_several(offers: Iterable[RunOffer]) -> list[SharedQuestion]:
    """In the order in which they are asked first. Of one unit there may be several runs,
    of which a person chooses one."""
    groups: dict[tuple[str, ...], list[RunQuestion]] = {}
    for offer in offers:
        for one in offer.asked.questions:
            words = (one.kind, one.label.strip(), one.options.strip())
            groups.setdefault(words, []).append(one)
    return [SharedQuestion(found) for found in groups.values() if len(found) > 1]
