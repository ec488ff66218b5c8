"""The calendar of a series follows its page."""

from courses.models import Series, SeriesUnit, Theme
from tests.courses.calendars import summaries
from tests.factories import CourseFactory, DepartmentFactory, SessionFactory
from tests.pages import publish_series

ADDRESS = "/series/水/calendar.ics"


def _series() -> Series:
    theme = Theme.objects.get(key="disaster")
    return Series.objects.create(
        slug="水", title="水を学ぶ", theme=theme, department=DepartmentFactory()
    )


def test_calendar_of_a_series_holds_its_units_only(client, site):
    series, course = _series(), CourseFactory(title="水害")
    SeriesUnit.objects.create(series=series, course=course, position=1)
    SessionFactory(run__course=course)
    SessionFactory(run__course__title="ほか")
    publish_series(series)

    assert summaries(client.get(ADDRESS).content) == ["水害"]


def test_calendar_of_a_series_begins_with_its_page_and_outlives_it(client, site):
    """The title of a draft is not public; once it was, subscribers keep their calendar."""
    page = publish_series(_series())
    page.unpublish()
    page.first_published_at = None
    page.save()
    assert client.get(ADDRESS).status_code == 404

    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    assert client.get(ADDRESS).status_code == 200
