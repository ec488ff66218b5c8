"""One's own dates: nobody else's, with what they wait for marked, and the link when due."""

from datetime import timedelta

import pytest

from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import application_token
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON, SessionFactory, UserFactory

DAY = timedelta(days=1)


@pytest.fixture
def hanako(db):
    return UserFactory(email="hanako@example.jp")


@pytest.fixture
def taro(db):
    return UserFactory(email="taro@example.jp")


def look(client, user, query: str = "", path: str = "/my/schedule/"):
    client.force_login(user)
    return client.get(f"{path}?{query}")


def apply(run, user, person) -> Application:
    return apply_for_seat(run=run, request=request_by(person), by=user, at=NOON)


def titles(response) -> list[str]:
    return [
        f"{line.mark} {line.title}".strip()
        for group in response.context["groups"]
        for listed in group.days
        for line in listed.lines
    ]


def test_visitor_is_asked_to_sign_in(client, site):
    response = client.get("/my/schedule/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/my/schedule/"


def test_dates_are_ones_own_and_lead_to_the_application(client, offer, hanako, taro):
    application = apply(offer("防災"), hanako, HANAKO)
    apply(offer("ほかの人の講座"), taro, TARO)

    response = look(client, hanako)

    assert titles(response) == ["防災"]
    html = response.content.decode()
    assert f'href="/applications/{application_token(application)}/"' in html
    assert "ほかの人の講座" not in html
    assert "no-store" in response["Cache-Control"]


def test_what_is_waited_for_is_marked_in_words(client, offer, hanako, taro):
    run = offer("防災", places=1)
    apply(run, taro, TARO)
    apply(run, hanako, HANAKO)
    lottery = offer(
        "抽選の講座",
        days=20,
        selection_mode="lottery",
        applications_close_at=NOON + DAY * 5,
    )
    apply(lottery, hanako, HANAKO)

    assert titles(look(client, hanako)) == ["キャンセル待ち 防災", "抽選待ち 抽選の講座"]


def test_withdrawn_places_are_gone_and_called_off_runs_stay(client, offer, hanako):
    gone = apply(offer("取り消した講座"), hanako, HANAKO)
    withdraw(application=gone, by=hanako, at=NOON)
    off = offer("中止の講座")
    apply(off, hanako, HANAKO)
    Session.objects.filter(run=off).update(state="cancelled")

    assert titles(look(client, hanako)) == ["中止 中止の講座"]


@pytest.mark.parametrize(
    ("hours", "shown"), [(25, False), (23, True), (1, True), (-1, True), (-3, False)]
)
def test_link_of_the_meeting_is_shown_from_the_day_before_to_the_end(
    client, noon, offer, hanako, hours, shown
):
    link = "https://meet.example.jp/1"
    run = offer("画面", days=14, delivery="online", session={"online_url": link})
    apply(run, hanako, HANAKO)
    noon.shift(14 * DAY - timedelta(hours=hours))

    for address in ("/my/schedule/?view=week", "/my/"):
        html = look(client, hanako, path=address).content.decode()
        assert (link in html) == shown, address
    coming = "オンラインの参加先は、前日からここに出ます。"
    week = look(client, hanako, "view=week").content.decode()
    assert (coming in week) == (hours == 25)


def test_link_is_for_those_with_a_place(client, noon, offer, hanako, taro):
    link = "https://meet.example.jp/1"
    run = offer("画面", days=14, places=1, delivery="online", session={"online_url": link})
    apply(run, taro, TARO)
    apply(run, hanako, HANAKO)
    noon.shift(14 * DAY - timedelta(hours=1))

    assert link not in look(client, hanako).content.decode()
    assert link in look(client, taro).content.decode()


@pytest.mark.parametrize("view", ["month&month=2026-12", "week&week=2026-12-05"])
def test_month_and_week_show_the_same_dates(client, offer, hanako, view):
    apply(offer("防災"), hanako, HANAKO)

    html = look(client, hanako, f"view={view}").content.decode()

    assert "防災" in html
    assert 'href="/my/schedule/?view=agenda"' in html
    assert "view=list" not in html


def test_what_is_no_view_or_month_shows_what_is_to_come(client, site, hanako):
    odd = look(client, hanako, "view=%00&month=x")
    assert (odd.status_code, odd.context["shown"].view) == (200, "agenda")
    said = look(client, hanako, "view=month&month=9999-01").content.decode()
    assert "今月を表示しました。" in said


def test_english_reader_gets_english(client, offer, hanako):
    apply(offer("防災", course={"title_en": "Be prepared"}), hanako, HANAKO)

    response = look(client, hanako, path="/en/my/schedule/")

    assert titles(response) == ["Be prepared"]
    assert "Sat 5 Dec 2026" in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("view", ["agenda", "month&month=2026-12"])
def test_own_dates_take_the_same_queries_however_many(
    client, offer, hanako, django_assert_num_queries, number, view
):
    for at in range(number):
        run = offer(f"講座{at}", days=14 + at)
        SessionFactory(run=run, number=2, starts_at=NOON + DAY * 20)
        apply(run, hanako, HANAKO)
    look(client, hanako, f"view={view}")
    with django_assert_num_queries(8):
        client.get(f"/my/schedule/?view={view}")
