"""Choosing a course or an instructor in a block."""

from typing import Any

from django.utils.functional import cached_property
from wagtail import blocks


class CourseChooserBlock(blocks.ChooserBlock):
    target_model = "courses.Course"

    class Meta:
        icon = "openquote"

    @cached_property
    def widget(self) -> Any:
        from cms.choosers import course_chooser

        return course_chooser.widget_class()


class InstructorChooserBlock(blocks.ChooserBlock):
    target_model = "courses.Instructor"

    class Meta:
        icon = "user"

    @cached_property
    def widget(self) -> Any:
        from cms.choosers import instructor_chooser

        return instructor_chooser.widget_class()
