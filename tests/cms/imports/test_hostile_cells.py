"""Whatever stands in a cell, a row is refused with a sentence or taken, and the rows that
were refused change nothing for the others: what the plan shows can be applied."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.enums import ImportState
from cms.imports.duties import take_up
from cms.imports.kinds import KINDS
from cms.views.imports import columns_shown
from courses.models import Course
from tests.cms.imports.bringing import apply, as_csv, outcomes, planned
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    GroupFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
# Days at the ends of the calendar, numbers that are none, signs that nobody sees.
HOSTILE = ("9999-12-31", "0001-01-01", "²", "9" * 400, "1e309", "\u200b", "\x01", "😀")
KINDS_WITH_EXAMPLES = sorted(set(KINDS) - {"attendance"})


@pytest.fixture
def administrator(officer):
    officer.is_superuser = True
    officer.save()
    return officer


@pytest.fixture
def run(section, now):
    """As the examples of the columns say: whom they name, when they applied."""
    GroupFactory(name="北町防災の会")
    run = CourseRunFactory(
        course=CourseFactory(department=section),
        applications_open_at=now - timedelta(days=60),
    )
    SeatPoolFactory(run=run, capacity=500)
    SessionFactory(run=run, number=1)
    return run


@pytest.mark.parametrize("kind", KINDS_WITH_EXAMPLES)
def test_list_of_hostile_rows_is_applied_as_its_plan_says(
    client, administrator, section, run, kind
):
    columns = columns_shown(KINDS[kind])
    good = [column.example or "" for column in columns]
    rows = [
        [*good[:place], cell, *good[place + 1 :]]
        for place in range(len(columns))
        for cell in HOSTILE
    ]
    of = {"run": run.pk} if KINDS[kind].of_run else {"department": section.pk}
    content = as_csv([column.heading for column in columns], *rows, good)
    upload = planned(client, kind, content, **of)
    assert upload.counts["new"] > 0
    assert upload.counts["refused"] > 0

    apply(client, upload)
    if upload.state == ImportState.APPLYING:  # more than is done at once
        take_up(at=timezone.now())
        upload.refresh_from_db()
    assert (upload.state, upload.failure) == (ImportState.APPLIED, "")


def test_rows_of_a_course_do_not_hang_on_one_that_was_refused(client, officer, section):
    """The first row names a venue that there is not; the second is the course's first."""
    heading = ["講座名", "日付", "開始時刻", "終了時刻", "会場"]
    upload = planned(
        client,
        "courses",
        as_csv(
            heading,
            ["防災入門", "2027/5/8", "10:00", "12:00", "ない会館"],
            ["防災入門", "2027/5/15", "10:00", "12:00", ""],
        ),
        department=section.pk,
    )
    assert outcomes(upload) == {2: "refused", 3: "new"}

    apply(client, upload)
    assert (upload.state, upload.failure) == (ImportState.APPLIED, "")
    assert Course.objects.get().title == "防災入門"
