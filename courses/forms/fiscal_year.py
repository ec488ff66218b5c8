"""年度 to choose from, in words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.domain.fiscal_year import fiscal_year_words
from courses.models.localised import in_english


class FiscalYearField(forms.TypedChoiceField):
    """None where no year was chosen. The years are set on each form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("年度"), required=False, coerce=int, empty_value=None, **kwargs
        )

    def offer(self, years: Iterable[int]) -> None:
        words = [
            (year, f"FY{year}" if in_english() else fiscal_year_words(year))
            for year in sorted(set(years), reverse=True)
        ]
        self.choices = [("", _("すべての年度")), *words]
