"""Courses from a list, with what the layers above courses know of them: the draft of the
page, and whether anybody applied."""

from django.utils.translation import gettext as _

from cms.course_pages import save_draft
from cms.models import CoursePage
from courses.exchange.plans.courses import CourseResource
from courses.exchange.plans.resource import BuiltUpon
from courses.models import Course, CourseRun
from enrollments.models import Application


class CoursesWithPages(CourseResource):
    def make_page(self, course: Course) -> None:
        prose = {"intro": course.summary, "outcomes": "", "cover": None}
        save_draft(course, course.title, prose, by=self.setting.by)

    def drop_page(self, course: Course) -> None:
        for page in CoursePage.objects.filter(course=course):
            if page.first_published_at or page.revisions.count() > 1:
                raise BuiltUpon(_("講座のページが、取込みのあとに編集されました。"))
            page.delete()

    def has_applicants(self, run: CourseRun) -> bool:
        return Application.objects.filter(run=run).exists()
