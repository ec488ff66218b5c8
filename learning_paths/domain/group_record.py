"""学びの記録 of a group: what its members completed of the courses on the paths that it
follows, by fiscal year, and what that adds up to. Other courses are each member's own
affair, as they were told when they joined."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from courses.models import Course
from enrollments.domain.completed import completions_of
from learning_paths.domain.queries import courses_on_paths
from learning_paths.models import Group


@dataclass(frozen=True)
class Learned:
    """One member completed one run of a course, having come to so many `sessions`."""

    user: User
    course: Course
    label: str
    completed_on: date
    sessions: int


@dataclass(frozen=True)
class CourseLearned:
    course: Course
    learned: Sequence[Learned]

    @property
    def sessions(self) -> int:
        return sum(one.sessions for one in self.learned)

    @property
    def members(self) -> list[User]:
        """Once each, also who completed two runs of it."""
        return list(dict.fromkeys(one.user for one in self.learned))


@dataclass(frozen=True)
class YearLearned:
    """`members` counts each person once."""

    fiscal_year: int
    courses: Sequence[CourseLearned]
    members: int
    completions: int
    sessions: int


@dataclass(frozen=True)
class GroupRecord:
    """Of the members of today; newest year first."""

    years: Sequence[YearLearned]
    members: int
    completions: int
    sessions: int


def record_of_group(group: Group, members: Iterable[User]) -> GroupRecord:
    """In a fixed number of queries, however many members and courses."""
    users = {user.pk: user for user in members}
    on_paths = courses_on_paths(Group.objects.filter(pk=group.pk))
    courses = set(on_paths.order_by().values_list("pk", flat=True))
    learned = [
        Learned(
            user=users[user],
            course=run.course,
            label=run.label,
            completed_on=completion.completed_on,
            sessions=completion.sessions_attended,
        )
        for user, completion in completions_of(users.values())
        if (run := completion.participant.application.run).course_id in courses
    ]
    learned.sort(key=lambda one: (one.completed_on, one.user.pk), reverse=True)
    return GroupRecord(_years(learned), *_totals(learned))


def _years(learned: Iterable[Learned]) -> list[YearLearned]:
    by_year: dict[int, list[Learned]] = defaultdict(list)
    for one in learned:
        by_year[fiscal_year_of(one.completed_on)].append(one)
    return [
        YearLearned(year, _courses(there), *_totals(there))
        for year, there in by_year.items()
    ]


def _courses(learned: Iterable[Learned]) -> list[CourseLearned]:
    found: dict[int, list[Learned]] = defaultdict(list)
    for one in learned:
        found[one.course.pk].append(one)
    return [CourseLearned(there[0].course, there) for there in found.values()]


def _totals(learned: Sequence[Learned]) -> tuple[int, int, int]:
    return (
        len({one.user.pk for one in learned}),
        len(learned),
        sum(one.sessions for one in learned),
    )
