"""Each thing that `audit` looks at, broken once behind the rules: it says just that."""

from datetime import timedelta

import pytest

from accounts import guarding
from accounts.models import AccessLog
from courses.models import SeatPool
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.models import Application, Offer, PersonClaim, Transition
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, StaffProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(run, now) -> dict[str, Application]:
    """Two have a place; the third is offered the one that was given back."""
    made = {
        name: apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        for name, person in (("hanako", HANAKO), ("taro", TARO), ("jiro", JIRO))
    }
    withdraw(application=made["taro"], by=None, at=now)
    assert differences() == []
    return made


def _row(application):
    return Application.objects.filter(pk=application.pk)


def _other_pool():
    return SeatPoolFactory(run=CourseRunFactory(), capacity=5)


def _claim_of_the_ended(people):
    taro = people["taro"]
    PersonClaim.objects.create(run=taro.run, application=taro, key="x" * 64)
    return [f"申込み {taro.pk}: 終わった申込みに重複の目印"]


def _claim_elsewhere(people):
    hanako, pool = people["hanako"], _other_pool()
    PersonClaim.objects.filter(application=hanako).update(run=pool.run)
    return [
        f"申込み {hanako.pk}: 別の開催に重複の目印",
        f"申込み {hanako.pk}: 重複の目印がない",
    ]


def _place_elsewhere(people):
    hanako, pool = people["hanako"], _other_pool()
    was = hanako.pool
    _row(hanako).update(pool=pool)
    return [
        f"枠 {was.pk}: 記録 2、実際 1、定員 2",
        f"枠 {pool.pk}: 記録 0、実際 1、定員 5",
        f"申込み {hanako.pk}: 別の開催の枠",
    ]


def _party_split(people):
    _row(people["hanako"]).update(seats=2)
    SeatPool.objects.update(capacity=3, seats_taken=3)
    return [f"申込み {people['hanako'].pk}: 2 席に参加者 1 人"]


def _trace_lost(people):
    hanako = people["hanako"]
    Transition.objects.filter(application=hanako, to_state="accepted").delete()
    return [f"申込み {hanako.pk}: 状態 accepted の記録がない"]


def _trace_that_no_rule_allows(people):
    taro = people["taro"]
    last = Transition.objects.filter(application=taro).latest("pk")
    Transition.objects.create(
        application=taro,
        from_state="withdrawn",
        to_state="lost",
        at=last.at + timedelta(minutes=1),
    )
    _row(taro).update(state="lost")
    return [f"申込み {taro.pk}: 状態の記録がつながらない withdrawn → lost"]


def _offer_gone(people):
    Offer.objects.all().delete()
    return [f"申込み {people['jiro'].pk}: 案内中なのに回答待ちの案内がない"]


def _offer_to_somebody_else(people):
    hanako = people["hanako"]
    offer = Offer.objects.get()
    Offer.objects.create(application=hanako, made_at=offer.made_at, reply_by=offer.reply_by)
    return [f"申込み {hanako.pk}: 案内中でないのに回答待ち"]


def _list_taken_out_without_a_reason(people):
    line = AccessLog.objects.create(
        user=StaffProfileFactory().user,
        at=people["hanako"].received_at,
        kind="export",
        subject="申込みの出力 2026-0001",
        people=3,
        columns="氏名、電話番号",
    )
    return [f"閲覧・出力の記録 {line.pk}: 理由のない出力（申込みの出力 2026-0001）"]


FAULTS = [
    _list_taken_out_without_a_reason,
    _claim_of_the_ended,
    _claim_elsewhere,
    _place_elsewhere,
    _party_split,
    _trace_lost,
    _trace_that_no_rule_allows,
    _offer_gone,
    _offer_to_somebody_else,
]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__.strip("_"))
def test_planted_fault_is_found_and_nothing_else(people, plant):
    with guarding.lifted():
        expected = plant(people)

    assert differences() == expected
