"""The sessions of a run as rows: a day, from when to when, what and in which room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from cms.forms.faculty import Faculty
from cms.forms.plain_fields import capacity_field
from cms.forms.session_rows import row_initial, rows_of
from courses.domain.offering import SessionRefused
from courses.domain.refusals import InstructorTaken, RoomElsewhere, RoomTaken
from courses.domain.session_plans import SessionPlan, plan_of
from courses.domain.session_pools import Places, places_of_last
from courses.domain.sessions import was_announced
from courses.enums import PoolKind
from courses.models import CourseRun, Instructor, Room
from enrollments.domain.run_changes import SessionChange

MOST_ROWS = 100
MORE_ROWS = 3


class SessionForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("日付"),
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    begins = forms.TimeField(
        label=_("開始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("終了"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    title = forms.CharField(label=_("題名"), max_length=160, required=False)
    room = forms.ChoiceField(label=_("部屋"), required=False)
    online_url = forms.URLField(
        label=_("オンラインの参加先"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("受講が決まった方だけに知らせます。"),
    )
    teachers = forms.CharField(
        label=_("この回の講師"),
        max_length=300,
        required=False,
        help_text=_("空けておくと講座の講師です。何人かは「、」で区切ります。"),
        widget=forms.TextInput(attrs={"list": "teachers"}),
    )
    override_reason = forms.CharField(
        label=_("重なってもよい理由"),
        max_length=200,
        required=False,
        help_text=_("講師がほかの回と重なるときだけ書きます。"),
    )
    is_required = forms.BooleanField(label=_("修了に必須の回"), required=False)
    drop = forms.BooleanField(label=_("この回を消す"), required=False)

    def __init__(
        self,
        *args: Any,
        rooms: dict[str, Room],
        room_choices: list[Any],
        faculty: Faculty,
        may_drop: bool = False,
        places: Places = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        """`places`: of each session for itself; a new one is asked, and shown those of
        the last."""
        super().__init__(*args, **kwargs)
        self.kinds = tuple(places)
        for kind, capacity in places.items():
            label = _("この回の定員") if len(places) == 1 else PoolKind(kind).label
            field = self.fields[f"places_{kind}"] = capacity_field(label)
            field.initial = capacity if self.empty_permitted else None
        self.rooms = rooms
        self.faculty = faculty
        self.number = self.initial.get("number")
        self.fields["room"].choices = room_choices
        self.reason = self.fields["override_reason"]
        if self.add_prefix("override_reason") not in self.data:
            # Asked for once somebody is elsewhere at the time.
            del self.fields["override_reason"]
        if not may_drop or self.empty_permitted:
            # What was announced is called off instead; an empty row is left empty.
            del self.fields["drop"]

    def has_changed(self) -> bool:
        """Places alone make no new session."""
        places = {f"places_{kind}" for kind in self.kinds}
        if self.empty_permitted:
            return bool(set(self.changed_data) - places)
        return super().has_changed()

    def clean_teachers(self) -> tuple[Instructor, ...]:
        return self.faculty.named(self.cleaned_data["teachers"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("drop"):
            self._errors.clear()
            return found
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("終了は開始より後の時刻にしてください。"))
        return found

    def plan(self, base: SessionPlan | None = None) -> SessionPlan:
        """What a row does not show stays as it is in `base`."""
        found = self.cleaned_data
        room = self.rooms.get(found["room"])
        said = {
            "starts_at": _in_tokyo(found["day"], found["begins"]),
            "ends_at": _in_tokyo(found["day"], found["ends"]),
            "title": found["title"],
            "room": room,
            "online_url": found["online_url"],
            "is_required": found["is_required"],
            "instructors": self._instructors(),
            "override_reason": found.get("override_reason", ""),
            "places": {PoolKind(kind): found[f"places_{kind}"] for kind in self.kinds},
        }
        if base is None:
            return SessionPlan(**said, venue=room.venue if room else None)
        stays = base.venue if base.room is None else None
        return replace(base, **said, venue=room.venue if room else stays)

    def _instructors(self) -> tuple[Instructor, ...] | None:
        """None leaves it to the course; emptied names go back to the course's."""
        found: tuple[Instructor, ...] = self.cleaned_data["teachers"]
        if found:
            return found if "teachers" in self.changed_data else None
        return self.faculty.of_course if "teachers" in self.changed_data else None


