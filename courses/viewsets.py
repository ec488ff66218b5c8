"""The lists that courses are made from, in the back office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.domain.sections import require_section
from accounts.models import Department
from accounts.viewsets import DeleteUnlessUsed, ListViewSet
from courses.forms.back_office import SeriesForm, SeriesUnitForm
from courses.models import (
    Competency,
    Instructor,
    Partner,
    Room,
    Series,
    SeriesUnit,
    Stage,
    Theme,
    Venue,
)


class StageViewSet(ListViewSet):
    model = Stage
    icon = "order"
    list_display = ["name", "sort_order", "is_autonomous", "name_is_provisional"]
    form_fields = [
        "name",
        "furigana",
        "name_en",
        "key",
        "sort_order",
        "description",
        "description_en",
        "colour",
        "is_autonomous",
        "name_is_provisional",
    ]


class ThemeViewSet(ListViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "branch", "parent"]
    list_filter = ["branch"]
    search_fields = ["name"]
    form_fields = ["name", "name_en", "key", "branch", "parent", "sort_order"]


class CompetencyViewSet(ListViewSet):
    model = Competency
    icon = "pick"
    form_fields = ["name", "name_en", "key", "description", "sort_order"]


class VenueViewSet(ListViewSet):
    model = Venue
    icon = "home"
    list_display = ["name", "area", "phone"]
    list_filter = ["area"]
    search_fields = ["name", "name_kana", "area"]
    form_fields = [
        "name",
        "name_kana",
        "code",
        "area",
        "postal_code",
        "address",
        "phone",
        "access",
        "accessibility",
        "latitude",
        "longitude",
    ]


class RoomViewSet(ListViewSet):
    model = Room
    icon = "placeholder"
    list_display = ["name", "venue", "capacity"]
    list_filter = ["venue"]
    form_fields = ["venue", "name", "capacity"]


class InstructorViewSet(ListViewSet):
    model = Instructor
    icon = "user"
    list_display = ["full_name", "full_name_kana", "title", "consents_to_publish"]
    search_fields = [
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
    ]
    form_fields = [
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "title",
        "profile",
        "consents_to_publish",
    ]


class PartnerViewSet(ListViewSet):
    model = Partner
    icon = "group"
    search_fields = ["name"]
    form_fields = ["name", "url"]


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


class CoursePartsGroup(ViewSetGroup):
    menu_label = _("講座の台帳")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (
        VenueViewSet("venues"),
        RoomViewSet("rooms"),
        InstructorViewSet("instructors"),
        PartnerViewSet("partners"),
        SeriesViewSet("series"),
        SeriesUnitViewSet("series_units"),
        ThemeViewSet("themes"),
        StageViewSet("stages"),
        CompetencyViewSet("competencies"),
    )
