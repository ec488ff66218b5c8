"""An offering with its sessions, asked and answered together."""

from typing import Any

from django.forms import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from cms.forms.asked_rows import MORE as MORE_OF
from cms.forms.asked_rows import MORE_ROWS as MORE_ASKED
from cms.forms.asked_rows import MOST_ROWS as MOST_ASKED
from cms.forms.beginning import Beginning
from cms.forms.course import FormKey
from cms.forms.faculty import Faculty
from cms.forms.posted_rows import room_for, with_more, with_rows, without
from cms.forms.repeat import Outlook, RepeatForm
from cms.forms.run import RunForm
from cms.forms.run_rows import ROWS as ASKED
from cms.forms.run_rows import rows_of_run
from cms.forms.sessions import MORE_ROWS, MOST_ROWS, SessionFormSet, room_choices, rooms_now
from courses.domain.offering import SessionRefused
from courses.domain.questions import QuestionIsAnswered
from courses.domain.run_plan import (
    ImplausiblePlan,
    NeedsWindow,
    RunPlan,
    SupportAfterStart,
    WindowOutOfOrder,
)
from courses.domain.session_pools import PlacesInUse
from courses.domain.support_offers import SupportIsWished
from courses.models import Course, CourseRun, Venue
from enrollments.domain.capacity import SeatsAlreadyGiven
from enrollments.domain.run_changes import TermsAreFixed
from enrollments.domain.support_refusals import PromisesExceedPlaces

MORE, LOOK, ADD = "more", "look", "add"
HELPING = {MORE, LOOK, ADD, *(f"{MORE_OF}{name}" for name in ASKED)}
ROWS = "sessions"
OF_ROWS: tuple[tuple[type[Refusal], str], ...] = (
    (QuestionIsAnswered, "questions"),
    (SupportIsWished, "support"),
    (PromisesExceedPlaces, "support"),
    (SupportAfterStart, "support"),
)


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
        self.rows = self._asked_rows(data, run)
        self.key = FormKey(data) if run is None else None

    def _with_wanted_rows(self, data: Any) -> Any:
        asked = self.step.removeprefix(MORE_OF)
        if asked in ASKED and asked != self.step:
            return with_more(data, asked, more=MORE_ASKED, most=MOST_ASKED)
        if self.step != MORE:
            return data
        return with_more(data, ROWS, more=MORE_ROWS, most=MOST_ROWS)

    def _asked_rows(self, data: Any, run: CourseRun | None) -> dict[str, Any]:
        """対象の条件, たずねること and 保育・支援, by the names of their plans."""
        there = rows_of_run(run) if run else self.beginning.rows
        return {
            name: rows(
                data,
                rows=there.get(name, ()),
                pressed=self.step == f"{MORE_OF}{name}",
            )
            for name, rows in ASKED.items()
        }

    def plan(self) -> RunPlan:
        return self.run.plan(**{name: rows.plans() for name, rows in self.rows.items()})

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
        forms = [self.run, self.sessions, *self.rows.values()]
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
        elif isinstance(refusal, PlacesInUse):
            self.run.add_error("chooses_session", sentence)
        elif isinstance(refusal, ImplausiblePlan) and refusal.about in self.run.fields:
            self.run.add_error(refusal.about, sentence)
        else:
            return self._point_at_rows(refusal)
        return True

    def _point_at_rows(self, refusal: Refusal) -> bool:
        name = next((name for kind, name in OF_ROWS if isinstance(refusal, kind)), None)
        if name is not None:
            self.rows[name].refuse(refusal)
        return name is not None

    def context(self) -> dict[str, Any]:
        if self.step in self.helping:
            self._leave_unchecked()
        return {
            "run_form": self.run,
            "asked_rows": self.rows,
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
        for rows in (self.sessions, *self.rows.values()):
            rows._errors, rows._non_form_errors = [], ErrorList()

    def asked(self) -> list[Any]:
        """Every single form, in the order of the page."""
        rows = [row for rows in self.rows.values() for row in rows]
        return [*self.sessions, self.repeat, self.run, *rows]


def _venue_of(form: RunForm) -> Venue | None:
    """The run's venue as it is typed, whatever else is wrong."""
    try:
        venue: Venue | None = form.fields["venue"].clean(form["venue"].data)
    except ValidationError:
        return None
    return venue
