"""Series and their units: for the own section's courses only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.domain.sections import section_of
from courses.models import Series, SeriesUnit


class SeriesForm(WagtailAdminModelForm):
    """The section is the officer's own; administrators choose."""

    class Meta:
        model = Series
        fields = [
            *("title", "title_en", "slug", "goal", "theme", "department"),
            *("needed_units", "gives_certificate"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.for_user.is_superuser:
            section = section_of(self.for_user)
            own = self.fields["department"].queryset
            self.fields["department"].queryset = own.filter(
                pk=section.pk if section else None
            )
            self.fields["department"].initial = section
        self.fields["slug"].help_text = _("公開ページのアドレスになります。")


class SeriesUnitForm(WagtailAdminModelForm):
    """A unit of one of the section's series; its course may be another section's."""

    class Meta:
        model = SeriesUnit
        fields = ["series", "position", "course", "builds_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.for_user.is_superuser:
            section = section_of(self.for_user)
            own = self.fields["series"].queryset
            self.fields["series"].queryset = own.filter(
                department=section.pk if section else None
            )
