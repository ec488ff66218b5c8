"""出前講座 over HTTP: menu, request, one's own page, and the section's desk."""

from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import CourseRun
from enrollments.models import Notification
from learning_paths.domain.outreach.answering import propose_dates
from learning_paths.domain.outreach.links import outreach_token
from learning_paths.models import OutreachEntry, OutreachRequest
from tests.factories import NOON, CourseFactory, StaffProfileFactory
from tests.learning_paths.outreach.conftest import ASKED, FIRST, OTHER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


def _said(**changes: object) -> dict[str, object]:
    local = timezone.localtime(FIRST)
    said = {
        name: value
        for name, value in vars(ASKED).items()
        if name not in ("starts", "group", "is_proper")
    }
    dates = {"day_1": f"{local:%Y-%m-%d}", "time_1": f"{local:%H:%M}"}
    return {**said, **dates, "is_proper": "on", "form_key": uuid4(), **changes}


def _staff(user):
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_menu_shows_section_and_conditions(client, entry):
    page = client.get("/outreach/").content.decode()
    assert "わが家の備え" in page
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "防災課" in page
    assert "10人から" in page
    assert "月・火・水・木・金" in page


def test_menu_costs_the_same_however_many(client, entry, django_assert_num_queries):
    client.get("/outreach/")
    with CaptureQueriesContext(connection) as once:
        client.get("/outreach/")
    for _number in range(2):
        OutreachEntry.objects.create(course=CourseFactory(kind="outreach"))
    with django_assert_num_queries(len(once.captured_queries)):
        client.get("/outreach/")


