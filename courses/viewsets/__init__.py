"""The lists that courses are made from, in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from courses.viewsets.people import InstructorViewSet, PartnerViewSet
from courses.viewsets.places import ClosingDayViewSet, RoomViewSet, VenueViewSet
from courses.viewsets.series import SeriesUnitViewSet, SeriesViewSet
from courses.viewsets.taxonomy import (
    AudienceViewSet,
    CompetencyViewSet,
    StageViewSet,
    ThemeViewSet,
)


class CoursePartsGroup(ViewSetGroup):
    menu_label = _("講座の台帳")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (
        VenueViewSet("venues"),
        RoomViewSet("rooms"),
        ClosingDayViewSet("closing_days"),
        InstructorViewSet("instructors"),
        PartnerViewSet("partners"),
        SeriesViewSet("series"),
        SeriesUnitViewSet("series_units"),
        ThemeViewSet("themes"),
        AudienceViewSet("audiences"),
        StageViewSet("stages"),
        CompetencyViewSet("competencies"),
    )
