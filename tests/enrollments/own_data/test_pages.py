"""わたしのデータ over http: for the person, and on paper by staff."""

import csv
import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse

from accounts.enums import AccessKind
from accounts.models import AccessLog
from tests.enrollments.back_office import officer_of
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
PASSWORD = "manabiba-2026-secret"
REASON = "本人が窓口で求めたため"


@pytest.fixture(autouse=True)
def _clear(db):
    cache.clear()


@pytest.fixture
def signed_in(client, hanako):
    """With a password, asked again just now."""
    hanako.set_password(PASSWORD)
    hanako.save()
    client.force_login(hanako)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def _file(client, form):
    return client.get(reverse("my_data_file", args=[form]))


@pytest.mark.parametrize("name", ["my_data", "my_data_shown"])
def test_nobody_gets_there_without_signing_in_and_once_more(client, hanako, hers, name):
    address = reverse(name)
    assert client.get(address)["Location"].startswith(reverse("account_login"))
    hanako.set_password(PASSWORD)
    hanako.save()
    client.force_login(hanako)
    again = client.get(address)["Location"]
    assert again == f"{reverse('account_reauthenticate')}?next=%2Fmy%2Fdata%2F"
    assert _file(client, "json")["Location"] == again
    assert not AccessLog.objects.exists()


def test_page_leads_to_each_form(signed_in, hers):
    page = signed_in.get(reverse("my_data")).content.decode()
    for address in ("/my/data.zip", "/my/data.json", "/my/data/all/"):
        assert address in page


def test_page_to_read_shows_what_is_kept(signed_in, hers):
    page = signed_in.get(reverse("my_data_shown")).content.decode()
    assert hers.receipt_number in page
    assert "0420-12-3456" in page
    assert "めい" in page


def test_json_holds_every_chapter_and_leaves_a_trace(signed_in, hanako, hers):
    response = _file(signed_in, "json")
    data = json.loads(response.content)

    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert data["applications"][0]["receipt_number"] == hers.receipt_number
    assert data["groups"] == []
    trace = AccessLog.objects.get()
    assert (trace.user, trace.kind, trace.people) == (hanako, AccessKind.EXPORT, 1)
    assert "申込み" in trace.columns.split("\n")


def test_zip_holds_a_page_and_files_without_formulas(signed_in, hers):
    with zipfile.ZipFile(io.BytesIO(_file(signed_in, "zip").content)) as files:
        names = set(files.namelist())
        page = files.read("index.html").decode()
        text = files.read("applications.csv").decode("utf-8-sig")
    assert {"index.html", "data.json", "participants.csv"} <= names
    assert "refunds.csv" not in names
    assert hers.receipt_number in page
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["連絡事項"] == "'=1+1"


def test_so_often_an_hour(signed_in, hers, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "own_data": "2/1h"}
    assert [_file(signed_in, "json").status_code for _ in range(3)] == [200, 200, 429]
    assert AccessLog.objects.count() == 2


# ---------------------------------------------------------------- on paper, by staff
@pytest.fixture
def officer(department):
    return officer_of(department)


@pytest.fixture
def exporter(officer):
    """Of the section, with the right to take out personal data."""
    officer.user_permissions.add(Permission.objects.get(codename="export_sensitive"))
    return officer


def _sheet(client, application, **said):
    return client.post(reverse("manage_person_data", args=[application.pk]), said)


def test_officer_prints_for_a_reason_that_is_kept(client, exporter, hers):
    client.force_login(exporter)
    refused = _sheet(client, hers, is_the_person="on")
    assert refused.status_code == 422
    assert not AccessLog.objects.filter(kind=AccessKind.EXPORT).exists()

    page = _sheet(client, hers, is_the_person="on", reason=REASON).content.decode()
    assert hers.receipt_number in page
    assert "めい" not in page
    trace = AccessLog.objects.get(kind=AccessKind.EXPORT)
    assert (trace.reason, trace.people) == (REASON, 1)
    assert "山田" not in trace.subject


def test_wishes_for_support_are_printed_by_those_who_may_see_them(client, exporter, hers):
    exporter.user_permissions.add(Permission.objects.get(codename="view_supportrequest"))
    client.force_login(exporter)
    page = _sheet(client, hers, is_the_person="on", reason=REASON).content.decode()
    assert "めい" in page


@pytest.mark.parametrize("who", ["without the right", "of another section", "resident"])
def test_others_print_nothing(client, officer, hanako, hers, who):
    person = {
        "without the right": officer,
        "of another section": officer_of(DepartmentFactory()),
        "resident": hanako,
    }[who]
    if who == "of another section":
        right = Permission.objects.get(codename="export_sensitive")
        person.user_permissions.add(right)
    client.force_login(person)
    response = _sheet(client, hers, is_the_person="on", reason=REASON)
    assert response.status_code in (302, 403)
    assert not AccessLog.objects.filter(kind=AccessKind.EXPORT).exists()


def test_what_a_group_sent_is_no_one_persons(client, exporter, hers):
    hers.sends_members = True
    hers.save()
    client.force_login(exporter)
    assert _sheet(client, hers, is_the_person="on", reason=REASON).status_code == 404
