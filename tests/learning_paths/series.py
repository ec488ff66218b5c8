"""A series of so many units."""

from courses.models import Series, SeriesUnit
from tests.factories import CourseFactory, DepartmentFactory, ThemeFactory


def series_of(number: int) -> Series:
    series = Series.objects.create(
        slug=f"series-{Series.objects.count()}",
        title="川を学ぶ",
        theme=ThemeFactory(),
        department=DepartmentFactory(),
    )
    for position in range(1, number + 1):
        SeriesUnit.objects.create(
            series=series,
            course=CourseFactory(title=f"第{position}単元"),
            position=position,
        )
    return series
