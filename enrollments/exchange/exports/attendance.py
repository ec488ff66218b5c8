"""出席: of one run, one line somebody with a place and one column a session."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.enums import ApplicationState
from enrollments.exchange.attendance_columns import ABOUT_PERSON, MarkColumn
from enrollments.models import Participant


class AttendanceSource(Source):
    about_people = True

    def groups(self) -> Sequence[ColumnGroup]:
        run = self.scope.run
        held = run.sessions.order_by("starts_at", "number") if run else ()
        marks = [MarkColumn(session) for session in held]
        return (ColumnGroup(_("参加する方"), ABOUT_PERSON), ColumnGroup(_("回"), marks))

    def rows(self) -> QuerySet[Participant]:
        found = Participant.objects.filter(
            self.scope.runs("application__run__"),
            application__state=ApplicationState.ACCEPTED,
        )
        return found.order_by("family_name_kana", "given_name_kana", "pk")

    def loaded(self) -> QuerySet[Participant]:
        people = Participant.objects.select_related("application")
        return people.prefetch_related("attendances")
