"""The one form: course, words, run and sessions, asked and answered together."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.course_pages import plain_text
from cms.forms.beginning import Beginning
from cms.forms.course import FactsForm, ProseForm, facts_initial
from cms.forms.partners import MORE_PARTNERS, MOST_PARTNERS, PartnerFormSet
from cms.forms.posted_rows import with_more
from cms.forms.schedule import ScheduleForm
from cms.forms.whole_run import HELPING, RunForms
from cms.models import CoursePage
from courses.domain.course_facts import CourseFacts
from courses.domain.former_addresses import SlugTaken
from courses.domain.making import KindIsFixed
from courses.domain.refusals import InstructorTaken
from courses.models import Course, CourseRun

MORE_OF_PARTNERS, TEMPLATE = "more_partners", "template"


class CourseForms(RunForms):
    """`with_run` is false where a course has several runs: each has a form of its own."""

    helping = HELPING | {MORE_OF_PARTNERS, TEMPLATE}

    def __init__(
        self,
        request: HttpRequest,
        *,
        user: User,
        course: Course | None = None,
        page: CoursePage | None = None,
        run: CourseRun | None = None,
        beginning: Beginning | None = None,
    ) -> None:
        super().__init__(
            request,
            course=course,
            run=run,
            is_public=course is not None and course.is_public,
            beginning=beginning,
        )
        self.with_run = course is None or run is not None
        began = self.beginning
        about = facts_initial(course, page) if course else began.facts
        self.facts = FactsForm(
            self.data, prefix="facts", user=user, course=course, initial=about
        )
        self.partners = PartnerFormSet(
            self.data, prefix="partners", course=course, initial=began.partners
        )
        words = _words_of(page) if page else began.prose
        self.prose = ProseForm(self.data, prefix="prose", initial=words)
        self.schedule = ScheduleForm(self.data, prefix="schedule", page=page)
        self.lent = page or began.page
        if self.lent is not None and plain_text(self.lent) is None:
            self.prose.keep_rich_body()

    def _with_wanted_rows(self, data: Any) -> Any:
        if self.step == MORE_OF_PARTNERS:
            return with_more(data, "partners", more=MORE_PARTNERS, most=MOST_PARTNERS)
        return super()._with_wanted_rows(data)

    def said(self) -> CourseFacts:
        """Rows that name nobody are taught by these from now on."""
        self.faculty.of_course = tuple(self.facts.cleaned_data["instructors"])
        return self.facts.facts(self.partners.partnerships())

    def all_forms(self) -> list[Any]:
        forms = [self.facts, self.partners, self.prose, self.schedule]
        return [*forms, *super().all_forms()] if self.with_run else forms

    def point_at(self, refusal: Refusal) -> bool:
        if isinstance(refusal, SlugTaken) and "slug" in self.facts.fields:
            self.facts.add_error("slug", str(refusal.sentence))
            return True
        if isinstance(refusal, KindIsFixed):
            self.facts.add_error("kind", str(refusal.sentence))
            return True
        if isinstance(refusal, InstructorTaken):
            self.facts.add_error("instructors", str(refusal.sentence))
            return True
        return super().point_at(refusal)

    def context(self) -> dict[str, Any]:
        found = {
            "facts": self.facts,
            "partners": self.partners,
            "prose": self.prose,
            "schedule": self.schedule,
        }
        rest = super().context() if self.with_run else {}
        if self.step in self.helping:
            self._leave_unchecked()
        return found | rest | {"forms": self.asked()}

    def asked(self) -> list[Any]:
        rest = super().asked() if self.with_run else []
        return [self.facts, *self.partners, self.prose, *rest, self.schedule]

    @property
    def media(self) -> Media:
        return self.prose.media


def _words_of(page: CoursePage) -> dict[str, Any]:
    return {
        "intro": page.intro,
        "text": plain_text(page) or "",
        "outcomes": page.outcomes,
        "cover": page.cover,
    }