def _in_tokyo(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


def rooms_now() -> dict[str, Room]:
    """By the key that a form sends."""
    rooms = Room.objects.select_related("venue").order_by("venue__name_kana", "name")
    return {str(room.pk): room for room in rooms}


def room_choices(rooms: dict[str, Room]) -> list[Any]:
    """Rooms under the names of their venues."""
    found: dict[str, list[tuple[int, str]]] = {}
    for room in rooms.values():
        found.setdefault(str(room.venue), []).append((room.pk, room.name))
    return [("", _("会場のどこか")), *found.items()]


class SessionRows(forms.BaseFormSet):
    """Rows for the sessions that fit into one, and a few empty ones.

    `run` none: all rows are new, the first of them filled with `rows`.
    """

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        rooms: dict[str, Room],
        faculty: Faculty,
        run: CourseRun | None = None,
        rows: Sequence[dict[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        self.known = {session.pk: session for session in rows_of(run)} if run else {}
        self.plans: list[tuple[SessionForm, SessionPlan]] = []
        may_drop = run is not None and not was_announced(run)
        kwargs["form_kwargs"] = {
            "rooms": rooms,
            "room_choices": room_choices(rooms),
            "faculty": faculty,
            "may_drop": may_drop,
            "places": places_of_last(run) if run and run.chooses_session else {},
        }
        if run is not None:
            own = faculty.beside_course(self.known)
            kwargs["initial"] = [
                row_initial(session) | {"teachers": own.get(session.pk, "")}
                for session in self.known.values()
            ]
        elif rows and data is None:
            # Sent back, a proposed row is as new as any other.
            kwargs["initial"] = list(rows)
            self.extra = max(len(rows), MORE_ROWS)
        super().__init__(data, *args, **kwargs)

    def initial_form_count(self) -> int:
        """Rows that stand for sessions; a proposed row is new and may be emptied."""
        return super().initial_form_count() if self.is_bound else len(self.known)

    def clean(self) -> None:
        """A row whose session is no longer there was changed by somebody else."""
        for row in self.forms:
            key = row.cleaned_data.get("pk") if row.is_valid() else None
            if key and key not in self.known:
                row.add_error(
                    None, _("この回は、ほかの人が変更しました。画面を開き直してください。")
                )

    def new_plans(self) -> list[SessionPlan]:
        """Plans of rows that were filled in."""
        return [change.plan for change in self.changes()]

    def changes(self) -> list[SessionChange]:
        """What was changed, added and taken out, in the order of the rows."""
        found = []
        for row in self.forms:
            if not row.has_changed():
                continue
            session = self.known.get(row.cleaned_data.get("pk") or 0)
            drop = bool(row.cleaned_data.get("drop"))
            if drop and session is None:
                continue
            base = plan_of(session) if session else None
            plan = base if drop and base else row.plan(base)
            self.plans.append((row, plan))
            found.append(SessionChange(plan=plan, session=session, drop=drop))
        return found

    def filled(self) -> list[dict[str, Any]]:
        """What complete rows say, in order of time."""
        said = [row.cleaned_data for row in self.forms if row.is_valid()]
        kept = [each for each in said if each.get("day") and not each.get("drop")]
        return sorted(kept, key=lambda each: (each["day"], each["begins"]))

    def point_at(self, refusal: SessionRefused) -> None:
        """Show the refusal in the row that it is about."""
        field = "day"
        if isinstance(refusal.why, RoomTaken | RoomElsewhere):
            field = "room"
        elif isinstance(refusal.why, InstructorTaken):
            field = "teachers"
        for row, plan in self.plans:
            if plan is refusal.plan:
                if field == "teachers":
                    row.fields["override_reason"] = row.reason
                row.add_error(field, str(refusal.sentence))


SessionFormSet = forms.formset_factory(
    SessionForm,
    formset=SessionRows,
    extra=MORE_ROWS,
    max_num=MOST_ROWS,
    absolute_max=5 * MOST_ROWS,
)
