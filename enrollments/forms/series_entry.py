"""What staff type of somebody who applies for several units of a series by telephone, at
the counter, on paper or by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.enums import PoolKind
from enrollments.domain.places import Place
from enrollments.domain.series.applying import Entered
from enrollments.enums import Channel
from enrollments.forms.arrival import ArrivalForm
from enrollments.forms.entry import COMPANIONS_SHOWN
from enrollments.forms.series import SeriesForm


class SeriesEntryForm(ArrivalForm, SeriesForm):
    department = forms.ModelChoiceField(
        label=_("所属する課"), queryset=Department.objects.all(), required=False
    )

    asks_strictly = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [place for one in self.offers for place in one.places]
        if all(place.kind != PoolKind.STAFF for place in places):
            del self.fields["department"]
        if not any(one.run.paper_deadline for one in self.offers):
            del self.fields["postmarked_on"]

    def rows_shown(self) -> int:
        """At once, as cards are typed without the mouse."""
        return min(self.most_rows, COMPANIONS_SHOWN)

    def arrived(self, place: Place | None) -> dict[str, Any]:
        found = self.cleaned_data
        section = found.get("department")
        is_for_staff = bool(place and place.kind == PoolKind.STAFF)
        return {
            "channel": Channel(found["channel"]),
            "staff_note": found["staff_note"],
            "postmarked_on": found.get("postmarked_on"),
            "department": section.pk if section and is_for_staff else None,
        }

    def entered(self) -> Entered:
        """A reason opens the window, but only the tick says that it is somebody else."""
        found = self.cleaned_data
        reason = found["override_reason"]
        return Entered(
            received_at=found["received_at"],
            override_reason=reason,
            namesake_reason=reason if found["is_namesake"] else "",
        )

    # ------------------------------------------------------------ as the page shows it
    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def arrival_fields(self) -> list[forms.BoundField]:
        names = ("channel", "received_at", "postmarked_on", "department", "group")
        return self._bound(*names)

    def person_fields(self) -> list[forms.BoundField]:
        return self._bound(
            "family_name",
            "given_name",
            "family_name_kana",
            "given_name_kana",
            "phone",
            "postal_code",
            "address",
            "email",
            "by_post",
            "birth_date",
            "school_year",
            "residency",
        )

    def special_fields(self) -> list[forms.BoundField]:
        names = ("message", "staff_note", "is_namesake", "override_reason")
        return self._bound(*self.shared_names, "other_wish", *names)
