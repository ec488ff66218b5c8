"""What venues, rooms, instructors and partners have in common: what they are booked
for, and that the search has to hear of a new name."""

from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from accounts.viewsets import (
    DeleteUnlessUsed,
    KeptEditView,
    ListViewSet,
    RelatedIndexView,
)
from courses.domain.fiscal_year import TOKYO
from courses.domain.usage import bookings_of, day_of
from courses.forms.people import DayForm
from courses.models import Room, Venue

# Called with the request and the row: names in the search come from these lists.
PART_CHANGED = "after_change_course_part"
PER_PAGE = 50


class TellsOfChange:
    """Whoever keeps something made from the row is told once it is saved."""

    def run_after_hook(self) -> Any:
        return self.run_hook(PART_CHANGED, self.request, self.object)  # type: ignore[attr-defined]


class PartCreateView(TellsOfChange, generic.CreateView):
    pass


class PartEditView(TellsOfChange, KeptEditView):
    """With a way to what the row is booked for, where it can be booked."""

    uses_url_name: str | None = None

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *_uses_button(self, self.object)]


class PartIndexView(RelatedIndexView):
    uses_url_name: str | None = None

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *_uses_button(self, instance)]


class UsesView(generic.InspectView):
    """Sessions to come, and one day from opening to closing. For the lists' keepers."""

    page_title = _("予定")
    template_name = "manage/uses.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        form = DayForm(self.request.GET)
        day = (form.is_valid() and form.cleaned_data["day"]) or timezone.localdate()
        since = min(now, _midnight(day))
        coming = bookings_of(self.object, since=now)
        page_obj = Paginator(coming, PER_PAGE).get_page(self.request.GET.get("p"))
        hours = self._hours()
        return context | {
            "form": DayForm(initial={"day": day}),
            "day": day,
            "stretches": day_of(bookings_of(self.object, since=since), day, **hours),
            "page_obj": page_obj,
        }

    def _hours(self) -> dict[str, Any]:
        venue = self.object.venue if isinstance(self.object, Room) else self.object
        if not isinstance(venue, Venue):
            return {}
        return {"opens": venue.opens_at, "closes": venue.closes_at}


class PartViewSet(ListViewSet):
    add_view_class = PartCreateView
    edit_view_class = PartEditView


class BookedViewSet(PartViewSet):
    """A list of what sessions take."""

    index_view_class = PartIndexView
    delete_view_class = DeleteUnlessUsed

    @property
    def uses_view(self) -> Any:
        return self.construct_view(UsesView)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        uses = {"uses_url_name": self.get_url_name("uses")}
        return super().get_common_view_kwargs(**(uses | kwargs))

    def get_urlpatterns(self) -> list[URLPattern]:
        uses = path("uses/<int:pk>/", self.uses_view, name="uses")
        return [*super().get_urlpatterns(), uses]


def _uses_button(view: Any, instance: Any) -> list[Button]:
    if not view.uses_url_name:
        return []
    url = reverse(view.uses_url_name, args=[instance.pk])
    return [Button(_("予定"), url=url, icon_name="calendar", priority=15)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=TOKYO)
