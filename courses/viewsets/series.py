"""Series and their units in the back office: for the own section."""

from typing import Any

from wagtail.admin.views import generic

from accounts.domain.sections import require_section
from accounts.models import Department
from accounts.viewsets import DeleteUnlessUsed, ListViewSet
from courses.forms.back_office import SeriesForm, SeriesUnitForm
from courses.models import Series, SeriesUnit


class OwnSectionOnly:
    """Changing a series is for its section. Raises: NotAllowed."""

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)  # type: ignore[misc]
        require_section(self.request.user, _section(found))  # type: ignore[attr-defined]
        return found


def _section(found: Series | SeriesUnit) -> Department:
    series = found.series if isinstance(found, SeriesUnit) else found
    return series.department


class OwnEditView(OwnSectionOnly, generic.EditView):
    pass


class OwnDeleteView(OwnSectionOnly, DeleteUnlessUsed):
    pass


class SeriesViewSet(ListViewSet):
    model = Series
    icon = "list-ol"
    list_display = ["title", "theme", "department"]
    list_filter = ["department"]
    search_fields = ["title"]
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView

    def get_form_class(self, for_update: bool = False) -> type[SeriesForm]:
        return SeriesForm


class SeriesUnitViewSet(ListViewSet):
    model = SeriesUnit
    icon = "list-ul"
    list_display = ["series", "position", "course"]
    list_filter = ["series"]
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView

    def get_form_class(self, for_update: bool = False) -> type[SeriesUnitForm]:
        return SeriesUnitForm
