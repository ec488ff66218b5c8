"""The page that explains a calendar: of a search, or of what a page has led from."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.presenters.calendars import calendar_of, calendar_of_search
from cms.presenters.chosen import chosen_filters, joined
from courses.forms.catalogue import CatalogueForm
from courses.models import Course, CourseRun, Series
from learning_paths.domain.queries import public_groups

# What has a calendar of its own and is no condition of the catalogue.
SHOWN: Mapping[str, Callable[[str], object | None]] = {
    "course": lambda slug: Course.objects.public().filter(slug=slug).first(),
    "run": lambda code: (
        CourseRun.objects.public().select_related("course").filter(code=code).first()
    ),
    "group": lambda code: public_groups().filter(code=code).first(),
    "series": lambda slug: Series.objects.filter(page__live=True, slug=slug).first(),
}


def subscription_context(data: QueryDict) -> dict[str, Any]:
    """What is not found is said, and the calendar of everything shown in its place."""
    for name, look_up in SHOWN.items():
        if name in data and (shown := look_up(data[name].replace("\0", ""))) is not None:
            return {"feed": calendar_of(shown), "problems": []}
    form = CatalogueForm(data)
    if SHOWN.keys() & data.keys():
        form.say(_("そのカレンダーは見つからないため、すべての講座のものを表示しました。"))
    name = joined(chosen_filters(form, {}))
    feed = calendar_of_search(form.query(), name=name)
    return {"feed": feed, "problems": form.problems}
