"""The page of a course: may I come, is there a place, when and where, and what to do."""

import re
from datetime import timedelta

import pytest

from cms.models import CoursePage
from courses.models import Audience, CourseRun, Series, SeriesUnit, Stage, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    PublicInstructorFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import publish_page

DAY = timedelta(days=1)
APPLY = "申し込む"


def show(client, run: CourseRun, **extra) -> str:
    response = client.get(f"/courses/{run.course.slug}/", **extra)
    assert response.status_code == 200
    return response.content.decode()


def view_of(client, run: CourseRun):
    return client.get(f"/courses/{run.course.slug}/").context["view"]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_page_answers_at_a_glance(client, offer):
    venue = VenueFactory(name="市民会館", area="中央")
    run = offer("防災", venue=venue, fee=500, taken=3)

    view = view_of(client, run)

    assert (view.status_label, view.places) == ("受付中", "残り17名")
    assert (view.place, view.fee) == ("市民会館（中央）", "500円")
    assert view.next_session == run.sessions.get()
    assert view.deadline == "締切 12月1日（火）12:00"
    assert (view.action, view.no_action) == (APPLY, "")


@pytest.mark.parametrize(
    ("run", "seats", "action", "no_action"),
    [
        ({}, {}, "申し込む", ""),
        ({}, {"taken": 20}, "キャンセル待ちに申し込む", ""),
        (
            {"waiting_list": False},
            {"taken": 20},
            "",
            "定員に達したため、受付を終わりました。",
        ),
        (
            {"applications_open_at": NOON + DAY},
            {},
            "",
            "11月22日（日）12:00から、このページで申し込めます。",
        ),
        ({"applications_close_at": NOON}, {}, "", "申込みの受付は終わりました。"),
        (
            {"applications_open_at": None, "applications_close_at": None},
            {},
            "",
            "申込方法は、下の「申込み・問い合わせ」をご覧ください。",
        ),
        (
            {"selection_mode": "open"},
            {},
            "",
            "申込みは不要です。当日、直接会場へお越しください。",
        ),
        (
            {"selection_mode": "open", "delivery": "online"},
            {},
            "",
            "申込みは不要です。",
        ),
        ({"state": "cancelled"}, {}, "", "この開催は中止になりました。"),
        (
            {"state": "postponed"},
            {},
            "",
            "この開催は延期になりました。新しい日程は、決まりしだいお知らせします。",
        ),
        (
            {},
            {"days": -3},
            "",
            "次の開催が決まりしだい、このページでお知らせします。",
        ),
    ],
)
def test_page_has_one_thing_to_do_or_says_why_not(
    client, offer, run, seats, action, no_action
):
    offered = offer("防災", **seats, **run)

    html = show(client, offered)
    view = view_of(client, offered)

    assert (view.action, view.no_action) == (action, no_action)
    assert (f'href="/apply/{offered.code}/"' in html) is bool(action)
    assert no_action in html


def test_bulletin_lines_come_in_its_order(client, offer):
    run = offer(
        "防災",
        course={"summary": "備えを学びます。"},
        venue=VenueFactory(accessibility="エレベーターがあります。"),
        audience="市内在住の方",
        bring="筆記用具",
        note="保育があります。",
    )
    run.course.instructors.add(PublicInstructorFactory())

    lines = re.findall(r"<dt>([^<]+)</dt>", show(client, run))

    assert lines == [
        "日時",
        "場所",
        "対象",
        "定員",
        "内容",
        "講師",
        "費用",
        "持ち物",
        "そのほか",
        "会場のバリアフリー",
        "申込み・問い合わせ",
    ]


@pytest.mark.parametrize("change", [{"consents_to_publish": False}, {"approved_at": None}])
def test_lecturer_without_consent_or_approval_is_not_named(client, offer, change):
    run = offer("防災")
    run.course.instructors.add(PublicInstructorFactory(**change))

    html = show(client, run)

    assert "鈴木" not in html
    assert "<dt>講師</dt>" not in html


def test_online_address_is_not_public(client, offer):
    run = offer(
        "防災", delivery="online", session={"online_url": "https://meet.example.jp/secret"}
    )

    html = show(client, run)

    assert "meet.example.jp" not in html
    assert "参加先は受講が決まった方にお知らせします" in html


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        (
            "first_come",
            "申込みの順に受け付け、定員になりしだい締め切ります。"
            "そのあとは、キャンセル待ちを受け付けます。",
        ),
        ("lottery_if_over", "定員を超えた場合は抽選で決めます。"),
        ("lottery", "締切のあと、抽選で決めます。"),
        ("screening", "締切のあと、選考で決めます。"),
    ],
)
def test_how_places_are_given_is_said_in_one_sentence(client, offer, mode, sentence):
    assert sentence in show(client, offer("防災", selection_mode=mode))


def test_capacity_is_told_for_each_kind_of_place(client, offer):
    run = offer("合同", places=20)
    SeatPoolFactory(run=run, kind="staff", capacity=10)

    assert view_of(client, run).capacity == "一般枠 20名、職員枠 10名"


def test_run_whose_only_session_is_cancelled_takes_no_application(client, offer):
    run = offer("防災", session={"state": "cancelled"})

    view = view_of(client, run)

    assert (view.status_label, view.action) == ("中止", "")


def test_cancelled_run_says_so_and_why(client, offer):
    run = offer("防災", state="cancelled", state_note="申込みが少なかったため")

    html = show(client, run)

    assert "この開催は中止になりました。" in html
    assert "申込みが少なかったため" in html


