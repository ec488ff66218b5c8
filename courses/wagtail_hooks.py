"""Venues, instructors, themes and stages in the back office."""

from wagtail import hooks

from courses.viewsets import CoursePartsGroup


@hooks.register("register_admin_viewset")
def course_parts() -> CoursePartsGroup:
    return CoursePartsGroup()
