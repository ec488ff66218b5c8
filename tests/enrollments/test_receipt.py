from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.receipt import parse_receipt_number
from enrollments.enums import Channel
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory


def test_receipt_number_is_the_moment_and_a_tie(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    assert application.receipt_number == "261121-120000-001"


def test_receipt_numbers_of_one_second_differ_across_runs(run, now):
    other = CourseRunFactory()
    SeatPoolFactory(run=other)
    first = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    second = apply_for_seat(
        run=other,
        request=request_by(HANAKO),
        by=None,
        at=now + timedelta(milliseconds=900),
    )

    assert [first.receipt_number, second.receipt_number] == [
        "261121-120000-001",
        "261121-120000-002",
    ]


def test_receipt_numbers_are_in_order_of_receipt_across_channels(run, now, officer):
    by_web = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    postcard = apply_for_seat(
        run=run,
        request=request_by(TARO, channel=Channel.POSTCARD, address="みどり野市1-1"),
        by=officer,
        at=now + timedelta(hours=1),
        received_at=now - timedelta(days=1),
    )
    by_phone = apply_for_seat(
        run=run,
        request=request_by(JIRO, channel=Channel.PHONE),
        by=officer,
        at=now + timedelta(hours=2),
    )

    in_order = list(Application.objects.order_by("received_at", "tie"))
    assert in_order == [postcard, by_web, by_phone]
    numbers = [application.receipt_number for application in in_order]
    assert numbers == sorted(numbers)


def test_receipt_number_leads_back_to_its_application(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    received_at, tie = parse_receipt_number("261121-120000-001")
    assert Application.objects.get(received_at=received_at, tie=tie) == application


@pytest.mark.parametrize("text", ["", "261121", "261399-000000-001", "abc", "2" * 40])
def test_anything_else_is_no_receipt_number(text):
    assert parse_receipt_number(text) is None


def test_database_refuses_the_same_number_twice(run, pool, now):
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            run=run, pool=pool, received_at=now, tie=1, email="taro@example.jp"
        )
