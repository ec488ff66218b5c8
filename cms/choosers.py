"""Windows in which an editor looks up a course or an instructor by name."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from accounts.domain.contact import tidy_kana, tidy_text
from courses.models import Course, Instructor


class NameFilterForm(BaseFilterForm):
    """By a part of the name or of its reading."""

    q = forms.CharField(label=_("名前"), required=False, max_length=60)
    columns: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()

    def filter(self, objects: Any) -> Any:
        found = super().filter(objects)
        words = tidy_text(self.cleaned_data.get("q") or "")
        if not words:
            return found
        self.is_searching, self.search_query = True, words
        rule = Q()
        for column in self.columns:
            rule |= Q(**{f"{column}__icontains": words})
        for column in self.readings:
            rule |= Q(**{f"{column}__contains": tidy_kana(words)})
        return found.filter(rule)


class CourseFilterForm(NameFilterForm):
    columns, readings = ("title",), ("title_kana",)


class InstructorFilterForm(NameFilterForm):
    columns = ("family_name", "given_name")
    readings = ("family_name_kana", "given_name_kana")


def _views(form: type[NameFilterForm]) -> dict[str, Any]:
    """The window and its list, searched by the same form."""
    looked = {"filter_form_class": form}
    return {
        "choose_view_class": type("ChooseByName", (chooser.ChooseView,), looked),
        "choose_results_view_class": type(
            "ChooseResultsByName", (chooser.ChooseResultsView,), looked
        ),
    }


course_chooser = ChooserViewSet(
    "course_chooser",
    model=Course,
    icon="openquote",
    choose_one_text=_("講座をえらぶ"),
    choose_another_text=_("ほかの講座をえらぶ"),
    **_views(CourseFilterForm),
)
instructor_chooser = ChooserViewSet(
    "instructor_chooser",
    model=Instructor,
    icon="user",
    choose_one_text=_("講師をえらぶ"),
    choose_another_text=_("ほかの講師をえらぶ"),
    **_views(InstructorFilterForm),
)
