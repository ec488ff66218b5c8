"""A lottery from the phone of a party of three, from the officer's desk, and for whoever
was not drawn."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CourseRun
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Draw
from tests.browser.visitors import OURS, come_in_as, follow, is_fine, link_in, mails_to
from tests.enrollments.drawing.conftest import SECRET, apply
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
DAY = timedelta(days=1)
SOURCE = "ナンバーズ4の当せん番号（4けた）"
VALUE = "2718"


@pytest.fixture
def today() -> datetime:
    return timezone.now()


@pytest.fixture
def run(transactional_db, live_server, settings, today) -> CourseRun:
    """Three places, closed after a day; whoever is not drawn is told, and does not wait."""
    settings.PUBLIC_URL = live_server.url
    build_site()
    department = DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")
    course = CourseFactory(
        title="親子の味噌づくり", slug="miso", department=department, published_at=None
    )
    run = CourseRunFactory(
        code="2026-0100",
        course=course,
        venue=VenueFactory(),
        selection_mode="lottery",
        waiting_list=False,
        tells_losers=True,
        max_participants=3,
        applications_open_at=today - DAY,
        applications_close_at=today + DAY,
        results_at=today + 5 * DAY,
    )
    SeatPoolFactory(run=run, capacity=3)
    SessionFactory(run=run, number=1, starts_at=today + 20 * DAY)
    publish_page(course, intro="麹から味噌を仕込みます。")
    return run


@pytest.fixture
def after(today) -> Iterator[time_machine.Traveller]:
    """`after.move_to(moment)`: the days that a lottery takes pass in seconds."""
    with time_machine.travel(today, tick=True) as traveller:
        yield traveller


def _frozen(run: CourseRun, officer: User, *, at: datetime) -> Draw:
    day = timezone.localdate(at) + DAY
    return freeze(
        despite_same_names=True,
        run=run,
        secret=SECRET,
        source=SOURCE,
        source_on=day,
        by=officer,
        at=at,
    )


def _fill_in(page: Page, prefix: str, given: str, kana: str) -> None:
    for field, words in (
        ("family_name", "山田"),
        ("given_name", given),
        ("family_name_kana", "やまだ"),
        ("given_name_kana", kana),
    ):
        page.locator(f"#id_{prefix}{field}").fill(words)


def _apply_for_three(phone: Page, live_server) -> str:
    """Returns the number on the receipt."""
    phone.goto(f"{live_server.url}/courses/miso/")
    phone.get_by_role("link", name="申し込む").first.click()
    _fill_in(phone, "", "花子", "はなこ")
    add = phone.get_by_role("button", name="いっしょに参加する方を加える")
    for number, given, kana in ((1, "太郎", "たろう"), (2, "次郎", "じろう")):
        add.click()
        _fill_in(phone, f"companion{number}-", given, kana)
    expect(add).to_have_count(0)
    phone.locator("#id_email").fill("hanako@example.jp")
    is_fine(phone)
    phone.get_by_role("button", name="内容を確認する").click()
    expect(phone.locator("main")).to_contain_text("ヤマダ ジロウ")
    is_fine(phone)
    phone.get_by_role("button", name="申し込む").click()
    expect(phone.locator(".receipt__state")).to_have_text("抽選待ち")
    is_fine(phone)
    return phone.locator(".receipt__number").inner_text()


def _watch_the_draw(phone: Page, run, officer, today, after) -> None:
    """Before its time the page tells what decides, and nothing of the result."""
    after.move_to(today + 2 * DAY)
    draw = _frozen(run, officer, at=timezone.now())
    phone.reload()
    expect(phone.locator("main")).to_contain_text(SOURCE)
    after.move_to(today + 3 * DAY)
    hold(draw=draw, public_value=VALUE, by=officer, at=timezone.now())
    phone.reload()
    expect(phone.locator("main")).to_contain_text("抽選は終わりました。")
    expect(phone.locator("main")).not_to_contain_text("当選")


def test_party_of_three_is_drawn_together(
    phone: Page, live_server, run, officer, today, after
):
    number = _apply_for_three(phone, live_server)
    _watch_the_draw(phone, run, officer, today, after)

    after.move_to(today + 5 * DAY)
    call_command("worker", "--once")
    told = mails_to("hanako@example.jp", at=timezone.now())
    assert [message.subject for message in told] == [
        "申込みを受け付けました：親子の味噌づくり",
        "受講が決まりました：親子の味噌づくり",
    ]
    phone.context.clear_cookies()
    phone.goto(link_in(told[-1], "/applications/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("受講が決まりました")
    for name in ("山田 花子", "山田 太郎", "山田 次郎"):
        expect(phone.locator("main")).to_contain_text(name)
    expect(phone.locator("main")).to_contain_text("1番（一般枠）")
    is_fine(phone)
    assert run.pools.get().seats_taken == 3

    follow(phone, "抽選の記録を見る")
    is_fine(phone)
    phone.get_by_label("受付番号").fill(number)
    phone.get_by_role("button", name="確かめる").click()
    expect(phone.locator(".receipt__state")).to_have_text("当選")
    assert number not in phone.url
    is_fine(phone)


def _try_and_freeze(desk: Page) -> None:
    main = desk.get_by_role("main")
    desk.get_by_role("button", name="ためしてみる").click()
    expect(main).to_contain_text("この結果は使われません。")
    is_fine(desk, context=OURS)
    assert not Draw.objects.exists()
    desk.get_by_label("使う公開の値").fill(SOURCE)
    day = timezone.localdate() + DAY
    desk.get_by_label("値がわかる日").fill(f"{day:%Y-%m-%d}")
    desk.get_by_label(
        "読みの同じ方を確かめないまま"
    ).check()  # all families bring somebody of one name
    desk.get_by_role("button", name="名簿を固定して公表する").click()
    expect(main).to_contain_text("名簿を固定し、公表しました。")
    expect(desk.get_by_role("button", name="この値で抽選する")).to_have_count(0)
    is_fine(desk, context=OURS)
    desk.get_by_role("link", name="公開している抽選の記録を見る").click()
    expect(desk.locator("main")).to_contain_text(SOURCE)
    expect(desk.locator("main")).to_contain_text("結果を発表するときに公表します")
    is_fine(desk)


def _hold_and_announce(desk: Page) -> None:
    main = desk.get_by_role("main")
    desk.get_by_label(re.compile("^公開の値")).fill(VALUE)
    desk.get_by_role("button", name="この値で抽選する").click()
    expect(main).to_contain_text("まだだれにも知らせていません。")
    is_fine(desk, context=OURS)
    states = Application.objects.values_list("state", flat=True)
    assert set(states) == {State.AWAITING_DRAW}
    desk.get_by_role("button", name="結果を発表して知らせる").click()
    expect(main).to_contain_text("結果を発表しました。")
    is_fine(desk, context=OURS)


def _check_record_as_anybody_can(page: Page, folder: Path) -> None:
    page.get_by_text("結果を自分で計算して確かめる方法").click()
    is_fine(page)
    for link in ("記録（2026-0100.json）", "確かめるプログラム（verify_draw.py）"):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        download.value.save_as(folder / download.value.suggested_filename)
    checked = subprocess.run(
        [sys.executable, "-I", "verify_draw.py", "2026-0100.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_officer_draws_and_publishes(
    desk: Page, live_server, run, officer, today, after, tmp_path: Path
):
    CourseRun.objects.filter(pk=run.pk).update(results_at=None)
    for number, people in enumerate([1, 2, 1, 3]):
        apply(run, number, at=today + timedelta(minutes=number), people=people)
    come_in_as(desk, officer, address=live_server.url)
    draw_page = live_server.url + reverse("manage_draw", args=[run.code])
    desk.goto(draw_page)
    expect(desk.get_by_role("main")).to_contain_text("まだ受付中です。")
    is_fine(desk, context=OURS)

    after.move_to(today + 2 * DAY)
    desk.goto(draw_page)
    _try_and_freeze(desk)
    after.move_to(today + 3 * DAY)
    desk.goto(draw_page)
    _hold_and_announce(desk)

    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert set(states) == {State.ACCEPTED, State.LOST}
    for number, state in enumerate(states):
        words = "受講が決まりました" if state == State.ACCEPTED else "抽選の結果のお知らせ"
        last = mails_to(f"p{number}@example.jp", at=timezone.now())[-1]
        assert last.subject == f"{words}：親子の味噌づくり"
    desk.get_by_role("link", name="公開している抽選の記録を見る").click()
    expect(desk.locator("main")).to_contain_text(VALUE)
    _check_record_as_anybody_can(desk, tmp_path)


def test_refused_applicant_reads_why_and_so_does_the_clerk(
    phone: Page, live_server, run, officer, today, after
):
    for number, people in enumerate([3, 3]):
        apply(run, number, at=today + timedelta(minutes=number), people=people)
    draw = _frozen(run, officer, at=today + 2 * DAY)
    held = hold(draw=draw, public_value=VALUE, by=officer, at=today + 3 * DAY)
    after.move_to(today + 5 * DAY)
    announce(draw=held, by=officer, at=timezone.now())
    entry = draw.entries.select_related("application").get(outcome="lost")

    told = mails_to(entry.application.email, at=timezone.now())[-1]
    assert told.subject == "抽選の結果のお知らせ：親子の味噌づくり"
    phone.goto(link_in(told, "/applications/"))
    expect(phone.locator(".receipt__state")).to_have_text("落選")
    expect(phone.locator("main")).to_contain_text("2番（一般枠）")
    expect(phone.locator("main")).to_contain_text(entry.number)
    is_fine(phone)
    phone.get_by_role("link", name="抽選の記録を見る").click()
    expect(phone.locator("main")).to_contain_text(
        "残りの席に全員が入れる申込みを当選とします"
    )
    expect(phone.get_by_role("row", name=entry.number)).to_contain_text("落選")
    expect(phone.locator("main")).not_to_contain_text("山田")
    is_fine(phone)

    come_in_as(phone, officer, address=live_server.url)
    phone.goto(live_server.url + reverse("manage_applications", args=[run.code]))
    phone.get_by_role("link", name=entry.number).click()
    main = phone.get_by_role("main")
    expect(main).to_contain_text("順位 2番")
    expect(main).to_contain_text("落選")
    is_fine(phone, context=OURS)
