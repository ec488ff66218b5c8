"""Who reached a milestone in a fiscal year, for a certificate or a word of thanks: a person
is an account or, without one, a reading of the name with one way to reach it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.domain.contact import kana_key
from accounts.models import Department
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.domain.finishing.learning_record import goals_of
from enrollments.domain.finishing.milestones import reached
from enrollments.models import Attendance, Milestone

Person = tuple[str, ...]


@dataclass(frozen=True)
class Honoured:
    """`participant` is the key of the row under which the person came last."""

    milestone: Milestone
    day: date
    name: str
    kana: str
    participant: int


def who_reached(fiscal_year: int, *, section: Department | None) -> list[Honoured]:
    """By milestone and day. Sessions of all sections count; with a `section`, only people
    who came to a course of it are named. Two queries."""
    milestones = {one.pk: one for one in Milestone.objects.all()}
    goals = goals_of(milestones.values())
    days: dict[Person, list[date]] = defaultdict(list)
    last: dict[Person, tuple[str, str, int]] = {}
    known: set[Person] = set()
    rows = Attendance.objects.filter(status__in=COUNTS_AS_ATTENDED).order_by("pk")
    for row in rows.values_list(*COLUMNS).iterator():
        user, mail, phone, family, given, family_kana, given_kana = row[:7]
        kana = f"{family_kana} {given_kana}"
        is_own, owner, key, held, elsewhere, sent = row[7:]
        account = sent or (user if is_own else None)
        stranger = (kana_key(kana), mail or phone)
        person: Person = ("account", str(account)) if account else stranger
        days[person].append(timezone.localdate(elsewhere or held))
        last[person] = (f"{family} {given}", kana, key)
        if section is None or owner == section.pk:
            known.add(person)
    return [
        Honoured(milestones[one.goal.key], one.day, *last[person])
        for person in sorted(known, key=lambda one: last[one][1])
        for one in reached(days[person], goals)
        if fiscal_year_of(one.day) == fiscal_year
    ]


COLUMNS = (
    "participant__application__user",
    "participant__application__email",
    "participant__application__phone",
    "participant__family_name",
    "participant__given_name",
    "participant__family_name_kana",
    "participant__given_name_kana",
    "participant__is_applicant",
    "session__run__course__department",
    "participant",
    "session__starts_at",
    "made_up_in__starts_at",
    "participant__user",
)
