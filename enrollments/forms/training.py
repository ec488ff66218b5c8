"""Whose training is looked at."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.forms.fiscal_year import FiscalYearField


class TrainingForm(forms.Form):
    fiscal_year = FiscalYearField()
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("課"), required=False, empty_label=_("すべての課")
    )
    words = forms.CharField(label=_("氏名・職員番号"), required=False, max_length=60)

    def __init__(self, data: Any = None, *, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["fiscal_year"]
        assert isinstance(field, FiscalYearField)
        field.offer(years)
