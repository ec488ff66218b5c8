"""Two officers and the requester at one moment; the lock is also shown to be needed."""

from functools import partial

import pytest

from courses.models import CourseRun
from enrollments.models import Notification
from learning_paths.domain.outreach.accepting import accept_date, choose_date
from learning_paths.domain.outreach.answering import propose_dates, withdraw_outreach
from learning_paths.domain.outreach.refusals import NoSuchStep
from learning_paths.models import OutreachRequest
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.factories import NOON, StaffProfileFactory
from tests.learning_paths.outreach.conftest import OTHER

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def _accepted(asked, officer):
    colleague = StaffProfileFactory(department=officer.staff_profile.department).user
    both = zip(asked.dates.all(), (officer, colleague), strict=True)
    return [partial(accept_date, request=asked, date=d, by=by, at=NOON) for d, by in both]


def test_two_dates_accepted_at_once_are_one_run(asked, officer):
    answers = together(_accepted(asked, officer))

    assert {type(one) for one in answers} == {OutreachRequest, NoSuchStep}
    run = CourseRun.objects.get()
    asked.refresh_from_db()
    assert (asked.run, asked.told_start) == (run, run.sessions.get().starts_at)
    assert Notification.objects.filter(subject__contains="決まりました").count() == 1


def test_control_without_the_lock_two_officers_accept(asked, officer):
    calls = _accepted(asked, officer)
    with unguarded(look="learning_paths.domain.outreach.accepting.lock_outreach"):
        answers = together(calls)

    assert not any(isinstance(one, NoSuchStep) for one in answers)


def test_chosen_and_withdrawn_at_once_is_one_of_both(asked, officer):
    said = {"starts": [OTHER], "words": "", "by": officer}
    propose_dates(request=asked, at=NOON, **said)
    proposed = asked.dates.get(round=1)
    chosen, withdrawn = together(
        [
            partial(choose_date, request=asked, date=proposed, by=None, at=NOON),
            partial(withdraw_outreach, request=asked, by=None, at=NOON),
        ]
    )

    asked.refresh_from_db()
    done = [one for one in (chosen, withdrawn) if isinstance(one, OutreachRequest)]
    assert len(done) == 1
    assert (asked.state == "accepted") == (chosen in done)
    assert CourseRun.objects.count() == (chosen in done)
