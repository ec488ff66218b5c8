"""The form that says of what a list going out is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from cms.exports.kinds import ExportKind
from cms.exports.scopes import runs_for
from courses.domain.fiscal_year import fiscal_year_words
from courses.models import CourseRun

RUNS_OFFERED = 300


class ScopeForm(forms.Form):
    """Of what the list is; in the address, so that it can be kept as a bookmark."""

    run = forms.ModelChoiceField(
        CourseRun.objects.none(), label=_("開催"), required=False, to_field_name="code"
    )
    fiscal_year = forms.TypedChoiceField(
        label=_("年度"), required=False, coerce=int, empty_value=None
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("担当課"),
        required=False,
        empty_label=_("すべての課"),
    )

    def __init__(self, *args: Any, kind: ExportKind, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if kind.of_runs:
            self._offer_runs(kind, user)
        else:
            del self.fields["run"]
        if kind.of_run or not kind.of_years:
            del self.fields["fiscal_year"]
        else:
            self._offer_years(kind, user)
        if kind.of_run or not kind.of_years or not self._asks_section(kind, user):
            del self.fields["department"]

    @staticmethod
    def _asks_section(kind: ExportKind, user: Any) -> bool:
        return bool(user.is_superuser or kind.of_all_sections)

    def _offer_runs(self, kind: ExportKind, user: Any) -> None:
        field: Any = self.fields["run"]
        field.queryset = runs = runs_for(kind, user)
        shown = [(one.code, f"{one.code} {one}") for one in runs[:RUNS_OFFERED]]
        asked = self.data.get("run", "")
        if asked and asked not in dict(shown):
            shown += [(one.code, f"{one.code} {one}") for one in runs.filter(code=asked)]
        every = _("えらんでください") if kind.of_run else _("すべての開催")
        field.widget.choices = [("", every), *shown]

    def _offer_years(self, kind: ExportKind, user: Any) -> None:
        found = runs_for(kind, user).order_by().values_list("fiscal_year", flat=True)
        years = sorted(set(found), reverse=True)
        field: Any = self.fields["fiscal_year"]
        field.choices = [
            ("", _("すべての年度")),
            *((year, fiscal_year_words(year)) for year in years),
        ]
