"""受付票 as PDF: for the person at the counter, of the own section only."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.applying import apply_for_seat
from enrollments.exchange.prints import receipt as made
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON, DepartmentFactory
from tests.papers import page_sizes, reader, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def application(run, now):
    run.pools.update(capacity=1)
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def receipt(client, application) -> bytes:
    address = reverse("manage_application_receipt_pdf", args=[application.pk])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def test_receipt_says_number_state_what_when_and_whom_to_ask(client, run, application):
    clerk = officer_of(run.course.department)
    clerk.last_name = "窓口"
    clerk.save()
    client.force_login(clerk)
    paper = receipt(client, application)
    said = text_of(paper)

    for words in (
        "受付票",
        "山田花子様",
        application.receipt_number,
        "受講決定",
        "防災入門",
        "12月5日（土）",
        "当日、時間までに会場へお越しください。",
        "市民活動推進課0420-00-0000",
    ):
        assert words in said
    assert "窓口" not in said
    assert page_sizes(paper) == {(210, 297)}
    assert len(reader(paper).pages) == 1
    assert AccessLog.objects.get().subject == f"受付票 {application.receipt_number}"


def test_door_reads_the_code_of_each_who_has_a_place(
    client, run, application, now, monkeypatch
):
    asked = []
    drawn = made.qr_svg
    monkeypatch.setattr(made, "qr_svg", lambda code: asked.append(code) or drawn(code))
    waiting = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    client.force_login(officer_of(run.course.department))

    assert "受付で見せるQRコード" in text_of(receipt(client, application))
    assert asked == [application.participants.get().door_code]
    assert "QRコード" not in text_of(receipt(client, waiting))


def test_receipt_of_somebody_who_waits_says_the_place_in_line(
    client, run, application, now
):
    waiting = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    client.force_login(officer_of(run.course.department))

    assert "キャンセル待ち1番目" in text_of(receipt(client, waiting))


def test_receipt_is_for_the_own_section(client, run, application):
    address = reverse("manage_application_receipt_pdf", args=[application.pk])
    assert client.get(address).status_code == 302

    other = DepartmentFactory()
    run.course.co_hosts.add(other)
    client.force_login(officer_of(other))
    assert client.get(address).status_code == 403
    assert not AccessLog.objects.exists()
