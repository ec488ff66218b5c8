"""An offering with its sessions, asked and answered together."""

from typing import Any

from django.forms import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from cms.forms.beginning import Beginning
from cms.forms.course import FormKey
from cms.forms.faculty import Faculty
from cms.forms.posted_rows import room_for, with_more, with_rows, without
from cms.forms.repeat import Outlook, RepeatForm
from cms.forms.run import RunForm
from cms.forms.sessions import MORE_ROWS, MOST_ROWS, SessionFormSet, room_choices, rooms_now
from courses.domain.offering import NeedsWindow, SessionRefused, WindowOutOfOrder
from courses.models import Course, CourseRun, Venue
from enrollments.domain.capacity import SeatsAlreadyGiven
from enrollments.domain.run_changes import TermsAreFixed

MORE, LOOK, ADD = "more", "look", "add"
HELPING = {MORE, LOOK, ADD}
ROWS = "sessions"


class RunForms:
    """`course` none: made together with it. `is_public`: what is saved shows at once,
    so that dates of a rule are looked at first; a draft takes them as they are."""

    helping = HELPING

    def __init__(
        self,
        request: HttpRequest,
        *,
        course: Course | None,
        run: CourseRun | None = None,
        is_public: bool = False,
        beginning: Beginning | None = None,
    ) -> None:
        self.beginning = beginning or Beginning()
        self.step = request.POST.get("step", "")
        self.is_sent = bool(request.POST) and self.step not in self.helping
        data = self._with_wanted_rows(request.POST) if request.POST else None
        self.run = self._run_form(data, run, course is None)
        self.faculty = Faculty(course)
        self.rooms = rooms_now()
        self.repeat = self._repeat_form(data, pressed=self.step in (LOOK, ADD))
        self.outlook = self._look_ahead()
        if self.outlook and self.step != LOOK:
            data = self._with_dates(data, is_public or self.step == "publish")
            self.run = self._run_form(data, run, course is None)
        self.data = data
        self.sessions = SessionFormSet(
            data,
            prefix=ROWS,
            run=run,
            rooms=self.rooms,
            faculty=self.faculty,
            rows=self.beginning.sessions,
        )
        self.key = FormKey(data) if run is None else None

    def _with_wanted_rows(self, data: Any) -> Any:
        if self.step != MORE:
            return data
        return with_more(data, ROWS, more=MORE_ROWS, most=MOST_ROWS)

    def _run_form(self, data: Any, run: CourseRun | None, first: bool) -> RunForm:
        return RunForm(
            data,
            prefix="run",
            run=run,
            first=first,
            kinds=self.beginning.kinds,
            initial=self.beginning.run,
        )

    def _repeat_form(self, data: Any, pressed: bool = False) -> RepeatForm:
        return RepeatForm(
            data,
            prefix="repeat",
            rooms=self.rooms,
            choices=room_choices(self.rooms),
            pressed=pressed,
            initial=self.beginning.repeat,
        )

    def _look_ahead(self) -> Outlook | None:
        """A rule that was filled in is never passed over, whatever button was pressed."""
        if not self.repeat.is_asked:
            return None
        outlook = self.repeat.look_ahead(_venue_of(self.run))
        most = room_for(self.run.data, ROWS, most=MOST_ROWS)
        if outlook and len(outlook.rows) > most:
            words = _("一つの開催に入れられるのは%(most)d回までです。")
            self.repeat.add_error("count", words % {"most": MOST_ROWS})
            return None
        return outlook

    def _with_dates(self, data: Any, shown_first: bool) -> Any:
        if self.is_sent and (shown_first or not self.outlook.dates.is_complete):
            self.is_sent = False
        added = with_rows(data, ROWS, self.outlook.rows, most=MOST_ROWS)
        cleared = without(added, "repeat", ("first_day", "last_day"))
        self.repeat = self._repeat_form(cleared)
        return cleared

    @property
    def is_wrong(self) -> bool:
        """The rule itself cannot be followed."""
        return self.repeat.is_asked and self.outlook is None

    def all_forms(self) -> list[Any]:
        forms = [self.run, self.sessions]
        return [*forms, self.key] if self.key else forms

    def is_valid(self) -> bool:
        """Every form is asked, so that all errors are shown at once."""
        answers = [form.is_valid() for form in self.all_forms()]
        return self.is_sent and not self.is_wrong and all(answers)

    def point_at(self, refusal: Refusal) -> bool:
        """Show the refusal at its field; false where it belongs to no field."""
        sentence = str(refusal.sentence)
        if isinstance(refusal, SessionRefused):
            self.sessions.point_at(refusal)
        elif isinstance(refusal, NeedsWindow | WindowOutOfOrder):
            self.run.add_error("applications_close_at", sentence)
        elif isinstance(refusal, SeatsAlreadyGiven):
            self.run.add_error(self.run.place_names[0], sentence)
        elif isinstance(refusal, TermsAreFixed):
            self.run.add_error("selection_mode", sentence)
        else:
            return False
        return True

    def context(self) -> dict[str, Any]:
        if self.step in self.helping:
            self._leave_unchecked()
        return {
            "run_form": self.run,
            "sessions": self.sessions,
            "repeat": self.repeat,
            "outlook": self.outlook,
            "faculty": self.faculty,
            "dates_added": self.outlook is not None and self.step != LOOK,
            "dates_first": self.outlook is not None and self.step not in HELPING,
            "begun_from": self.beginning,
            "key": self.key,
            "forms": self.asked(),
        }

    def _leave_unchecked(self) -> None:
        """Somebody only asked for rows or dates: what is missing is said later."""
        for form in self.asked():
            if form is not self.repeat:
                form._errors = ErrorDict()
        self.sessions._errors, self.sessions._non_form_errors = [], ErrorList()

    def asked(self) -> list[Any]:
        """Every single form, in the order of the page."""
        return [self.run, self.repeat, *self.sessions]


def _venue_of(form: RunForm) -> Venue | None:
    """The run's venue as it is typed, whatever else is wrong."""
    try:
        venue: Venue | None = form.fields["venue"].clean(form["venue"].data)
    except ValidationError:
        return None
    return venue
