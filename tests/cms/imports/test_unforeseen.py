"""What nobody foresaw ends one import with a sentence, and never the worker."""

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from cms.enums import ImportState
from cms.imports import duties
from cms.imports.duties import take_up
from cms.models import ImportUpload
from courses.models import Venue
from tests.cms.imports.bringing import address, apply, as_csv, planned, undo

pytestmark = pytest.mark.django_db
HEADING = ["会場名", "部屋名"]


class Unforeseen(Exception):
    pass


@pytest.fixture
def upload(client, officer, section):
    return planned(
        client, "venues", as_csv(HEADING, ["北町会館", "会議室"]), department=section.pk
    )


def broken(monkeypatch, state, error=Unforeseen):
    def fail(*_args, **_more):
        raise error

    monkeypatch.setitem(duties.STEPS, state, fail)


def test_applying_that_breaks_is_told_and_may_be_tried_again(client, upload, monkeypatch):
    with monkeypatch.context() as patched:
        broken(patched, ImportState.APPLYING)
        page = apply(client, upload).content.decode()
    assert "取込み中に問題が起きました。何も取り込んでいません。" in page
    assert (upload.state, Venue.objects.count()) == (ImportState.FAILED, 0)

    client.post(f"{address(upload)}columns/")
    upload.refresh_from_db()
    assert upload.state == ImportState.UPLOADED


def test_undoing_that_breaks_leaves_what_was_applied(client, upload, monkeypatch):
    apply(client, upload)
    with monkeypatch.context() as patched:
        broken(patched, ImportState.UNDOING)
        page = undo(client, upload).content.decode()
    assert "取消し中に問題が起きました。何も取り消していません。" in page
    assert (upload.state, Venue.objects.count()) == (ImportState.APPLIED, 1)

    undo(client, upload)
    assert (upload.state, Venue.objects.count()) == (ImportState.UNDONE, 0)


def test_worker_outlives_a_list_that_breaks(upload, monkeypatch):
    ImportUpload.objects.update(state=ImportState.PLANNING)
    broken(monkeypatch, ImportState.PLANNING)
    call_command("worker", "--once")
    upload.refresh_from_db()
    assert upload.state == ImportState.FAILED
    assert take_up(at=timezone.now()) == 0, "it is not tried for ever"


def test_database_that_is_away_leaves_the_list_to_the_worker(client, upload, monkeypatch):
    with monkeypatch.context() as patched:
        broken(patched, ImportState.APPLYING, OperationalError)
        page = apply(client, upload)
        assert page.status_code == 200
        assert upload.state == ImportState.APPLYING

    assert take_up(at=timezone.now()) == 1
    upload.refresh_from_db()
    assert upload.state == ImportState.APPLIED
