"""Instructors by their names, as an officer types them into a session's row."""

import re
from collections.abc import Iterable
from functools import cached_property

from django.forms import ValidationError
from django.utils.translation import gettext as _

from accounts.domain.contact import tidy_text
from courses.models import Course, Instructor, SessionInstructor

BETWEEN = re.compile(r"[、,，;；\n]")


class Faculty:
    """`of_course` teach wherever a row names nobody."""

    def __init__(self, course: Course | None = None) -> None:
        self.of_course = tuple(course.instructors.all()) if course else ()

    @cached_property
    def names(self) -> dict[str, Instructor]:
        """Everybody by a name that is theirs alone: namesakes carry their number."""
        found: dict[str, list[Instructor]] = {}
        for person in Instructor.objects.all():
            found.setdefault(person.full_name, []).append(person)
        return {
            name if len(people) == 1 else f"{name}（{person.pk}）": person
            for name, people in found.items()
            for person in people
        }

    def named(self, text: str) -> tuple[Instructor, ...]:
        """Raises: ValidationError, naming whom nobody knows."""
        found: dict[int, Instructor] = {}
        for part in filter(None, map(tidy_text, BETWEEN.split(text))):
            person = self._by_key.get(_key(part))
            if person is None:
                raise ValidationError(self._unknown(part))
            found[person.pk] = person
        return tuple(found.values())

    def words(self, people: Iterable[Instructor]) -> str:
        wanted = {person.pk for person in people}
        return "、".join(name for name, one in self.names.items() if one.pk in wanted)

    def beside_course(self, sessions: Iterable[int]) -> dict[int, str]:
        """The names of those who teach a session, where they are not the course's."""
        found: dict[int, list[Instructor]] = {}
        rows = SessionInstructor.objects.filter(session__in=list(sessions))
        for row in rows.select_related("instructor"):
            found.setdefault(row.session_id, []).append(row.instructor)
        usual = set(self.of_course)
        return {pk: self.words(who) for pk, who in found.items() if set(who) != usual}

    @cached_property
    def _by_key(self) -> dict[str, Instructor]:
        return {_key(name): person for name, person in self.names.items()}

    def _unknown(self, name: str) -> str:
        alike = [full for full in self.names if _key(full).startswith(_key(name) + "(")]
        if alike:
            words = _("同じ名前の講師がいます。「%(names)s」のどちらかを書いてください。")
            return words % {"names": "」「".join(alike)}
        words = _("「%(name)s」さんは講師の一覧にいません。先に講師を登録してください。")
        return words % {"name": name}


def _key(name: str) -> str:
    """Spaces, and the width of brackets and digits, do not tell people apart."""
    return tidy_text(name).replace(" ", "").replace("（", "(").replace("）", ")")