def test_visitor_asks_and_gets_a_page_of_its_own(client, entry):
    said = _said()
    address = reverse("outreach_ask", args=[entry.pk])
    response = client.post(address, said)
    again = client.post(address, said)
    request = OutreachRequest.objects.get()
    assert response.url == again.url
    page = client.get(response.url)
    assert request.number in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": 9}, "10人以上で申し込めます。ほか"),
        ({"is_proper": ""}, "営利・政治・宗教を目的とした集まりには、うかがえません"),
        ({"day_1": "2026-12-05"}, "20日以上先の日"),
        ({"day_2": "2026-12-21"}, "日と時刻の両方"),
        ({"phone": "", "email": ""}, "電話番号かメールアドレスを入力してください"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, entry, changes, words):
    response = client.post(reverse("outreach_ask", args=[entry.pk]), _said(**changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "東町集会所 2階" in page
    assert not OutreachRequest.objects.exists()


def test_trap_keeps_nothing(client, entry):
    said = _said(homepage="https://spam.example")
    assert client.post(reverse("outreach_ask", args=[entry.pk]), said).status_code == 302
    assert not OutreachRequest.objects.exists()


def test_requester_chooses_by_the_link(client, asked, officer):
    propose_dates(request=asked, starts=[OTHER], words="", by=officer, at=NOON)
    address = reverse("outreach_own", args=[outreach_token(asked)])
    assert "日を選んでください" in client.get(address).content.decode()
    date = asked.dates.get(starts_at=OTHER)
    client.post(address, {"step": "choose", "date": date.pk})
    assert CourseRun.objects.get().sessions.get().starts_at == OTHER
    assert "実施決定" in client.get(address).content.decode()


def test_stale_choice_is_said(client, asked):
    address = reverse("outreach_own", args=[outreach_token(asked)])
    response = client.post(address, {"step": "choose", "date": "0"})
    assert response.status_code == 409
    assert "案内した日の中から" in response.content.decode()


def test_requester_takes_it_back_and_wishes_other_dates(client, asked, officer):
    propose_dates(request=asked, starts=[OTHER], words="", by=officer, at=NOON)
    address = reverse("outreach_own", args=[outreach_token(asked)])
    wrong = client.post(
        address, {"step": "other", "day_1": "2026-11-25", "time_1": "10:00"}
    )
    assert wrong.status_code == 422
    assert "20日以上先" in wrong.content.decode()
    client.post(address, {"step": "other", "day_1": "2026-12-22", "time_1": "10:00"})
    assert OutreachRequest.objects.get().state == "received"
    client.post(address, {"step": "withdraw"})
    assert OutreachRequest.objects.get().state == "withdrawn"


def test_forged_link_opens_nothing(client, asked):
    token = outreach_token(asked)
    assert client.get(reverse("outreach_own", args=[token + "x"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("own", 200), ("other", 403), ("resident", 403)]
)
def test_only_the_own_section_opens_a_request(client, asked, officer, taro, who, status):
    people = {"own": officer, "other": StaffProfileFactory().user, "resident": taro}
    client.force_login(_staff(people[who]))
    addresses = [
        reverse("manage_outreach_one", args=[asked.pk]),
        reverse("manage_outreach_entry", args=[asked.entry.course_id]),
        reverse("manage_outreach_new", args=[asked.entry_id]),
    ]
    assert [client.get(one).status_code for one in addresses] == [status] * 3
    assert client.post(addresses[0], {"step": "told"}).status_code in (302, status)


def test_anonymous_visitors_sign_in_first(client, asked):
    address = reverse("manage_outreach_one", args=[asked.pk])
    assert client.get(address).status_code == 302


def test_section_proposes_and_accepts(client, asked, officer):
    client.force_login(_staff(officer))
    address = reverse("manage_outreach_one", args=[asked.pk])
    said = {"propose-day_1": "2026-12-16", "propose-time_1": "10:00"}
    assert client.post(address, {"step": "propose", **said}).status_code == 302
    assert OutreachRequest.objects.get().state == "proposed"
    again = client.post(address, {"step": "accept", "accept-date": "1"})
    assert again.status_code == 404


def test_section_accepts_a_wished_date(client, asked, officer):
    client.force_login(_staff(officer))
    address = reverse("manage_outreach_one", args=[asked.pk])
    page = client.get(address).content.decode()
    assert "に決める" in page
    date = asked.dates.first()
    client.post(address, {"step": "accept", "accept-date": date.pk})
    assert OutreachRequest.objects.get().state == "accepted"
    assert "わが家の備え" in client.get(reverse("manage_outreach")).content.decode()


def test_section_says_on_which_terms_it_comes(client, entry, officer):
    client.force_login(_staff(officer))
    address = reverse("manage_outreach_entry", args=[entry.course_id])
    said = {"minutes": 45, "minimum_people": 5, "weekdays": ["2", "4"], "notice_days": 30}
    said |= {"begins_from": "10:00", "ends_by": "16:00", "is_offered": "on"}
    assert client.post(address, {**said, "ends_by": "09:00"}).status_code == 422
    assert client.post(address, said).status_code == 302
    entry.refresh_from_db()
    assert (entry.minutes, entry.weekdays, entry.minimum_people) == (45, "24", 5)


def test_section_enters_a_telephone_call(client, entry, officer):
    client.force_login(_staff(officer))
    said = _said(channel="phone", email="")
    client.post(reverse("manage_outreach_new", args=[entry.pk]), said)
    request = OutreachRequest.objects.get()
    address = reverse("manage_outreach_one", args=[request.pk])
    page = client.get(address).content.decode()
    assert "電話で伝える" in page

    client.post(address, {"step": "told", "message": Notification.objects.get().pk})
    assert "伝える内容" not in client.get(address).content.decode()


@pytest.mark.parametrize("row", [2, 3])
def test_fault_of_a_later_date_is_said_at_that_date(client, entry, row):
    """Also where the row before it was left empty."""
    early = timezone.localtime(NOON)
    sent = _said(**{f"day_{row}": f"{early:%Y-%m-%d}", f"time_{row}": "10:00"})
    form = client.post(reverse("outreach_ask", args=[entry.pk]), sent).context["form"]

    assert set(form.errors) == {f"day_{row}"}
    assert "日以上先の日を選んでください。" in form.errors[f"day_{row}"][0]


def test_nearest_day_and_what_is_missing_are_said(client, entry):
    address = reverse("outreach_ask", args=[entry.pk])
    assert "いちばん早くて12月11日（金）です。" in client.get(address).content.decode()

    form = client.post(address, {"people": ""}).context["form"]
    assert form.errors["group_name"] == ["団体や集まりの名前を入力してください。"]
    assert next(iter(form.fields)) == "people"


def test_whoever_belongs_to_one_group_need_not_write_its_name(client, entry, leader):
    client.force_login(leader.user)
    form = client.get(reverse("outreach_ask", args=[entry.pk])).context["form"]
    assert (form["group"].value(), form["group_name"].value()) == (
        leader.group.pk,
        leader.group.name,
    )
