"""Venues with their rooms, and closing days, in the back office."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from accounts.viewsets import ListViewSet
from courses.forms.venues import WEEKDAYS, ClosingDayForm, VenueForm
from courses.models import ClosingDay, Room, Venue
from courses.viewsets.parts import BookedViewSet


def _closed(venue: Venue) -> str:
    names = dict(WEEKDAYS)
    return "・".join(str(names[day]) for day in venue.closed_weekdays)


class VenueViewSet(BookedViewSet):
    model = Venue
    icon = "home"
    list_display = [
        "name",
        "area",
        "phone",
        Column("closed", label=_("休館する曜日"), accessor=_closed),
    ]
    list_filter = ["area"]
    search_fields = ["name", "name_kana", "area"]
    create_template_name = "manage/venue_form.html"
    edit_template_name = "manage/venue_form.html"

    def get_form_class(self, for_update: bool = False) -> type[VenueForm]:
        return VenueForm


class RoomViewSet(BookedViewSet):
    model = Room
    icon = "placeholder"
    list_display = ["name", "venue", "capacity", "equipment"]
    list_filter = ["venue"]
    search_fields = ["name", "venue__name"]
    form_fields = ["venue", "name", "capacity", "equipment"]


def _days(closing: ClosingDay) -> Any:
    first, last = closing.first_day, closing.last_day
    pattern = "MONTH_DAY_FORMAT" if closing.is_yearly else "DATE_FORMAT"
    words = [date_format(day, pattern) for day in dict.fromkeys((first, last))]
    days = "〜".join(words)
    return _("毎年 %(days)s") % {"days": days} if closing.is_yearly else days


def _where(closing: ClosingDay) -> Any:
    return closing.venue or _("すべての会場")


class ClosingDayViewSet(ListViewSet):
    model = ClosingDay
    icon = "calendar"
    list_display = [
        "name",
        Column("days", label=_("期間"), accessor=_days, sort_key="first_day"),
        Column("venue", label=_("会場"), accessor=_where),
    ]
    list_filter = ["venue", "is_yearly"]

    def get_form_class(self, for_update: bool = False) -> type[ClosingDayForm]:
        return ClosingDayForm
