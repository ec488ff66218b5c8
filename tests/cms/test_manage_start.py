"""The start page: today, what needs somebody, what the section runs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from accounts.models import User
from cms import approval
from cms.course_pages import save_draft
from cms.models import PublishingSettings
from cms.permissions import set_up_roles
from cms.presenters.start_page import start_page
from enrollments.domain.applying import apply_for_seat
from enrollments.enums import Concern
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
PROSE = {"intro": "", "outcomes": "", "cover": None, "text": ""}
DAY = timedelta(days=1)


@pytest.fixture
def section(site):
    return DepartmentFactory(name="市民活動課")


@pytest.fixture
def officer(section) -> User:
    return _staff(section, "officer")


@pytest.fixture
def head(section) -> User:
    return _staff(section, "head")


def _staff(section, role: str) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=section, role=role).user
    user.groups.add(officers)
    return user


def _draft(section, title: str, by: User):
    course = CourseFactory(title=title, slug=title, published_at=None, department=section)
    SessionFactory(run=CourseRunFactory(course=course), number=1)
    return save_draft(course, title, PROSE, by=by)


def test_todays_sessions_come_with_their_lists(client, offer, section, officer):
    run = offer("防災", days=0, course={"department": section})
    offer("よその講座", days=0)
    client.force_login(officer)
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    today = text[text.index("きょうの回") : text.index("いま必要なこと")]

    assert "防災" in today
    assert "よその講座" not in today
    section_calendar = "課の合同学習会と職員研修をカレンダーに入れる"
    assert f'<a href="/my/calendar/">{section_calendar}</a>' in text
    assert reverse("manage_attendance", args=[run.sessions.get().pk]) in today
    assert reverse("manage_applications", args=[run.code]) in today


def test_sessions_of_the_next_seven_days_are_listed_today_apart(offer, section, officer):
    for title, days in (("今日", 0), ("明日", 1), ("七日後", 7), ("八日後", 8)):
        offer(title, days=days, course={"department": section})
    shown = start_page(officer, at=NOON)

    assert [session.run.course.title for session in shown.today] == ["今日"]
    assert [session.run.course.title for session in shown.week] == ["明日", "七日後"]


def test_concerns_are_those_of_the_own_section(offer, section, officer):
    closing = {"applications_close_at": NOON + 3 * DAY}
    offer("空き", course={"department": section}, **closing)
    offer("満員", course={"department": section}, places=2, taken=2)
    offer("よそ", **closing)
    shown = start_page(officer, at=NOON)

    found = {kind: [str(line.run) for line in lines] for kind, lines in shown.concerns}
    assert found == {
        Concern.CLOSING: ["空き"],
        Concern.FULL: ["満員"],
        Concern.EMPTY: ["空き"],
    }


@pytest.mark.parametrize(
    ("mode", "days", "expected"),
    [("lottery", -1, 1), ("lottery", 1, 0), ("first_come", -1, 0)],
)
def test_closed_run_waits_for_its_draw(offer, section, officer, mode, days, expected):
    run = offer(
        "抽選の講座",
        course={"department": section},
        selection_mode=mode,
        applications_close_at=NOON + days * DAY,
    )
    request = request_by(HANAKO)
    apply_for_seat(run=run, request=request, by=None, at=NOON - 2 * DAY)
    found = dict(start_page(officer, at=NOON).concerns)
    assert len(found.get(Concern.TO_DECIDE, [])) == expected


def test_drafts_of_the_own_section_wait(section, officer):
    _draft(section, "下書きの講座", officer)
    _draft(DepartmentFactory(), "よその下書き", None)

    shown = start_page(officer, at=timezone.now())
    assert [page.title for page in shown.drafts] == ["下書きの講座"]
    assert shown.to_approve == []


def test_head_sees_what_waits_and_officer_what_came_back(client, section, officer, head):
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)
    asked = _draft(section, "承認待ちの講座", officer)
    approval.request_approval(page=asked, by=officer, at=NOON)
    client.force_login(head)
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    before = [start_page(user, at=NOON) for user in (head, officer)]
    approval.send_back(
        page=asked, by=head, comment="対象は？", seen=approval.mark_of(asked)
    )
    after = start_page(officer, at=NOON)

    assert reverse("manage_course_approval", args=[asked.course_id]) in text
    assert [[page.pk for page in shown.to_approve] for shown in before] == [[asked.pk], []]
    assert [shown.drafts for shown in before] == [[], []]
    assert [page.pk for page in after.sent_back] == [asked.pk]
    client.force_login(officer)
    form = client.get(reverse("manage_course_edit", args=[asked.course_id]))
    assert "対象は？" in form.content.decode()


def test_head_sees_runs_to_announce_only_where_approval_is_wanted(
    offer, section, officer, head
):
    offer("防災", course={"department": section}, state="planned")
    without = start_page(head, at=NOON).to_announce
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)

    assert without == []
    assert [str(run) for run in start_page(head, at=NOON).to_announce] == ["防災"]
    assert start_page(officer, at=NOON).to_announce == []


def test_empty_start_page_says_so_and_offers_a_new_course(client, officer):
    client.force_login(officer)
    text = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "いま必要なことはありません。" in text
    assert reverse("manage_course_new") in text


def test_start_page_takes_the_same_number_of_queries(client, section, officer, head):
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)
    client.force_login(head)
    address = reverse("wagtailadmin_home")
    client.get(address)
    counts = []
    for number in (1, 2):
        for each in range(number):
            name = f"{number}-{each}"
            waiting = _draft(section, f"依頼{name}", officer)
            approval.request_approval(page=waiting, by=officer, at=NOON)
            _draft(section, f"下書き{name}", officer)
            for days in (0, 2):
                course = CourseFactory(department=section)
                run = CourseRunFactory(course=course, applications_close_at=NOON + 3 * DAY)
                SeatPoolFactory(run=run)
                SessionFactory(run=run, number=1, starts_at=NOON + days * DAY)
                planned = CourseRunFactory(course=course, state="planned")
                SessionFactory(run=planned, number=1)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("manage_runs", "?year=2025", {"去年"}),
        ("manage_runs", "?year=2026", {"今年"}),
        ("manage_runs", "?year=nope&when=all", {"去年", "今年"}),
        ("manage_courses", "?year=2025", {"去年"}),
        ("manage_courses", "?year=nope", {"去年", "今年"}),
    ],
)
def test_lists_are_narrowed_by_fiscal_year(
    client, offer, section, officer, name, query, found
):
    offer("去年", course={"department": section}, fiscal_year=2025)
    offer("今年", course={"department": section}, fiscal_year=2026)
    client.force_login(officer)
    text = client.get(reverse(name) + query).content.decode()

    assert {title for title in ("去年", "今年") if title in text} == found
    assert "令和8年度（2026年度）" in text
