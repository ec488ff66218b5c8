"""Papers of a run: who stands on them, who may print them, and that it is written down."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from cms.permissions import SUPPORTERS
from cms.templatetags.door import qr_address
from courses.enums import SupportKind
from courses.models import CourseRun, SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName
from enrollments.domain.support_promises import confirm
from enrollments.domain.support_requests import ChildWish, ask_for_support
from enrollments.exchange.prints.kinds import KINDS
from enrollments.models import Application, Participant
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import NOON, DepartmentFactory, SeatPoolFactory, SessionFactory
from tests.papers import fonts_of, page_sizes, reader, text_of, text_of_pages

pytestmark = pytest.mark.django_db
OPEN_KINDS = [key for key, kind in KINDS.items() if not kind.for_support]
SUPPORT_KINDS = [key for key, kind in KINDS.items() if kind.for_support]
PEOPLE = (HANAKO, TARO, JIRO, KEIKO)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def big_run(run):
    run.pools.update(capacity=None)
    return run


@pytest.fixture
def full_run(big_run, now):
    """Hanako, Taro and Jiro, who applied in this order."""
    for minutes, person in enumerate(PEOPLE[:3]):
        apply(
            big_run, person, now + timedelta(minutes=minutes), phone=f"09000000{minutes}11"
        )
    return big_run


@pytest.fixture
def officer(department):
    user = officer_of(department)
    user.last_name, user.first_name = "担当", "一郎"
    user.save()
    return user


@pytest.fixture
def carer(department):
    user = officer_of(department)
    user.groups.add(Group.objects.get(name=SUPPORTERS))
    return user


def apply(run, person, at, **wishes) -> Application:
    return apply_for_seat(run=run, request=request_by(person, **wishes), by=None, at=at)


def crowd(run, number, at, family="山田") -> None:
    """So many people with readings of their own."""
    kana = "アイウエオカキクケコサシスセソ"
    for one in range(number):
        reading = f"ハナ{kana[one // 15]}{kana[one % 15]}"
        name = PersonName(family, f"花{one:02}子", "ヤマダ", reading)
        apply(run, name, at, phone=f"0900000{one:04}")


def page(client, run, kind, **wishes) -> str:
    answer = client.get(reverse("manage_print_page", args=[run.code, kind]), wishes)
    assert answer.status_code == 200
    return answer.content.decode()


def pdf(client, run, kind, **wishes) -> bytes:
    answer = client.get(reverse("manage_print_pdf", args=[run.code, kind]), wishes)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_roster_is_in_order_of_reading_or_of_receipt(client, officer, full_run):
    client.force_login(officer)

    by_reading = text_of(pdf(client, full_run, "roster"))
    assert in_order(by_reading, "佐藤太郎", "田中次郎", "山田花子")
    by_receipt = text_of(pdf(client, full_run, "roster", order="receipt"))
    assert in_order(by_receipt, "山田花子", "佐藤太郎", "田中次郎")
    assert in_order(page(client, full_run, "roster"), "佐藤 太郎", "田中 次郎", "山田 花子")


def test_roster_has_phones_and_numbers_only_when_asked(client, officer, full_run):
    client.force_login(officer)
    number = Application.objects.first().receipt_number

    without = text_of(pdf(client, full_run, "roster"))
    assert "0900000" not in without
    assert number not in without
    with_both = text_of(
        pdf(client, full_run, "roster", with_phone="on", with_receipt_number="on")
    )
    assert in_order(with_both, number, "09000000011")


def test_roster_says_course_session_place_count_and_who_printed(client, officer, full_run):
    client.force_login(officer)
    session = full_run.sessions.get()

    said = text_of(pdf(client, full_run, "roster", session=session.pk))
    assert "受付名簿3人防災入門" in said
    assert "第1回" in said
    assert f"市民活動推進課{officer.get_full_name().replace(' ', '')}が" in said
    assert said.endswith("に印刷1/1")
    assert officer.get_full_name() in page(client, full_run, "roster")


def test_roster_has_blank_rows_for_walk_ins(client, officer, full_run):
    client.force_login(officer)

    boxes = page(client, full_run, "roster", blank_rows=5).count("list__tick")
    assert boxes == 3 + 5


def test_who_chose_another_session_has_nothing_to_tick(client, officer, run, now):
    first = run.sessions.get()
    second = SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))
    run.pools.all().delete()
    CourseRun.objects.update(chooses_session=True)
    SeatPoolFactory(run=run, session=first)
    apply(run, HANAKO, now, session=first.pk)
    client.force_login(officer)

    whole = page(client, run, "roster")
    assert (whole.count("list__tick"), whole.count("―")) == (1, 1)
    assert "山田 花子" not in page(client, run, "roster", session=second.pk)


def test_long_roster_repeats_its_head_on_every_page(client, officer, big_run, now):
    crowd(big_run, 85, now)
    client.force_login(officer)

    pages = text_of_pages(pdf(client, big_run, "roster"))
    assert len(pages) == 3
    assert all("氏名フリガナ" in one for one in pages)
    assert [one[-3:] for one in pages] == ["1/3", "2/3", "3/3"]


@pytest.mark.parametrize(("number", "sheets"), [(1, 1), (40, 1)])
def test_forty_people_stand_on_one_page(client, officer, big_run, now, number, sheets):
    crowd(big_run, number, now, family="勅使河原")
    client.force_login(officer)
    session = big_run.sessions.get()

    made = pdf(client, big_run, "roster", session=session.pk, with_phone="on")
    assert len(reader(made).pages) == sheets


def test_many_sessions_lie_across(client, officer, full_run, now):
    for number in range(2, 9):
        SessionFactory(run=full_run, number=number, starts_at=now + timedelta(days=number))
    client.force_login(officer)

    assert page_sizes(pdf(client, full_run, "roster")) == {(297, 210)}
    assert page_sizes(pdf(client, full_run, "lecturer")) == {(210, 297)}


def test_lecturers_list_has_names_only(client, officer, full_run):
    client.force_login(officer)
    Application.objects.update(staff_note="内緒", message="連絡")

    said = text_of(pdf(client, full_run, "lecturer"))
    assert "山田花子ヤマダハナコ" in said
    for hidden in (
        "0900000",
        "@example",
        "内緒",
        "連絡",
        Application.objects.first().receipt_number,
    ):
        assert hidden not in said


@pytest.mark.parametrize("kind", OPEN_KINDS)
def test_notes_of_staff_stand_on_no_paper(client, officer, full_run, kind):
    Application.objects.update(staff_note="内緒のメモ", message="持病があります")
    client.force_login(officer)

    for said in (page(client, full_run, kind), text_of(pdf(client, full_run, kind))):
        assert "内緒" not in said
        assert "持病" not in said


def test_badges_lie_ten_to_a_sheet(client, officer, big_run, now):
    crowd(big_run, 11, now)
    client.force_login(officer)

    made = pdf(client, big_run, "badges")
    assert page_sizes(made) == {(210, 297)}
    assert [one.count("防災入門") for one in text_of_pages(made)] == [10, 1]
    assert fonts_of(made) == {"NotoSansJP-Regular", "NotoSansJP-Bold"}
    started = text_of_pages(pdf(client, big_run, "badges", first_label=10))
    assert [one.count("防災入門") for one in started] == [1, 10]


def test_badges_bear_the_door_s_code_only_when_asked(client, officer, full_run):
    client.force_login(officer)

    assert b"/Figure" not in pdf(client, full_run, "badges")
    coded = {"with_codes": "on", "blank_rows": 2}
    assert pdf(client, full_run, "badges", **coded).count(b"/Figure") == 3
    shown = page(client, full_run, "badges", **coded)
    assert shown.count("さんの受付のQRコード") == 3
    assert all(qr_address(one.door_code) in shown for one in Participant.objects.all())


def test_badge_of_a_member_names_the_group(client, officer, full_run):
    Application.objects.filter(family_name="山田").update(group_name="みどりの会")
    client.force_login(officer)

    assert "みどりの会" in text_of(pdf(client, full_run, "badges"))
    tents = text_of(pdf(client, full_run, "tents"))
    # on both sides of the fold
    assert (tents.count("みどりの会"), tents.count("山田花子")) == (2, 2)


def test_tents_are_two_to_a_sheet_or_one(client, officer, full_run):
    client.force_login(officer)

    assert len(reader(pdf(client, full_run, "tents")).pages) == 2
    assert len(reader(pdf(client, full_run, "tents", per_sheet=1)).pages) == 3


def test_table_cards_count_the_tables_and_name_nobody(client, officer, full_run):
    client.force_login(officer)

    said = text_of(pdf(client, full_run, "tables", tables=3))
    assert [said.count(f"テーブル{number}") for number in (1, 2, 3, 4)] == [2, 2, 2, 0]
    assert "山田" not in said
    assert not AccessLog.objects.filter(kind="export").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_empty_run_prints_a_paper_that_says_so(client, carer, run, kind):
    client.force_login(carer)

    assert len(reader(pdf(client, run, kind)).pages) == 1
    assert page(client, run, kind)


@pytest.mark.parametrize("kind", [*OPEN_KINDS, *SUPPORT_KINDS])
def test_every_paper_says_who_printed_it(client, carer, full_run, kind):
    carer.last_name = "担当"
    carer.save()
    client.force_login(carer)

    assert "担当花子が2026年11月21日12:00に印刷" in text_of(pdf(client, full_run, kind))
    if kind not in SUPPORT_KINDS:
        assert "担当 花子 が" in page(client, full_run, kind)


@pytest.mark.parametrize("kind", ["roster", "lecturer", "badges", "tents"])
def test_name_is_printed_as_it_is_written(client, officer, big_run, now, kind):
    name = PersonName('#eval("1")', "$x$\\*_`@", "ヤマダ", "ハナコ")
    apply(big_run, name, now, phone="09000000011")
    client.force_login(officer)

    assert '#eval("1")$x$\\*_`@' in text_of(pdf(client, big_run, kind))
    assert "#eval(&quot;1&quot;) $x$\\*_`@" in page(client, big_run, kind)


def test_sign_that_cannot_be_printed_is_named_beforehand(client, officer, big_run, now):
    name = PersonName("山🐈田", "花子", "ヤマダ", "ハナコ")
    apply(big_run, name, now, phone="09000000011")
    client.force_login(officer)

    assert "近い形になります: 🐈" in page(client, big_run, "badges")
    assert "U+1F408" in text_of(pdf(client, big_run, "badges"))


@pytest.mark.parametrize("way", ["manage_print_page", "manage_print_pdf"])
@pytest.mark.parametrize("kind", ["roster", "lecturer", "badges", "tents"])
def test_every_paper_with_people_is_written_down(client, officer, full_run, kind, way):
    client.force_login(officer)
    client.get(reverse(way, args=[full_run.code, kind]))

    log = AccessLog.objects.get(kind="export")
    assert log.subject == f"{KINDS[kind].label}の印刷 {full_run.code}"
    assert (log.user, log.people) == (officer, 3)
    assert "氏名" in log.columns.splitlines()
    assert log.reason == KINDS[kind].purpose.label


def test_record_says_what_a_paper_was_printed_for(client, officer, full_run):
    client.force_login(officer)
    page(client, full_run, "roster", purpose="afterwards")
    assert AccessLog.objects.get(kind="export").reason == "実施後の確認・記録"


@pytest.mark.parametrize("way", ["manage_print_page", "manage_print_pdf"])
@pytest.mark.parametrize("kind", KINDS)
def test_papers_are_for_the_own_section(client, full_run, department, kind, way):
    address = reverse(way, args=[full_run.code, kind])
    assert client.get(address).status_code == 302

    other = DepartmentFactory()
    full_run.course.co_hosts.add(other)
    for stranger in (officer_of(other), officer_of(DepartmentFactory())):
        stranger.groups.add(Group.objects.get(name=SUPPORTERS))
        client.force_login(stranger)
        assert client.get(address).status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("kind", SUPPORT_KINDS)
def test_lists_of_support_need_the_permission(client, officer, full_run, kind):
    client.force_login(officer)

    for way in ("manage_print_page", "manage_print_pdf"):
        address = reverse(way, args=[full_run.code, kind])
        assert client.get(address).status_code == 403
    hub = client.get(reverse("manage_prints", args=[full_run.code])).content.decode()
    assert "保育の名簿" not in hub


def test_support_lists_hold_what_was_promised(client, carer, full_run, now):
    SupportOffer.objects.create(run=full_run, kind=SupportKind.CHILDCARE)
    SupportOffer.objects.create(run=full_run, kind=SupportKind.SIGN_LANGUAGE)
    first, second, _third = Application.objects.order_by("received_at")
    child = [ChildWish("めいちゃん", 20, "卵アレルギー")]
    for application, kind, children in (
        (first, SupportKind.CHILDCARE, child),
        (first, SupportKind.SIGN_LANGUAGE, []),
        (second, SupportKind.SIGN_LANGUAGE, []),
    ):
        wish = ask_for_support(
            application=application,
            kind=kind,
            needs="前の席",
            children=children,
            by=None,
            at=now,
        )
        if application == first:
            confirm(request=wish, by=carer, at=now)
    client.force_login(carer)

    childcare = text_of(pdf(client, full_run, "childcare"))
    assert "めいちゃん1歳8か月卵アレルギー前の席山田花子" in childcare
    assert "手話通訳" not in childcare
    support = text_of(pdf(client, full_run, "support"))
    assert "手話通訳山田花子ヤマダハナコ前の席手配済み" in support
    assert "佐藤" not in support


def test_wrong_wish_is_told_where_it_was_made(client, officer, full_run):
    client.force_login(officer)
    address = reverse("manage_print_pdf", args=[full_run.code, "badges"])

    answer = client.get(address, {"first_label": 11})
    assert answer.status_code == 422
    assert 'id="badges-first_label_error"' in answer.content.decode()
    unknown = reverse("manage_print_page", args=[full_run.code, "cakes"])
    assert client.get(unknown).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_papers_cost_the_same_for_one_and_three(client, carer, big_run, now, kind):
    client.force_login(carer)
    SessionFactory(run=big_run, number=2, starts_at=now + timedelta(days=21))

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, big_run, kind)
        return len(seen)

    apply(big_run, HANAKO, now)
    cost()
    one = cost()
    apply(big_run, TARO, now)
    apply(big_run, JIRO, now)
    assert cost() == one
