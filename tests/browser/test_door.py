"""The officer at the door with a phone and bad reception."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.exchange.paper.qr import qr_svg
from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import Session
from enrollments.domain import door_numbers
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.models import Attendance, AttendanceMark, Participant
from enrollments.views.door import device
from tests.browser.axe import assert_fits, violations
from tests.browser.camera import phone_that_films, still_video_of
from tests.browser.visitors import follow
from tests.enrollments.requests import HANAKO, KEIKO, TARO, request_by
from tests.factories import (
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct-horse-9"


@pytest.fixture
def session(served) -> Session:
    run = CourseRunFactory()
    SeatPoolFactory(run=run, capacity=9)
    now = timezone.now()
    soon = timezone.localtime().replace(hour=12)
    session = SessionFactory(run=run, number=1, starts_at=now + timedelta(days=1))
    for person in (HANAKO, TARO, KEIKO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    Session.objects.filter(pk=session.pk).update(
        starts_at=soon.replace(hour=0), ends_at=soon.replace(hour=23, minute=59)
    )
    session.refresh_from_db()
    return session


@pytest.fixture
def officer(session) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=session.run.course.department).user
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(officers)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def door(phone: Page, live_server, session, officer) -> Page:
    _open(phone, live_server, session, officer)
    return phone


def _open(page: Page, live_server, session: Session, user: User) -> None:
    page.goto(f"{live_server.url}/door/{session.pk}/")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    expect(page.locator("#door-came")).to_be_visible()
    _until(page, "window.door && window.door.decoder && window.door.send")


def _until(page: Page, ready: str) -> None:
    """Playwright's own way of waiting evaluates strings inside the page, which the
    content security policy refuses from the second look on."""
    for _look in range(200):
        if page.evaluate(f"Promise.resolve({ready}).then(Boolean)"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {ready}")


NOBODY_THERE = "fetch('/', {method: 'HEAD'}).then(() => false, () => true)"


class Network:
    """Taken away and given back. The browser's network process hears of it a moment after
    the page, and of a page loaded meanwhile later still: what is sent then is not read."""

    def __init__(self) -> None:
        self.cut = pytest.MonkeyPatch()

    def lose(self, page: Page) -> None:
        self.cut.setattr(device, "_read", _not_read)
        page.context.set_offline(True)
        _until(page, NOBODY_THERE)

    def find(self, page: Page) -> None:
        self.cut.undo()
        page.context.set_offline(False)


def _not_read(*_sent: object) -> None:
    raise ValueError


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network()
    yield network
    network.cut.undo()


def _tap(page: Page, name: str) -> None:
    page.locator(".door-tap", has_text=name).click()


def _stands() -> dict[str, str]:
    return dict(Attendance.objects.values_list("participant__given_name", "status"))


def test_one_tap_a_person_and_a_menu_for_the_rest(door: Page):
    assert violations(door) == []
    assert_fits(door)
    _tap(door, "山田 花子")
    expect(door.locator("#door-came")).to_have_text("1")
    _tap(door, "山田 花子")
    assert violations(door) == []
    door.get_by_role("button", name="遅刻").click()
    expect(door.locator("#door-unsent")).to_be_hidden()

    assert _stands() == {"花子": "late"}
    assert AttendanceMark.objects.count() == 2


def test_typing_a_reading_leaves_those_who_fit(door: Page):
    door.locator("#door-q").fill("やま")
    expect(door.locator(".door-row:visible")).to_have_count(1)
    door.locator("#door-q").fill("ん")
    expect(door.locator("#door-none")).to_be_visible()


def test_marks_outlive_the_network_and_a_reload(door: Page, network: Network):
    door.locator("#door-copy-make").click()
    expect(door.locator("#door-copy-drop")).to_be_visible()
    network.lose(door)
    _tap(door, "山田 花子")
    _tap(door, "佐藤 太郎")
    expect(door.locator("#door-unsent")).to_have_text("未送信 2件")
    door.reload()
    _until(door, NOBODY_THERE)
    expect(door.locator("#door-unsent")).to_have_text("未送信 2件")
    expect(door.locator("#door-came")).to_have_text("2")
    assert _stands() == {}

    network.find(door)
    expect(door.locator("#door-unsent")).to_be_hidden()
    assert _stands() == {"花子": "present", "太郎": "present"}
    assert AttendanceMark.objects.count() == 2
    door.locator("#door-copy-drop").click()
    expect(door.locator("#door-copy-make")).to_be_visible()
    assert "door:" in "".join(door.evaluate("Object.keys(localStorage)"))
    assert "山田" not in door.evaluate("JSON.stringify(localStorage)")


def test_more_marks_than_are_taken_at_once_are_sent_in_turn(door: Page, network: Network):
    """A long evening in a cellar, with many corrections."""
    hanako = Participant.objects.get(given_name="花子")
    network.lose(door)
    door.evaluate(
        """([person, number]) => {
          for (let turn = 0; turn < number; turn += 1)
            window.door.mark(String(person), turn % 2 ? "late" : "present", "door");
        }""",
        [hanako.pk, 600],
    )
    expect(door.locator("#door-unsent")).to_have_text("未送信 600件")
    network.find(door)
    expect(door.locator("#door-unsent")).to_be_hidden(timeout=30_000)

    assert _stands() == {"花子": "late"}
    outcomes = AttendanceMark.objects.values_list("outcome", flat=True)
    assert list(outcomes) == ["applied"] * 600


def test_who_was_marked_differently_meanwhile_is_shown(
    door: Page, network: Network, session, officer, live_server
):
    hanako = Participant.objects.get(given_name="花子")
    network.lose(door)
    _tap(door, "山田 花子")
    record_attendance(
        session=session, marks={hanako.pk: "late"}, by=officer, at=timezone.now()
    )
    network.find(door)
    follow(door, "くいちがいを見る")
    assert violations(door) == []
    door.get_by_role("button", name="出席にする").click()
    expect(door.get_by_text("確かめて、記録しました。")).to_be_visible()

    assert _stands() == {"花子": "present"}


def test_marks_of_a_session_called_off_are_told_of_and_settled(door: Page, session):
    """Nothing waits for ever, unless the session is held after all."""
    Session.objects.update(state="cancelled")
    _tap(door, "山田 花子")
    drop = door.get_by_role("button", name="この端末の記録を消す")
    expect(drop).to_be_visible()
    expect(door.get_by_text("中止または延期になった回です。")).to_be_visible()
    expect(door.locator("#door-unsent")).to_have_text("未送信 1件")
    assert violations(door) == []
    assert_fits(door)
    drop.click()
    expect(door.get_by_text("この回は中止です。")).to_be_visible()
    expect(door.locator("#door-came")).to_have_text("0")
    expect(door.locator("#door-unsent")).to_be_hidden()

    assert _stands() == {}


def test_marks_wait_for_whoever_was_signed_out(door: Page, session, officer, live_server):
    door.context.clear_cookies()
    _tap(door, "山田 花子")
    expect(door.get_by_text("サインインが切れました")).to_be_visible()
    expect(door.locator("#door-unsent")).to_have_text("未送信 1件")
    door.get_by_role("link", name="サインインする").click()
    door.locator("#id_login").fill(officer.email)
    door.locator("#id_password").fill(PASSWORD)
    door.get_by_role("button", name="サインイン").click()
    expect(door.locator("#door-came")).to_have_text("1")
    expect(door.locator("#door-unsent")).to_be_hidden()

    assert _stands() == {"花子": "present"}


def test_our_decoder_reads_the_code_of_a_receipt(door: Page):
    """Without a BarcodeDetector, from a picture as the camera would give it."""
    hanako = Participant.objects.get(given_name="花子")
    text = door.evaluate(
        """async (svg) => {
          delete window.BarcodeDetector;
          const read = await window.door.decoder();
          const picture = new Image();
          picture.src = "data:image/svg+xml;base64," + btoa(svg);
          await picture.decode();
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 400;
          const context = canvas.getContext("2d");
          context.fillStyle = "#fff";
          context.fillRect(0, 0, 400, 400);
          context.translate(40, 30);
          context.rotate(0.1);
          context.drawImage(picture, 0, 0, 300, 300);
          return read(canvas);
        }""",
        qr_svg(hanako.door_code),
    )
    assert text == hanako.door_code
    door.evaluate("code => window.door.scanned(code)", text)
    expect(door.locator("#door-came")).to_have_text("1")
    expect(door.locator("#door-answer")).to_contain_text("山田 花子")
    expect(door.locator("#door-unsent")).to_be_hidden()
    assert Attendance.objects.get().source == "scan"


# A detector of the browser's own, as phones have one: it sees the video, and says so.
OWN_READER = """window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    return video.videoWidth ? [{ rawValue: "%s" }] : [];
  }
};"""


@pytest.mark.parametrize("has_reader", [False, True], ids=["ours", "the browser's"])
def test_the_camera_reads_a_receipt(
    chromium, live_server, session, officer, tmp_path, has_reader
):
    hanako = Participant.objects.get(given_name="花子")
    video = tmp_path / "receipt.y4m"
    video.write_bytes(still_video_of(hanako.door_code))
    with phone_that_films(chromium, video) as phone:
        if has_reader:
            phone.add_init_script(OWN_READER % hanako.door_code)
        _open(phone, live_server, session, officer)
        phone.get_by_role("button", name="カメラで受付").click()
        expect(phone.locator("#door-answer")).to_contain_text("山田 花子")
        expect(phone.locator("#door-came")).to_have_text("1")
        assert phone.evaluate("'jsQR' in window") is not has_reader
        assert violations(phone) == []
        phone.get_by_role("button", name="閉じる").click()
        expect(phone.locator("#door-camera")).to_be_hidden()
        assert phone.evaluate("document.getElementById('door-video').srcObject") is None
        expect(phone.locator("#door-unsent")).to_be_hidden()

    assert Attendance.objects.get().source == "scan"


def test_a_walk_in_is_there_in_seconds(door: Page):
    follow(door, "当日参加")
    assert violations(door) == []
    assert_fits(door)
    for name, text in (
        ("family_name", "田中"),
        ("given_name", "次郎"),
        ("family_name_kana", "たなか"),
        ("given_name_kana", "じろう"),
    ):
        door.locator(f"[name={name}]").fill(text)
    door.get_by_role("button", name="受け付けて出席にする").click()
    expect(door.get_by_text("田中 次郎さんを受け付けました。")).to_be_visible()

    assert _stands() == {"次郎": "present"}


def test_the_number_on_the_wall_changes_by_itself(door: Page, session, monkeypatch):
    monkeypatch.setattr(door_numbers, "WINDOW", 2)
    door.get_by_role("button", name="会場の番号を出す").click()
    expect(door.locator(".door-wall__number")).to_be_visible()
    assert violations(door) == []
    assert_fits(door)
    shown = door.locator(".door-wall__number").text_content()
    code = door.locator(".door-wall__qr img").get_attribute("src")
    expect(door.locator(".door-wall__number")).not_to_have_text(shown)
    expect(door.locator(".door-wall__qr img")).not_to_have_attribute("src", code)


def test_door_without_a_camera_says_what_to_do_instead(door):
    """Neither a device nor a permission: the dialog stays and says so."""
    door.evaluate(
        """() => {
            navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("none"));
        }"""
    )
    door.locator("#door-camera-open").click()
    said = door.locator("#door-answer")
    expect(said).to_contain_text("カメラを使えません")
    door.wait_for_timeout(300)
    expect(said).to_be_visible()
    expect(door.locator(".door-view")).to_be_hidden()
