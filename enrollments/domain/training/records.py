"""Training of staff by fiscal year, section and person, with hours; one's own for
everybody who works for the city."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.domain.contact import kana_key, tidy_text
from accounts.models import Department, User
from courses.models import CourseRun
from enrollments.domain.queries import applications_of
from enrollments.domain.training.hours import hours_words
from enrollments.domain.training.places import (
    came_to,
    held_of,
    minutes_of,
    staff_number_of,
    staff_places,
    with_training,
)
from enrollments.models import Participant


@dataclass(frozen=True)
class Training:
    """One employee in one run. `section` is that of the time."""

    run: CourseRun
    name: str
    kana: str
    section: str
    staff_number: str
    came: int
    held: int
    minutes: int
    completed_on: date | None

    @property
    def hours(self) -> str:
        return hours_words(self.minutes)


@dataclass(frozen=True)
class Learner:
    """One employee's runs. Without a number, people are told apart by reading and
    section."""

    name: str
    kana: str
    section: str
    staff_number: str
    runs: Sequence[Training]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.runs)

    @property
    def hours(self) -> str:
        return hours_words(self.minutes)

    @property
    def completed(self) -> int:
        return sum(one.completed_on is not None for one in self.runs)


def places_in(
    *,
    fiscal_year: int | None = None,
    department: Department | None = None,
    words: str = "",
) -> QuerySet[Participant]:
    """`words` are a part of a name, a reading or a whole employee number."""
    found = staff_places()
    if fiscal_year is not None:
        found = found.filter(application__run__fiscal_year=fiscal_year)
    if department is not None:
        found = found.filter(application__department=department)
    if said := tidy_text(words):
        bare = said.replace(" ", "")
        found = found.filter(
            Q(family_name__contains=bare)
            | Q(given_name__contains=bare)
            | Q(family_name_kana__contains=kana_key(bare))
            | Q(given_name_kana__contains=kana_key(bare))
            | Q(application__nomination__staff_number=said)
            | Q(user__staff_profile__staff_number=said)
            | Q(is_applicant=True, application__user__staff_profile__staff_number=said)
        )
    return found


def trainings(places: QuerySet[Participant]) -> list[Training]:
    return [training_of(one) for one in with_training(places)]


def training_of(person: Participant) -> Training:
    completion = getattr(person, "completion", None)
    section = person.application.department
    return Training(
        run=person.application.run,
        name=person.full_name,
        kana=person.full_name_kana,
        section=section.name if section else "",
        staff_number=staff_number_of(person),
        came=len(came_to(person)),
        held=held_of(person),
        minutes=minutes_of(person),
        completed_on=completion.completed_on if completion else None,
    )


def by_learner(found: Iterable[Training]) -> list[Learner]:
    """In the order in which they come. Pure."""
    groups: dict[tuple[str, ...], list[Training]] = {}
    for one in found:
        who = (one.staff_number,) if one.staff_number else (kana_key(one.kana), one.section)
        groups.setdefault(who, []).append(one)
    return [_learner(runs) for runs in groups.values()]


def _learner(runs: Sequence[Training]) -> Learner:
    """As the last of the runs names them."""
    last = runs[-1]
    return Learner(last.name, last.kana, last.section, last.staff_number, runs)


def own_training(user: User) -> list[Training]:
    """Of the account, the latest year first. What others applied for under its address
    counts only under its own reading of the name."""
    applied = Q(is_applicant=True, application__in=applications_of(user))
    kana = kana_key(user.full_name_kana)
    own = with_training(staff_places().filter(applied | Q(user=user)))
    return sorted(
        (
            training_of(person)
            for person in own
            if user.pk in (person.user_id, person.application.user_id)
            or (kana and kana_key(person.full_name_kana) == kana)
        ),
        key=lambda one: (-one.run.fiscal_year, one.run.code),
    )


def years_of_training() -> list[int]:
    years = (
        staff_places().order_by().values_list("application__run__fiscal_year", flat=True)
    )
    return sorted(set(years.distinct()), reverse=True)
