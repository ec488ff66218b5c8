"""講師: one line a person; what the section notes of them needs the permission."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.instructor_columns import INSTRUCTOR_COLUMNS
from courses.models import Instructor


class InstructorSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset(
        {"contact_email", "contact_phone", "fee_note", "staff_note"}
    )

    def groups(self) -> Sequence[ColumnGroup]:
        return (ColumnGroup(_("講師"), INSTRUCTOR_COLUMNS),)

    def rows(self) -> QuerySet[Instructor]:
        return Instructor.objects.order_by("family_name_kana", "given_name_kana", "pk")

    def loaded(self) -> QuerySet[Instructor]:
        return Instructor.objects.prefetch_related("themes")
