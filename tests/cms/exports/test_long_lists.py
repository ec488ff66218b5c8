"""A long list is the worker's: its page shows how far it is, one person gets the file."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccessLog
from cms.exports import jobs
from cms.exports.jobs import forget_expired_exports, make_due
from cms.models import ExportJob
from cms.views import export_acts
from enrollments.models import Application
from tests.cms.exports.taking import take
from tests.factories import StaffProfileFactory

pytestmark = pytest.mark.django_db
OF = {"run": "2026-0001"}


@pytest.fixture(autouse=True)
def _every_list_is_long(monkeypatch):
    monkeypatch.setattr(export_acts, "AT_ONCE", 0)


def _asked(client, **more):
    answer = take(client, "applications", ["full_name", "phone"], of=OF, **more)
    job = ExportJob.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, _page(job))
    return job


def _page(job):
    return f"/manage/exports/files/{job.key}/"


def _make(job):
    assert make_due(at=timezone.now()) == 1
    job.refresh_from_db()
    return job


def test_page_shows_how_far_it_is_and_nothing_has_left(client, officer, run):
    job = _asked(client)
    page = client.get(_page(job)).content.decode()

    assert "作成中" in page
    assert 'hx-trigger="every 2s"' in page
    assert client.get(f"{_page(job)}file/").status_code == 404
    assert not AccessLog.objects.filter(kind="export").exists()


def test_worker_makes_it_and_writes_down_who_asked_and_why(client, officer, run):
    job = _make(_asked(client, more="委員会の資料"))

    line = AccessLog.objects.get(kind="export")
    assert (line.user, line.people, line.reason) == (officer, 2, "集計・報告：委員会の資料")
    answer = client.get(f"{_page(job)}file/")
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "氏名,電話番号",
        "山田 花子,0422-60-1111",
    ]


def test_made_list_is_found_again_and_can_be_thrown_away(client, officer, run):
    job = _make(_asked(client))
    assert _page(job) in client.get("/manage/exports/").content.decode()

    client.post(f"{_page(job)}act/", {"act": "forget"})
    assert not ExportJob.objects.exists()


def test_button_pressed_twice_is_one_work(client, officer, run):
    for _press in range(2):
        answer = take(client, "applications", ["full_name", "phone"], of=OF)
    job = ExportJob.objects.get()
    assert answer["Location"] == _page(job)

    take(client, "applications", ["phone", "full_name"], of=OF)
    assert ExportJob.objects.count() == 2, "other columns are another list"
    make_due(at=timezone.now())
    take(client, "applications", ["full_name", "phone"], of=OF)
    assert ExportJob.objects.count() == 3, "a list that is made is as old as it is"


def test_nobody_else_sees_it_not_even_an_administrator(client, officer, run, admin_user):
    job = _make(_asked(client))
    colleague = StaffProfileFactory(department=run.course.department).user
    colleague.groups.set(officer.groups.all())
    for other in (colleague, admin_user):
        client.force_login(other)
        assert client.get(_page(job)).status_code == 404
        assert client.get(f"{_page(job)}file/").status_code == 404


def test_whoever_left_the_section_meanwhile_gets_nothing(client, officer, run):
    job = _asked(client)
    officer.staff_profile.department = StaffProfileFactory().department
    officer.staff_profile.save()
    _make(job)

    assert (job.state, job.content) == ("failed", None)
    assert not AccessLog.objects.filter(kind="export").exists()


def test_file_made_before_somebody_left_the_section_stays(client, officer, run):
    job = _make(_asked(client))
    assert client.get(f"{_page(job)}file/").status_code == 200
    officer.staff_profile.department = StaffProfileFactory().department
    officer.staff_profile.save()

    assert client.get(f"{_page(job)}file/").status_code == 403


def test_file_with_columns_that_a_lost_role_showed_stays(client, officer, run, may):
    may(officer, may.sensitive)
    take(client, "applications", ["full_name", "address"], of=OF)
    job = _make(ExportJob.objects.get())
    assert "北町1-2-3" in client.get(f"{_page(job)}file/").content.decode()
    officer.groups.remove(officer.groups.get(name=may.sensitive))

    assert client.get(f"{_page(job)}file/").status_code == 403


def test_list_of_all_sections_stays_with_administrators(client, run, admin_user):
    client.force_login(admin_user)
    take(client, "applications", ["full_name"])
    job = _make(ExportJob.objects.get())
    assert client.get(f"{_page(job)}file/").status_code == 200
    admin_user.is_superuser = False
    admin_user.save()
    StaffProfileFactory(user=admin_user, department=run.course.department)

    assert client.get(f"{_page(job)}file/").status_code == 403


def test_without_reason_no_work_begins(client, officer, run):
    answer = take(client, "applications", ["full_name"], of=OF, reason="")

    assert answer.status_code == 422
    assert not ExportJob.objects.exists()


def test_signs_that_cp932_lacks_are_asked_about_before_anything_leaves(
    client, officer, run
):
    Application.objects.update(family_name="𠮷田")
    job = _make(_asked(client, form="cp932"))
    assert "𠮷" in client.get(_page(job)).content.decode()
    assert not AccessLog.objects.filter(kind="export").exists()

    client.post(f"{_page(job)}act/", {"act": "replace"})
    _make(job)
    assert bytes(job.content).decode("cp932").splitlines()[1].startswith("〓田")


def test_a_worker_at_it_is_left_alone_until_it_is_silent(client, officer, run):
    _asked(client)
    now = timezone.now()
    ExportJob.objects.update(claim="00000000-0000-0000-0000-000000000001", claimed_at=now)

    assert make_due(at=now) == 0
    assert make_due(at=now + jobs.SILENT_FOR + timedelta(seconds=1)) == 1


def test_file_is_gone_after_a_day(client, officer, run):
    job = _make(_asked(client))
    assert forget_expired_exports(at=job.expires_at - timedelta(seconds=1)) == 0
    assert forget_expired_exports(at=job.expires_at) == 1


def test_a_list_that_fails_does_not_end_the_worker(client, officer, run, monkeypatch):
    def broken(**_any):
        raise TypeError("a column of a later version")

    monkeypatch.setattr(jobs, "make_file", broken)
    job = _make(_asked(client))

    assert (job.state, job.content) == ("failed", None)
    assert "もう一度出力してください" in client.get(_page(job)).content.decode()
