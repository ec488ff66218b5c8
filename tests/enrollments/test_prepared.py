"""PostgreSQL keeps the plans of what applying asks, and of nothing else (ADR 45)."""

import pytest
from django.db import connection

from accounts.models import Department
from accounts.prepared import SENT_BEFORE, prepared_statements

pytestmark = pytest.mark.django_db
ON_POSTGRES = "postgresql"


def plans_kept() -> int:
    if connection.vendor != ON_POSTGRES:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%accounts_department%"],
        )
        return cursor.fetchone()[0]


def ask(often: int) -> None:
    for number in range(often):
        list(Department.objects.filter(pk=number))


def test_plans_are_kept_within_and_not_after():
    before = plans_kept()
    with prepared_statements():
        ask(SENT_BEFORE + 2)
    within = plans_kept()
    ask(SENT_BEFORE + 2)

    expected = 1 if connection.vendor == ON_POSTGRES else 0
    assert (within - before, plans_kept() - within) == (expected, 0)


def test_operators_behind_a_pooler_go_without(settings):
    settings.PREPARED_STATEMENTS = False
    before = plans_kept()
    with prepared_statements():
        ask(SENT_BEFORE + 2)

    assert plans_kept() == before


def test_a_page_that_fails_leaves_the_connection_as_it_was():
    factory = getattr(connection.connection, "cursor_factory", None)
    with pytest.raises(ZeroDivisionError), prepared_statements():
        raise ZeroDivisionError

    assert getattr(connection.connection, "cursor_factory", None) == factory
