"""The page of a series, made by the section that the series belongs to."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from accounts.domain.sections import section_of


class OwnSeriesForm(WagtailAdminPageForm):
    """Only series of the own section that have no page yet; administrators choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "series" not in self.fields or self.for_user is None:
            return
        series = self.fields["series"].queryset
        if not self.for_user.is_superuser:
            section = section_of(self.for_user)
            series = series.filter(department=section.pk if section else None)
        free = series.filter(page__isnull=True)
        own = series.filter(pk=self.instance.series_id)
        self.fields["series"].queryset = free | own
