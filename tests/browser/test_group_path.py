"""A group from its registration to the second step of its path: on the phone of the person
who leads it, with an officer at a desk."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.enums import PoolKind
from courses.models import CourseRun, Session
from enrollments.domain.attendance import record_attendance
from enrollments.models import Application
from learning_paths.domain.making_checks import (
    AnswerDraft,
    QuestionDraft,
    begin_version,
    publish_check,
    write_check,
)
from learning_paths.models import Group
from tests.browser.offered import run_in_a_week
from tests.browser.visitors import OURS, come_in_as, follow, is_fine, link_in, mails_to
from tests.factories import (
    CourseFactory,
    MembershipFactory,
    PathFactory,
    SeatPoolFactory,
    StageFactory,
    StepFactory,
    UserFactory,
)
from tests.pages import publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
ANSWER = "帳簿をつけている人がいる"


@pytest.fixture
def run(served) -> CourseRun:
    """Of the course that is the first step; everybody who comes once completes it."""
    cache.clear()
    run = run_in_a_week(CourseFactory(title="団体会計の基礎"), completion_percent=100)
    SeatPoolFactory(run=run, kind=PoolKind.GROUPS, capacity=4)
    publish_page(run.course)
    return run


@pytest.fixture
def path(run, officer):
    """Asked by the self-check about the stage that it is for."""
    stage = StageFactory(name="育ちの時期")
    path = PathFactory(name="育ちの道すじ", stage=stage)
    StepFactory(
        path=path, position=1, name="お金を学ぶ", courses=[run.course], needed_members=2
    )
    StepFactory(
        path=path,
        position=2,
        name="仲間をふやす",
        courses=[CourseFactory(title="広報入門")],
    )
    now = timezone.now()
    draft = begin_version(by=officer, at=now)
    answers = [AnswerDraft("まだ決めていない"), AnswerDraft(ANSWER, "", {stage.pk: 3})]
    questions = [QuestionDraft("お金の記録は", "", answers)]
    write_check(check=draft, intro="", intro_en="", questions=questions, by=officer)
    publish_check(check=draft, by=officer, at=now)
    return path


def _account(name: str, family: str, given: str, kana: tuple[str, str]) -> User:
    user = UserFactory(
        email=f"{name}@example.jp",
        last_name=family,
        first_name=given,
        last_name_kana=kana[0],
        first_name_kana=kana[1],
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_from_the_registration_to_the_second_step(
    phone, desk, run, path, officer, live_server
):
    keiko = _account("keiko", "高橋", "恵子", ("タカハシ", "ケイコ"))
    come_in_as(phone, keiko, address=live_server.url)
    come_in_as(desk, officer, address=live_server.url)

    group = _register(phone, live_server.url)
    _approve(desk, live_server.url)
    phone.goto(link_in(mails_to(keiko.email, at=timezone.now())[-1], "/groups/"))
    expect(phone.get_by_role("heading", name="みどりの会", level=1)).to_be_visible()
    is_fine(phone)
    hanako = _account("hanako", "山田", "花子", ("ヤマダ", "ハナコ"))
    MembershipFactory(group=group, user=hanako, email=hanako.email)

    _check_oneself(phone, live_server.url)
    _follow_the_path(phone, group, live_server.url)
    _send_both(phone)
    _complete(desk, run, officer, live_server.url)

    phone.goto(live_server.url + group.get_absolute_url())
    first, second = phone.locator(".path-step").nth(0), phone.locator(".path-step").nth(1)
    expect(first.get_by_text("達成")).to_be_visible()
    expect(second.get_by_text("次のステップ")).to_be_visible()
    expect(second).to_have_attribute("aria-current", "step")
    expect(phone.get_by_text("2ステップのうち1ステップ達成")).to_be_visible()
    is_fine(phone)


def _register(phone: Page, address: str) -> Group:
    phone.goto(address + reverse("groups"))
    follow(phone, "団体の登録を申請する")
    is_fine(phone)
    phone.get_by_role("button", name="登録を申請する").click()
    expect(phone.get_by_text("団体名を入力してください。").first).to_be_visible()
    is_fine(phone)
    expect(phone.get_by_text("団体の種類を選んでください。").first).to_be_visible()
    phone.locator("#id_name").fill("みどりの会")
    phone.locator("#id_kind").select_option(label="任意団体")
    phone.locator("#id_activity").fill("川べりの草を刈っています。")
    phone.get_by_role("button", name="登録を申請する").click()
    expect(phone.get_by_text("登録を申請しました。")).to_be_visible()
    is_fine(phone)
    return Group.objects.get()


def _approve(desk: Page, address: str) -> None:
    desk.goto(address + reverse("civic_groups:waiting"))
    expect(desk.get_by_text("川べりの草を刈っています。")).to_be_visible()
    is_fine(desk, context=OURS)
    desk.get_by_role("button", name="承認する").click()
    expect(desk.get_by_text("確認を待っている申請はありません。")).to_be_visible()


def _check_oneself(phone: Page, address: str) -> None:
    phone.goto(address + reverse("self_check"))
    is_fine(phone)
    phone.get_by_label(ANSWER).check()
    phone.get_by_role("button", name="近いステージを見る").click()
    keep = phone.get_by_role("button", name="「みどりの会」に記録する")
    expect(keep).to_be_visible()
    is_fine(phone)
    keep.click()
    expect(phone.get_by_text("に記録する")).to_be_hidden()


def _follow_the_path(phone: Page, group: Group, address: str) -> None:
    phone.goto(address + group.get_absolute_url())
    expect(phone.get_by_text("育ちの時期").first).to_be_visible()
    phone.get_by_role("button", name="この道すじを進む").click()
    expect(phone.locator(".path-step").nth(0)).to_have_attribute("aria-current", "step")
    expect(phone.locator(".path-step").nth(0)).to_contain_text("次のステップ")
    is_fine(phone)


def _send_both(phone: Page) -> None:
    next_up = phone.get_by_role("region", name="次にすること")
    with phone.expect_navigation():
        next_up.get_by_role("link", name="会員の分を申し込む").click()
    phone.get_by_label("山田 花子").check()
    phone.get_by_label("高橋 恵子").check()
    is_fine(phone)
    phone.get_by_role("button", name="えらんだ会員の分を申し込む").click()
    expect(phone).to_have_url(re.compile("/applications/"))
    is_fine(phone)
    sent = Application.objects.get()
    assert (sent.seats, sent.state, sent.pool.kind) == (2, "accepted", PoolKind.GROUPS)


def _complete(desk: Page, run: CourseRun, officer: User, address: str) -> None:
    """The day has come and gone, both were there."""
    now = timezone.now()
    Session.objects.update(starts_at=now - 3 * DAY, ends_at=now - 2 * DAY)
    there = dict.fromkeys(
        run.applications.get().participants.values_list("pk", flat=True), "present"
    )
    record_attendance(session=run.sessions.get(), marks=there, by=officer, at=now)
    desk.goto(address + reverse("manage_completion", args=[run.code]))
    expect(
        desk.get_by_role("row", name="山田 花子").get_by_role("checkbox")
    ).to_be_checked()
    desk.locator(".manage-actions button").click()
    expect(desk.get_by_role("button", name="2人に修了証を発行する")).to_be_visible()
