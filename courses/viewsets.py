"""The lists that courses are made from, in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

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


class StageViewSet(ModelViewSet):
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


class ThemeViewSet(ModelViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "branch", "parent"]
    list_filter = ["branch"]
    form_fields = ["name", "name_en", "key", "branch", "parent", "sort_order"]


class CompetencyViewSet(ModelViewSet):
    model = Competency
    icon = "pick"
    form_fields = ["name", "name_en", "key", "description", "sort_order"]


class VenueViewSet(ModelViewSet):
    model = Venue
    icon = "home"
    list_display = ["name", "area", "phone"]
    list_filter = ["area"]
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


class RoomViewSet(ModelViewSet):
    model = Room
    icon = "placeholder"
    list_display = ["name", "venue", "capacity"]
    list_filter = ["venue"]
    form_fields = ["venue", "name", "capacity"]


class InstructorViewSet(ModelViewSet):
    model = Instructor
    icon = "user"
    list_display = ["full_name", "full_name_kana", "title", "consents_to_publish"]
    form_fields = [
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "title",
        "profile",
        "consents_to_publish",
    ]


class PartnerViewSet(ModelViewSet):
    model = Partner
    icon = "group"
    form_fields = ["name", "url"]


class SeriesViewSet(ModelViewSet):
    model = Series
    icon = "list-ol"
    list_display = ["title", "theme", "department"]
    form_fields = ["title", "title_en", "slug", "goal", "theme", "department"]


class SeriesUnitViewSet(ModelViewSet):
    model = SeriesUnit
    icon = "list-ul"
    list_display = ["series", "position", "course"]
    list_filter = ["series"]
    form_fields = ["series", "position", "course", "builds_on"]


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
