"""The monthly mail with several workers; what stands behind it is also shown to be
needed."""

from functools import partial
from itertools import count

import pytest

from enrollments.domain.recommending import monthly
from enrollments.models import Notification
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.enrollments.recommending.test_monthly import (  # noqa: F401 (fixtures)
    first,
    ordered,
    theme,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def _sent(at, workers):
    return together([partial(monthly.send_monthly, at=at, limit=20)] * workers)


@pytest.mark.usefixtures("ordered")
def test_several_workers_write_one_mail(first):  # noqa: F811
    answers = _sent(first, 4)

    assert sorted(answers) == [0, 0, 0, 1]
    assert Notification.objects.filter(kind="monthly").count() == 1


@pytest.mark.usefixtures("ordered")
def test_control_without_lock_and_occasion_there_are_more(first, monkeypatch):  # noqa: F811
    honest, numbers = monthly.write_message, count()

    def told_each_time(*, occasion, **message):
        honest(occasion=f"{occasion}:{next(numbers)}", **message)

    monkeypatch.setattr(monthly, "write_message", told_each_time)
    with unguarded(look="enrollments.domain.recommending.monthly.confirmed_address"):
        answers = _sent(first, 2)

    mails = Notification.objects.filter(kind="monthly").count()
    assert mails > 1 or any(isinstance(one, Exception) for one in answers)
