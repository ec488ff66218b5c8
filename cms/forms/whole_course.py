"""The one form: course, words, run and sessions, asked and answered together."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest

from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from accounts.models import User
from cms.course_pages import plain_text
from cms.forms.course import FactsForm, FormKey, ProseForm, facts_initial
from cms.forms.run import RunForm
from cms.forms.sessions import MORE_ROWS, MOST_ROWS, SessionFormSet
from cms.models import CoursePage
from courses.domain.former_addresses import SlugTaken
from courses.domain.offering import NeedsWindow, SessionRefused, WindowOutOfOrder
from courses.models import Course, CourseRun
from enrollments.domain.capacity import SeatsAlreadyGiven
from enrollments.domain.run_changes import TermsAreFixed

MORE = "more"


class RunForms:
    """An offering with its sessions; `first`: made together with its course."""

    def __init__(
        self, request: HttpRequest, *, run: CourseRun | None = None, first: bool = False
    ) -> None:
        self.asks_for_rows = request.POST.get("step") == MORE
        data = _with_more_rows(request) if self.asks_for_rows else request.POST or None
        self.is_sent = bool(request.POST) and not self.asks_for_rows
        self.run = RunForm(data, prefix="run", run=run, first=first)
        self.sessions = SessionFormSet(data, prefix="sessions", run=run)
        self.key = FormKey(data) if run is None else None

    def all_forms(self) -> list[Any]:
        forms = [self.run, self.sessions]
        return [*forms, self.key] if self.key else forms

    def is_valid(self) -> bool:
        """Every form is asked, so that all errors are shown at once."""
        answers = [form.is_valid() for form in self.all_forms()]
        return self.is_sent and all(answers)

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
        return {
            "run_form": self.run,
            "sessions": self.sessions,
            "key": self.key,
            "forms": self.asked(),
        }

    def asked(self) -> list[Any]:
        """Every single form, in the order of the page."""
        return [self.run, *self.sessions]


class CourseForms(RunForms):
    """`with_run` is false where a course has several runs: each has a form of its own."""

    def __init__(
        self,
        request: HttpRequest,
        *,
        user: User,
        course: Course | None = None,
        page: CoursePage | None = None,
        run: CourseRun | None = None,
    ) -> None:
        super().__init__(request, run=run, first=course is None)
        self.with_run = course is None or run is not None
        data = self.run.data if self.run.is_bound else None
        about = {"initial": facts_initial(course, page)} if course else {}
        self.facts = FactsForm(data, prefix="facts", user=user, course=course, **about)
        self.prose = ProseForm(data, prefix="prose", initial=_words_of(page))
        if page is not None and plain_text(page) is None:
            self.prose.keep_rich_body()

    def all_forms(self) -> list[Any]:
        forms = [self.facts, self.prose]
        return [*forms, *super().all_forms()] if self.with_run else forms

    def point_at(self, refusal: Refusal) -> bool:
        if isinstance(refusal, SlugTaken) and "slug" in self.facts.fields:
            self.facts.add_error("slug", str(refusal.sentence))
            return True
        return super().point_at(refusal)

    def context(self) -> dict[str, Any]:
        found = {"facts": self.facts, "prose": self.prose}
        return found | (super().context() if self.with_run else {"forms": self.asked()})

    def asked(self) -> list[Any]:
        rest = super().asked() if self.with_run else []
        return [self.facts, self.prose, *rest]

    @property
    def media(self) -> Media:
        return self.prose.media


def _words_of(page: CoursePage | None) -> dict[str, Any]:
    if page is None:
        return {}
    return {
        "intro": page.intro,
        "text": plain_text(page) or "",
        "outcomes": page.outcomes,
        "cover": page.cover,
    }


def _with_more_rows(request: HttpRequest) -> Any:
    """The same answers with room for a few more sessions."""
    data = request.POST.copy()
    total = data.get("sessions-TOTAL_FORMS", "0")
    data["sessions-TOTAL_FORMS"] = str(min(row_number(total) + MORE_ROWS, MOST_ROWS))
    return data
