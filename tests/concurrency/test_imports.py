"""Two officers, several workers, and a worker that dies: a list is applied once, whole."""

import signal
import time
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from cms.enums import ImportKind, ImportState
from cms.imports import applying, planning
from cms.imports.applying import agree, apply_upload
from cms.imports.duties import take_up
from cms.imports.planning import SILENT_FOR, claim, plan_upload
from cms.imports.receiving import map_columns, receive
from cms.models import ImportUpload
from enrollments.domain.audit import differences
from enrollments.models import Application
from tests.concurrency.processes import worker
from tests.concurrency.together import together
from tests.factories import StaffProfileFactory, UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
ROWS, PATIENCE, NO_MAIL = 40, 60, 1
READINGS = "アイウエオカキクケコサシスセソタチツテト"


@pytest.fixture
def officer(run):
    return StaffProfileFactory(department=run.course.department).user


def a_list(rows=ROWS):
    lines = ["氏名,フリガナ,電話"]
    for number in range(rows):
        kana = READINGS[number % 20] + READINGS[number // 20 % 20] + READINGS[number // 400]
        lines.append(f"山田 {number},ヤマダ {kana},0422-60-{number:04}")
    return "\n".join(lines).encode()


@pytest.fixture
def upload(run, officer, now):
    """Planned, waiting for somebody to agree. Five places, the others wait."""
    return planned(run, officer, now, ROWS)


def planned(run, officer, now, rows):
    received = receive(
        kind=ImportKind.APPLICATIONS,
        file=SimpleUploadedFile("list.csv", a_list(rows)),
        key=uuid4(),
        department=None,
        run=run,
        by=officer,
        at=now,
    )
    mapping = {int(number): name for number, name in received.mapping.items()}
    map_columns(upload=received, mapping=mapping, by=officer, at=now)
    assert plan_upload(received.pk, at=now)
    return ImportUpload.objects.get(pk=received.pk)


def wish(upload, officer, now):
    agree(key=upload.key, seen=upload.mark, tells_people=False, by=officer, at=now)
    return apply_upload(upload.pk, at=now)


def whole(run):
    """Nobody twice, nobody missing, places as counted."""
    states = list(Application.objects.filter(run=run).values_list("state", flat=True))
    return (states.count("accepted"), states.count("waiting"), list(differences()))


def test_two_officers_who_agree_at_once_apply_it_once(run, officer, upload, now):
    colleague = StaffProfileFactory(department=run.course.department).user

    answers = together([partial(wish, upload, one, now) for one in (officer, colleague)])

    assert sorted(answers) == [False, True]
    assert whole(run) == (5, ROWS - 5, [])


def test_four_workers_apply_it_once(run, officer, upload, now):
    agree(key=upload.key, seen=upload.mark, tells_people=False, by=officer, at=now)

    answers = together([partial(take_up, at=now) for _each in range(4)])

    assert sum(answers) == 1
    assert whole(run) == (5, ROWS - 5, [])


def test_two_lists_for_one_run_never_share_a_place(run, officer, upload, now):
    other = planned(run, officer, now, ROWS)
    for one in (upload, other):
        agree(key=one.key, seen=one.mark, tells_people=False, by=officer, at=now)

    together([partial(apply_upload, one.pk, at=now) for one in (upload, other)])

    states = set(ImportUpload.objects.values_list("state", flat=True))
    # Whoever came second finds everybody there, and is planned anew.
    assert states == {ImportState.APPLIED, ImportState.PLANNING}
    assert whole(run) == (5, ROWS - 5, [])


def test_worker_that_dies_while_applying_leaves_nothing_and_is_succeeded(
    run, officer, upload, now, monkeypatch
):
    agree(key=upload.key, seen=upload.mark, tells_people=False, by=officer, at=now)

    class Died(BaseException):
        """As a process ends: nothing catches it."""

    def die(*_args):
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(applying, "find_by_new_names", die)
        with pytest.raises(Died):
            apply_upload(upload.pk, at=now)
    assert Application.objects.count() == 0
    upload.refresh_from_db()
    assert upload.state == ImportState.APPLYING

    assert take_up(at=now) == 1
    assert whole(run) == (5, ROWS - 5, [])


def test_planner_that_fell_silent_is_succeeded_and_writes_nothing_more(
    run, officer, upload, now
):
    ImportUpload.objects.filter(pk=upload.pk).update(state=ImportState.PLANNING)
    started = timezone.now()
    token = claim(upload.pk, at=started)
    assert plan_upload(upload.pk, at=started) is False
    assert plan_upload(upload.pk, at=started + SILENT_FOR + timedelta(seconds=1))
    upload.refresh_from_db()
    assert (upload.state, upload.rows.count()) == (ImportState.PLANNED, ROWS)
    with pytest.raises(planning.ClaimLost), transaction.atomic():
        planning._still_mine(upload, token, done=1)


def test_worker_killed_in_the_middle_is_succeeded_by_the_next(run, officer):
    """`kill -9` of a real process while it applies a list."""
    now = timezone.now()
    upload = planned(run, officer, now, 1000)
    agree(key=upload.key, seen=upload.mark, tells_people=False, by=officer, at=now)
    with worker(NO_MAIL) as process:
        time.sleep(3.5)  # it has begun by then, and takes longer
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    upload.refresh_from_db()
    assert upload.state == ImportState.APPLYING, "it was killed before it was done"
    assert Application.objects.count() == 0
    with worker(NO_MAIL):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and upload.state == ImportState.APPLYING:
            time.sleep(0.2)
            upload.refresh_from_db()
    assert (upload.state, upload.failure) == (ImportState.APPLIED, "")
    assert whole(run) == (5, 995, [])


def test_stranger_may_not_agree(run, upload, now):
    with pytest.raises(Exception, match="もうありません"):
        wish(upload, UserFactory(), now)
    assert Application.objects.count() == 0
