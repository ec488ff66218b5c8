"""The secret calendar as clients fetch it, and the page on which it is made."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError
from django.db.models import QuerySet
from django.urls import reverse

from courses.enums import CourseKind
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_tokens import (
    MOST_TOKENS,
    issue_calendar_token,
    revoke_calendar_token,
)
from enrollments.domain.recommending.choosing import Chosen, choose_interests
from enrollments.models import CalendarToken
from tests.courses.calendars import events_in, summaries, unfolded
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    SeatPoolFactory,
    SessionFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOKEN = "A1b2C3d4" * 5
URL = f"/calendar/{TOKEN}.ics"
PAGE = "/my/calendar/"


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def key(hanako, run, now):
    apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)
    return issue_calendar_token(user=hanako, name="スマホ", token=TOKEN, at=now)


def test_secret_calendar_is_private_and_stays_out_of_caches_and_search(client, key):
    response = client.get(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Vary"] == "Accept-Encoding"
    assert response.cookies == {}
    assert "Access-Control-Allow-Origin" not in response
    (event,) = events_in(response.content)
    assert str(event["CLASS"]) == "PRIVATE"


def test_secret_calendar_does_not_name_its_secret_or_its_owner(client, key, hanako):
    lines = unfolded(client.get(URL).content)
    assert TOKEN not in "".join(lines)
    assert [line for line in lines if line.startswith("SOURCE")] == []
    for name in ("山田", "花子", hanako.email):
        assert name not in "".join(lines)


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_secret_calendar_can_be_304(client, key, header):
    full = client.get(URL)
    name = {"ETag": "HTTP_IF_NONE_MATCH", "Last-Modified": "HTTP_IF_MODIFIED_SINCE"}[header]
    response = client.get(URL, **{name: full[header]})
    assert (response.status_code, response["Cache-Control"]) == (304, "private, no-cache")


def test_unknown_and_revoked_get_the_very_same_answer(client, key, hanako, now):
    revoke_calendar_token(calendar_token=key, by=hanako, at=now)
    revoked, unknown = client.get(URL), client.get("/calendar/unknown.ics")
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.content == unknown.content
    assert dict(revoked.items()) == dict(unknown.items())
    assert TOKEN not in str(revoked.content)


def test_signing_in_is_neither_needed_nor_looked_at(client, key):
    anonymous = client.get(URL)
    client.force_login(UserFactory())
    assert client.get(URL).content == anonymous.content


@pytest.mark.parametrize("method", ["POST", "PROPFIND"])
def test_secret_calendar_refuses_other_methods(client, key, method):
    client.handler.enforce_csrf_checks = True
    assert client.generic(method, URL).status_code == 405


def test_too_many_fetches_of_one_address_are_429(client, key, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "feed_token": "2/10m"}
    assert [client.get(URL).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(URL)
    assert refused["Content-Type"] == "text/plain; charset=utf-8"
    assert 0 < int(refused["Retry-After"]) <= 600
    assert client.get("/calendar/other.ics").status_code == 404


def test_guesses_leave_nothing_behind(client, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "feed_token": "1/10m"}
    with patch.object(cache, "set") as kept, patch.object(cache, "add") as counted:
        assert [client.get("/calendar/guess.ics").status_code for _ in "ab"] == [404, 404]
    assert (kept.call_count, counted.call_count) == (0, 0)


@pytest.mark.parametrize("use", ["first", "second"])
def test_a_fetch_takes_a_fixed_number_of_queries(
    client, key, use, django_assert_num_queries
):
    if use == "second":
        client.get(URL)
    with django_assert_num_queries(11 if use == "second" else 12):
        client.get(URL)


def test_page_is_for_people_who_signed_in(client):
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_making_an_address_shows_it_this_once(client, hanako, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    client.force_login(hanako)
    made = client.post(PAGE, {"name": "自宅の端末", "with_link": "on"})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    (address,) = set(
        re.findall(
            r"https://manabiba\.example(/calendar/[\w-]{43}\.ics)", made.content.decode()
        )
    )
    assert f"webcal://manabiba.example{address}" in made.content.decode()
    assert client.get(address).status_code == 200
    page = client.get(PAGE).content.decode()
    assert "自宅の端末" in page
    assert address not in page


def test_a_name_may_be_left_out(client, hanako):
    client.force_login(hanako)
    assert client.post(PAGE, {"name": " "}).status_code == 201
    assert CalendarToken.objects.get().name == "カレンダー"


def test_a_name_that_is_too_long_is_kept_and_explained(client, hanako):
    client.force_login(hanako)
    response = client.post(PAGE, {"name": "長" * 41})
    assert response.status_code == 422
    assert "長" * 41 in response.content.decode()
    assert CalendarToken.objects.count() == 0


def test_too_many_addresses_are_refused_with_a_sentence(client, hanako, now):
    for number in range(MOST_TOKENS):
        issue_calendar_token(user=hanako, name="端末", token=f"{number}", at=now)
    client.force_login(hanako)
    response = client.post(PAGE, {"name": "もう一つ"})
    assert response.status_code == 409
    assert "20個までつくれます" in response.content.decode()


def test_revoking_is_asked_once_more(client, key, hanako):
    client.force_login(hanako)
    page = client.get(reverse("calendar_token", args=[key.pk])).content.decode()
    before = page.partition("ほんとうに無効にしますか")[0]
    assert "<summary>無効にする</summary>" in before
    assert reverse("calendar_token_revoke", args=[key.pk]) not in before


def test_revoking_ends_the_address(client, key, hanako):
    client.force_login(hanako)
    response = client.post(reverse("calendar_token_revoke", args=[key.pk]))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert client.get(URL).status_code == 404
    assert "使っているアドレス" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("act", ["calendar_token_rotate", "calendar_token_revoke"])
def test_an_act_that_was_asked_with_get_changes_nothing(client, key, hanako, act):
    client.force_login(hanako)
    response = client.get(reverse(act, args=[key.pk]))
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}{key.pk}/")
    assert client.get(URL).status_code == 200


def test_revoking_somebody_elses_address_is_a_404(client, key):
    client.force_login(UserFactory())
    assert client.post(reverse("calendar_token_revoke", args=[key.pk])).status_code == 404
    assert client.get(URL).status_code == 200


def test_making_and_revoking_need_a_csrf_token(client, key, hanako):
    client.handler.enforce_csrf_checks = True
    client.force_login(hanako)
    assert client.post(PAGE, {"name": "x"}).status_code == 403
    assert client.post(reverse("calendar_token_revoke", args=[key.pk])).status_code == 403
    assert CalendarToken.objects.get().revoked_at is None


def test_a_304_takes_three_queries_and_writes_nothing(
    client, key, django_assert_num_queries, monkeypatch
):
    etag = client.get(URL)["ETag"]
    monkeypatch.setattr("enrollments.views.personal_feed.render_calendar", None)
    with django_assert_num_queries(3):
        assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_kind_of_program_is_shown_and_its_words_are_not_kept(client, key, hanako):
    client.get(URL, HTTP_USER_AGENT="Google-Calendar-Importer secret-of-a-house")
    assert "secret-of-a-house" not in str(CalendarToken.objects.values().get())
    client.force_login(hanako)
    assert "（Googleカレンダー）" in client.get(PAGE).content.decode()


def test_choices_are_changed_later_and_reach_programs(client, key, hanako, now):
    client.force_login(hanako)
    (before,) = events_in(client.get(URL).content)
    page = reverse("calendar_token", args=[key.pk])
    assert 'name="with_groups"' not in client.get(page).content.decode()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        changed = client.post(page, {"name": "タブレット", "with_waiting": "on"})
        assert (changed.status_code, changed["Location"]) == (302, PAGE)
        (after,) = events_in(client.get(URL).content)
    kept = CalendarToken.objects.get()
    assert (kept.name, kept.with_waiting, kept.with_link) == ("タブレット", True, False)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after.last_modified == now + timedelta(hours=2)


def test_rotating_shows_a_new_address_once_and_ends_the_former(client, key, hanako):
    client.force_login(hanako)
    answer = client.post(reverse("calendar_token_rotate", args=[key.pk]))
    assert answer.status_code == 201
    (address,) = set(re.findall(r"(/calendar/[\w-]{43}\.ics)", answer.content.decode()))
    assert client.get(address).status_code == 200
    former, unknown = client.get(URL), client.get("/calendar/unknown.ics")
    assert (former.status_code, former.content) == (404, unknown.content)
    assert dict(former.items()) == dict(unknown.items())


@pytest.mark.parametrize("name", ["calendar_token", "calendar_token_rotate"])
def test_somebody_elses_address_is_neither_shown_nor_replaced(client, key, name):
    client.force_login(UserFactory())
    assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert client.get(URL).status_code == 200
    assert CalendarToken.objects.get().name == "スマホ"


def test_closed_accounts_are_answered_as_unknown_addresses(client, key, hanako):
    hanako.is_active = False
    hanako.save()
    closed, unknown = client.get(URL), client.get("/calendar/unknown.ics")
    assert (closed.status_code, closed.content) == (404, unknown.content)
    assert dict(closed.items()) == dict(unknown.items())


def test_officers_subscribe_to_what_their_section_holds(
    client, officer, department, settings, now
):
    def held(kind, **more):
        course = CourseFactory(kind=kind, **more)
        return SessionFactory(run__course=course).run.course

    joint = held(CourseKind.JOINT_SESSION, title="ともに学ぶ", department=department)
    together = held(CourseKind.STAFF_TRAINING, title="職員のための防災")
    together.co_hosts.add(department)
    held(CourseKind.LECTURE, title="講演", department=department)
    held(CourseKind.STAFF_TRAINING, title="よその課の研修")
    client.force_login(officer)

    made = client.post(PAGE, {"name": "課", "scope": "section"}).content.decode()
    address = re.search(r"/calendar/[\w-]{43}\.ics", made)[0]
    feed = client.get(address)

    assert set(summaries(feed.content)) == {joint.title, together.title}
    assert f"NAME:{department.name}の合同学習会・職員研修｜まなびば" in unfolded(
        feed.content
    )
    assert {str(event["CLASS"]) for event in events_in(feed.content)} == {"PRIVATE"}
    assert {str(event["TRANSP"]) for event in events_in(feed.content)} == {"TRANSPARENT"}
    officer.staff_profile.delete()
    assert client.get(address).status_code == 404


def test_residents_are_not_asked_for_a_section(client, hanako):
    client.force_login(hanako)
    offered = re.findall(r'name="scope" value="(\w+)"', client.get(PAGE).content.decode())
    assert offered == ["own", "suggested"]
    assert client.post(PAGE, {"name": "課", "scope": "section"}).status_code == 422
    assert not CalendarToken.objects.exists()


def test_recommended_sessions_are_tentative_and_go_with_the_wish(client, hanako, now):
    theme = ThemeFactory(name="防災")
    session = SessionFactory(run__course__title="避難所の運営")
    session.run.course.themes.add(theme)
    SeatPoolFactory(run=session.run)
    chosen = Chosen(themes=(theme.pk,))
    choose_interests(user=hanako, chosen=chosen, language="ja", at=now)
    client.force_login(hanako)
    made = client.post(PAGE, {"scope": "suggested"}).content.decode()
    address = re.search(r"/calendar/[\w-]{43}\.ics", made)[0]

    response = client.get(address)
    (event,) = events_in(response.content)
    assert (str(event["SUMMARY"]), str(event["STATUS"]), str(event["TRANSP"])) == (
        "【おすすめ】避難所の運営",
        "TENTATIVE",
        "TRANSPARENT",
    )
    assert "private" in response["Cache-Control"]
    none = Chosen(wants_recommendations=False)
    choose_interests(user=hanako, chosen=none, language="ja", at=now)
    assert events_in(client.get(address).content) == []
    revoke_calendar_token(calendar_token=CalendarToken.objects.get(), by=hanako, at=now)
    unknown = client.get("/calendar/" + "x" * 43 + ".ics")
    revoked = client.get(address)
    assert (revoked.status_code, revoked.content) == (404, unknown.content)


def _sent(client, page, **fields):
    """The form of the page as a browser sends it."""
    shown = client.get(page).content.decode()
    form_key = re.search(r'name="form_key" value="([^"]+)"', shown)[1]
    return {"form_key": form_key, **fields}


def test_loading_the_answer_again_makes_no_second_address(client, hanako):
    client.force_login(hanako)
    form = _sent(client, PAGE, name="スマホ")

    first, again = (client.post(PAGE, form, follow=True) for _time in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert CalendarToken.objects.count() == 1
    assert "アドレスはもう表示できません。" in again.content.decode()


def test_loading_the_answer_again_keeps_the_address_that_was_copied(client, key, hanako):
    client.force_login(hanako)
    form = _sent(client, f"{PAGE}{key.pk}/")

    client.post(f"{PAGE}{key.pk}/rotate/", form)
    digest = CalendarToken.objects.get(pk=key.pk).digest
    client.post(f"{PAGE}{key.pk}/rotate/", form)

    assert CalendarToken.objects.get(pk=key.pk).digest == digest


def test_calendar_is_sent_though_its_use_cannot_be_noted(client, key, monkeypatch):
    def busy(*_args, **_changes):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "update", busy)

    assert client.get(URL).status_code == 200
    assert CalendarToken.objects.get(pk=key.pk).last_used_at is None
