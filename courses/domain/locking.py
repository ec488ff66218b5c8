"""Whoever changes who sits in a run, or how many may, first locks the run's row."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.domain.locking import require_transaction
from courses.models import Course, CourseRun, Series

ONE_RUN = "SELECT id FROM courses_courserun WHERE id = %s"


def lock_run(run_pk: int) -> CourseRun:
    """The run, read again under a lock held until the transaction ends.

    PostgreSQL locks the row (leaving it open to foreign keys); SQLite ignores
    the clause, and is safe because its transactions begin IMMEDIATE.

    Raises: TransactionManagementError outside a transaction.
    """
    require_transaction("lock_run")
    return (
        CourseRun.objects.select_for_update(of=("self",), no_key=True)
        .select_related("course__department")
        .get(pk=run_pk)
    )


def hold_run(run_pk: int) -> None:
    """The same lock, for whoever reads the run's facts afterwards by other means. By
    hand, because everybody who applies for the run waits for this statement.

    Raises: TransactionManagementError outside a transaction, CourseRun.DoesNotExist.
    """
    require_transaction("hold_run")
    locks = connection.features.has_select_for_update
    clause = connection.ops.for_update_sql(no_key=True) if locks else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{ONE_RUN} {clause}", [run_pk])
        if cursor.fetchone() is None:
            raise CourseRun.DoesNotExist


def lock_runs(keys: "QuerySet[Any, Any]") -> None:
    """Several of them, in the order in which everybody takes several.

    Raises: TransactionManagementError outside a transaction.
    """
    require_transaction("lock_runs")
    runs = CourseRun.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(runs.order_by("pk").values_list("pk"))


def lock_series(series_pk: int) -> Series:
    """For whoever decides about people of a series; runs are locked before it, never after.

    Raises: TransactionManagementError outside a transaction.
    """
    require_transaction("lock_series")
    series = Series.objects.select_for_update(of=("self",), no_key=True)
    return series.select_related("department").get(pk=series_pk)


def lock_course_with_runs(course_pk: int) -> Course:
    """The course, read again, and all its runs: for whoever changes sessions of several
    of them, or the course's address.

    In this order, and without keeping foreign keys to the course waiting: somebody who
    holds a run writes a record that points to the course.
    """
    fresh = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course_pk)
    runs = CourseRun.objects.select_for_update(of=("self",), no_key=True)
    list(runs.filter(course=fresh).order_by("pk"))
    return fresh