def test_other_runs_follow_and_past_ones_are_folded(client, offer):
    run = offer("防災", days=5)
    later = CourseRunFactory(course=run.course, code="later")
    SeatPoolFactory(run=later)
    SessionFactory(run=later, starts_at=NOON + 40 * DAY)
    past = CourseRunFactory(course=run.course, code="past", fiscal_year=2025)
    SessionFactory(run=past, starts_at=NOON - 300 * DAY)
    CourseRunFactory(course=run.course, code="planned", state="planned")

    response = client.get(f"/courses/{run.course.slug}/")

    assert response.context["view"].run == run
    assert [view.run for view in response.context["coming_runs"]] == [later]
    assert [view.run for view in response.context["past_runs"]] == [past]
    html = response.content.decode()
    assert "これまでの開催（1件）" in html
    assert "令和7年度" in html


def test_telephone_number_can_be_tapped(client, offer):
    run = offer("防災", contact_name="市民活動推進課", contact_phone="0422-60-1830")

    assert '<a href="tel:0422601830">0422-60-1830</a>' in show(client, run)


def test_outcomes_stages_themes_and_series_are_told(client, offer):
    run = offer("防災", page={"outcomes": "備えを点検できる\n\n声をかけ合える"})
    course = run.course
    course.stages.add(Stage.objects.get(key="growth"))
    course.themes.add(Theme.objects.get(key="disaster"))
    series = Series.objects.create(
        slug="sonae",
        title="備えのシリーズ",
        theme=Theme.objects.get(key="disaster"),
        department=course.department,
    )
    SeriesUnit.objects.create(series=series, course=course, position=2)

    html = show(client, run)

    assert "<li>備えを点検できる</li><li>声をかけ合える</li>" in html
    assert "おすすめの目安です。どなたでも申し込めます。" in html
    assert 'href="/courses/?theme=disaster"' in html
    assert "シリーズの第2単元です" in html
    assert 'href="/series/sonae/"' in html


def test_course_without_a_run_says_that_dates_follow(client, site):
    course = CourseFactory(slug="bosai", title="防災", published_at=None)
    publish_page(course)

    html = client.get("/courses/bosai/").content.decode()

    assert "日程は決まりしだいお知らせします。" in html


@pytest.mark.parametrize("slug", ["no-such-course", "下書き", "a" * 300, "%00"])
def test_course_that_is_none_is_not_found(client, site, slug):
    assert client.get(f"/courses/{slug}/").status_code == 404


def test_draft_page_is_not_found(client, site):
    course = CourseFactory(slug="bosai", title="防災", published_at=None)
    page = publish_page(course)
    page.unpublish()

    assert client.get("/courses/bosai/").status_code == 404


def test_restricted_page_asks_for_its_password(client, offer):
    run = offer("bosai")
    page = CoursePage.objects.get(course=run.course)
    page.view_restrictions.create(restriction_type="password", password="himitsu")

    html = show(client, run)

    assert "himitsu" not in html
    assert 'name="password"' in html
    assert "開催のご案内" not in html


def test_page_takes_no_post(client, offer):
    run = offer("bosai")

    assert client.post(f"/courses/{run.course.slug}/").status_code == 405


def test_english_page_has_the_english_title_and_links(client, offer):
    run = offer("bosai", course={"title_en": "Disaster readiness"})

    html = client.get("/en/courses/bosai/").content.decode()

    assert '<html lang="en">' in html
    assert "<h1>Disaster readiness</h1>" in html
    assert f'href="/en/apply/{run.code}/"' in html
    assert "Sat 5 Dec 2026, 12:00–14:00" in html
    assert "〜" not in html


def test_script_in_a_title_is_shown_as_text(client, site):
    course = CourseFactory(slug="x", title="<script>alert(1)</script>", published_at=None)
    SessionFactory(run=CourseRunFactory(course=course), title="<img src=x onerror=y>")
    publish_page(course)

    html = client.get("/courses/x/").content.decode()

    assert "<script>" not in html
    # The linked data, and the button that copies an address.
    assert html.count("<script") == html.count("</script") == 2
    assert "<img src=x" not in html


def on_theme(number: int):
    course = CourseFactory(slug=f"related-{number}")
    course.themes.add(Theme.objects.get(key="disaster"))
    return course


def test_course_page_takes_as_many_queries_for_three_runs_as_for_one(
    client, offer, django_assert_num_queries
):
    run = offer("bosai")

    def counted() -> int:
        client.get("/courses/bosai/")
        with django_assert_num_queries(expected) as queries:
            client.get("/courses/bosai/")
        return len(queries)

    run.course.themes.add(Theme.objects.get(key="disaster"))
    CourseRun.objects.update(venue=VenueFactory())
    SessionFactory(run=CourseRunFactory(course=on_theme(9)))
    expected = 21
    assert counted() == 21
    for number in range(2):
        more = CourseRunFactory(course=run.course, venue=VenueFactory())
        SeatPoolFactory(run=more)
        for day in range(3):
            SessionFactory(run=more, starts_at=NOON + (20 + number + day) * DAY)
        run.course.stages.add(Stage.objects.all()[number])
        run.course.audiences.add(Audience.objects.all()[number])
        SessionFactory(run=CourseRunFactory(course=on_theme(number)))
    assert counted() == 21
