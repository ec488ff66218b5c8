"""The pages of 保育・支援: for those with the permission, a secret to everybody else."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import AccessLog
from cms.permissions import SUPPORTERS
from courses.enums import SupportKind as Kind
from courses.models import SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.links import application_token
from enrollments.domain.support_promises import confirm
from enrollments.domain.support_requests import ChildWish, ask_for_support
from enrollments.enums import SupportState as State
from enrollments.models import Notification, SupportRequest
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def offer(run) -> SupportOffer:
    run.pools.update(capacity=9)
    return SupportOffer.objects.create(run=run, kind=Kind.CHILDCARE, capacity=5)


@pytest.fixture
def wish(offer, run, now) -> SupportRequest:
    return _asked(run, HANAKO, now)


@pytest.fixture
def carer(department):
    user = officer_of(department)
    user.groups.add(Group.objects.get(name=SUPPORTERS))
    return user


@pytest.fixture
def plain(department):
    """An officer of the same section without the permission."""
    return officer_of(department)


def _asked(run, person, now) -> SupportRequest:
    return ask_for_support(
        application=apply_for_seat(run=run, request=request_by(person), by=None, at=now),
        kind=Kind.CHILDCARE,
        needs="階段が苦手です",
        children=[ChildWish("めいちゃん", 20, "卵アレルギー")],
        by=None,
        at=now,
    )


def _page(client, name, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_shows_what_is_needed_and_by_whom(client, carer, wish, run):
    client.force_login(carer)
    page = _page(client, "manage_support", run.code)

    for words in ("山田 花子", "めいちゃん（1歳8か月）", "卵アレルギー", "階段が苦手です"):
        assert words in page
    assert AccessLog.objects.filter(subject=f"保育・支援 {run.code}", people=1).exists()


def test_nothing_shows_without_the_permission(client, plain, carer, wish, run, now):
    confirm(request=wish, by=carer, at=now)
    client.force_login(plain)
    application = wish.application_id
    pages = [
        _page(client, "manage_run", run.code),
        _page(client, "manage_applications", run.code),
        _page(client, "manage_application", application),
        _page(client, "manage_message_history", application),
        _page(client, "manage_letters", run.code),
        _page(client, "manage_run_changes", run.code),
        client.get(reverse("manage_messages") + "?state=all").content.decode(),
        client.get(reverse("wagtailadmin_home")).content.decode(),
    ]
    for page in pages:
        assert "めいちゃん" not in page
        assert "階段が苦手です" not in page
        assert "保育を手配しました" not in page
        assert "保育・支援" not in page


def test_closed_pages_are_refused(client, plain, wish, run):
    client.force_login(plain)

    for answer in (
        client.get(reverse("manage_support", args=[run.code])),
        client.get(reverse("manage_support_section")),
        client.post(reverse("manage_support_act", args=[wish.pk])),
        client.get(reverse("manage_print_page", args=[run.code, "childcare"])),
    ):
        assert answer.status_code == 403
    wish.refresh_from_db()
    assert wish.state == State.ASKED


def test_permission_does_not_open_another_section(client, carer, wish, run):
    stranger = officer_of(_other_department())
    stranger.groups.add(Group.objects.get(name=SUPPORTERS))
    client.force_login(stranger)

    assert client.get(reverse("manage_support", args=[run.code])).status_code == 403
    assert "山田" not in _page(client, "manage_support_section")
    assert client.post(reverse("manage_support_act", args=[wish.pk])).status_code == 404


def _other_department():
    from tests.factories import DepartmentFactory

    return DepartmentFactory()


def test_with_the_permission_the_application_page_says_it(client, carer, wish):
    client.force_login(carer)

    assert "希望を受付" in _page(client, "manage_application", wish.application_id)


def test_start_page_counts_what_is_not_yet_arranged(client, carer, wish, now):
    client.force_login(carer)
    assert "まだ手配していない希望 1件" in _page(client, "wagtailadmin_home")

    confirm(request=wish, by=carer, at=now)
    assert "まだ手配していない希望" not in _page(client, "wagtailadmin_home")


def test_confirming_and_declining_from_the_list(client, carer, wish, run):
    client.force_login(carer)
    address = reverse("manage_support_act", args=[wish.pk])

    answer = client.post(address, {"action": "declined"}, follow=True)
    assert "かわりの案を書いてください" in answer.content.decode()

    client.post(address, {"action": "declined", "alternative": "別の日"})
    wish.refresh_from_db()
    assert (wish.state, wish.alternative) == (State.DECLINED, "別の日")

    client.post(address, {"action": "confirmed", "why": "保育士を増やせた"})
    wish.refresh_from_db()
    assert (wish.state, wish.steps.last().why) == (State.CONFIRMED, "保育士を増やせた")


def test_wish_heard_on_the_telephone_is_entered(client, carer, offer, run, now):
    application = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    client.force_login(carer)
    address = reverse("manage_support", args=[run.code])
    said = {"number": application.receipt_number, "kind": "childcare", "needs": ""}

    wrong = client.post(address, {**said, "children": "めい"})
    assert (wrong.status_code, "「めい」が読み取れません" in wrong.content.decode()) == (
        422,
        True,
    )

    client.post(address, {**said, "children": "めい 1歳8か月 卵アレルギー\nけん 3歳"})
    wish = SupportRequest.objects.get()
    assert [(one.called, one.age_months, one.note) for one in wish.children.all()] == [
        ("めい", 20, "卵アレルギー"),
        ("けん", 36, ""),
    ]


def test_childcare_list_has_promised_children_only(client, carer, wish, run, now):
    client.force_login(carer)
    address = reverse("manage_print_page", args=[run.code, "childcare"])
    assert "めいちゃん" not in client.get(address).content.decode()

    confirm(request=wish, by=carer, at=now)
    assert "めいちゃん" in client.get(address).content.decode()
    assert AccessLog.objects.filter(kind="export", people=1).exists()


def test_booked_help_is_to_be_called_off_when_somebody_leaves(
    client, carer, wish, run, now
):
    from enrollments.domain.leaving import withdraw

    confirm(request=wish, by=carer, at=now)
    withdraw(application=wish.application, by=None, at=now)
    client.force_login(carer)

    assert "手配してあったものを取り消してください" in _page(
        client, "manage_support", run.code
    )


@pytest.mark.parametrize("people", [1, 3])
def test_cost_of_the_list_does_not_grow(
    client, carer, offer, run, now, people, django_assert_max_num_queries
):
    for person in (HANAKO, TARO, JIRO)[:people]:
        _asked(run, person, now)
    client.force_login(carer)
    client.get(reverse("manage_support", args=[run.code]))

    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("manage_support", args=[run.code]))


QUERIES = 26


def test_person_sees_the_promise_and_takes_it_back(client, carer, wish, now):
    token = application_token(wish.application)
    page = _page(client, "application", token)
    assert "めいちゃん" in page
    assert "希望を受付" in page

    client.post(reverse("application_wish_end", args=[token, wish.pk]))
    wish.refresh_from_db()
    assert wish.state == State.WITHDRAWN
    assert not Notification.objects.filter(kind="support").exists()


def test_link_of_one_application_does_not_end_the_wish_of_another(client, wish, run, now):
    other = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    token = application_token(other)

    answer = client.post(reverse("application_wish_end", args=[token, wish.pk]))
    assert answer.status_code == 404
    wish.refresh_from_db()
    assert wish.state == State.ASKED


def test_administrator_sees_all_sections(client, wish):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    assert "山田 花子" in _page(client, "manage_support_section")


def test_over_all_runs_only_those_to_come(client, carer, wish):
    client.force_login(carer)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        client.force_login(carer)
        assert "山田 花子" not in _page(client, "manage_support_section")
