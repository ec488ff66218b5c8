"""Narrows the list of courses; unknown values narrow nothing."""

from typing import Any

from django import forms

from courses.forms.fiscal_year import FiscalYearField
from courses.models import CourseRun


class CourseFilterForm(forms.Form):
    year = FiscalYearField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = CourseRun.objects.order_by().values_list("fiscal_year", flat=True)
        self.fields["year"].offer(years.distinct())
