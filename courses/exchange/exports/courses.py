"""講座・開催・回: one line a session, in the columns that the import reads."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.course_columns import OF_COURSE, OF_SESSION
from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.run_columns import OF_RUN
from courses.models import Session


class CourseSource(Source):
    def groups(self) -> Sequence[ColumnGroup]:
        return (
            ColumnGroup(_("講座"), OF_COURSE),
            ColumnGroup(_("開催"), OF_RUN),
            ColumnGroup(_("回"), OF_SESSION),
        )

    def rows(self) -> QuerySet[Session]:
        sessions = Session.objects.filter(self.scope.runs("run__"))
        return sessions.order_by("run__fiscal_year", "run__code", "number")

    def loaded(self) -> QuerySet[Session]:
        return (
            Session.objects.select_related("run__course__department", "run__venue")
            .select_related("venue", "room")
            .prefetch_related("instructors", "run__pools")
        )

    def people(self, keys: Sequence[int]) -> int:
        return 0
