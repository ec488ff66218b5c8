"""Joint sessions: a page of their own type, found, carded and published as any course."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import User
from cms.course_pages import page_of, save_draft
from cms.models import (
    CatalogueIndexPage,
    CoursePage,
    JointSessionIndexPage,
    JointSessionPage,
)
from cms.search.query import matching_course_ids
from courses.domain.publication import withdraw_course
from courses.models import Course, CourseRun, SeatPool
from enrollments.models import SharedFindings
from tests.factories import NOON, CourseFactory, ThemeFactory, UserFactory, VenueFactory

PROSE = {"intro": "はじめ", "outcomes": "", "cover": None, "text": "<p>本文</p>"}


@pytest.fixture
def by(site) -> User:
    return UserFactory()


@pytest.fixture
def run(offer) -> CourseRun:
    made = offer(
        "避難所",
        course={"kind": "joint_session"},
        page={"why": "片方だけでは動けないから", "citizens_bring": "道具\n経験"},
    )
    SeatPool.objects.update(kind="citizens", capacity=40)
    SeatPool.objects.create(run=made, kind="staff", capacity=20)
    return made


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_joint_session_has_its_page_under_its_own_index(client, run):
    page = CoursePage.objects.get().specific

    assert type(page) is JointSessionPage
    assert page.get_parent().specific_class is JointSessionIndexPage
    html = html_of(client, "/joint/避難所/")
    assert "片方だけでは動けないから" in html
    assert html.index("<li>道具</li>") < html.index("<li>経験</li>")
    assert "開催のあとに、話し合いで共有した課題" in html


def test_both_audiences_see_their_places_and_how_they_come_in(client, run):
    html = html_of(client, "/joint/避難所/")

    assert "<dt>市民枠</dt><dd>40名<br>このページか、お電話、窓口で申し込みます。" in html
    assert "<dt>職員枠</dt><dd>20名<br>所属する課を通して" in html


def test_staff_way_in_is_said_in_the_editors_words(client, run):
    JointSessionPage.objects.update(staff_way_in="庁内の研修から申し込みます。")

    assert "20名<br>庁内の研修から申し込みます。" in html_of(client, "/joint/避難所/")


def test_findings_stand_on_the_page_and_on_the_index(client, run):
    found = told_in(run, "鍵の担当が決まっていない")
    found.steps.create(key=uuid4(), what="鍵の担当", who="防災課", when="3月まで")

    for address in ("/joint/避難所/", "/joint/"):
        html = html_of(client, address)
        assert html.count("鍵の担当が決まっていない") == 1
        assert "防災課、3月まで" in html
        assert f"/courses/?theme={run.course.themes.get().key}" in html


def test_index_narrows_findings_to_a_theme_and_an_area(client, run):
    told_in(run, "鍵の担当が決まっていない")
    area = "北"
    run.sessions.update(venue=VenueFactory(area=area))
    theme = run.course.themes.get().key

    for query in (f"theme={theme}", f"area={area}", f"theme={theme}&area={area}"):
        assert "鍵の担当が決まっていない" in html_of(client, f"/joint/?{query}")
    for query in ("theme=other", "area=other"):
        assert "あてはまるまとめは、まだありません。" in html_of(client, f"/joint/?{query}")


def told_in(run, line):
    """Findings that both sides of the run's session agreed to publish."""
    run.course.themes.add(ThemeFactory())
    session = run.sessions.first()
    found = SharedFindings.objects.create(
        course=run.course, session=session, held_on=NOON.date(), created_at=NOON
    )
    version = found.versions.create(
        number=1, content={"agreed": [line]}, side="staff", at=NOON
    )
    for side in ("staff", "citizens"):
        version.approvals.create(side=side, author="x", at=NOON)
    found.published, found.published_at = version, NOON
    found.save()
    return found


def test_address_of_a_course_leads_to_the_joint_session(client, run):
    response = client.get("/courses/避難所/?from=mail")

    assert response.status_code == 301
    assert response["Location"] == f"{run.course.get_absolute_url()}?from=mail"
    assert run.course.get_absolute_url() == reverse("joint_session", args=["避難所"])


def test_english_address_stays_english(client, run):
    response = client.get("/en/courses/避難所/")

    assert response["Location"].startswith("/en/joint/")


def test_course_is_not_found_under_joint(client, offer):
    offer("防災")

    assert client.get("/joint/防災/").status_code == 404


def test_calendar_keeps_its_address_and_names_the_new_page(client, run):
    feed = client.get("/courses/避難所/calendar.ics").content.decode()
    unfolded = feed.replace("\r\n ", "")

    assert "/joint/%E9%81%BF%E9%9B%A3%E6%89%80/" in unfolded


def test_cards_and_lists_lead_to_the_joint_address(client, run):
    for address in ("/courses/", "/", "/joint/"):
        assert 'href="/joint/避難所/"' in html_of(client, address)


def test_joint_session_is_found_by_what_only_its_page_says(run):
    assert matching_course_ids("片方だけでは動けない") == [run.course_id]


def test_publishing_and_taking_down_are_followed(run):
    course = run.course
    assert (course.is_public, course.published_at) == (True, NOON)

    JointSessionPage.objects.get().unpublish()

    course.refresh_from_db()
    assert course.withdrawn_at == NOON


def test_joint_index_without_sessions_says_so(client, site):
    assert "次の合同学習会は、決まりしだいお知らせします。" in html_of(client, "/joint/")


def test_draft_follows_the_kind_and_keeps_its_number_and_words(by):
    course = CourseFactory(kind="course", published_at=None)
    page = save_draft(course, "避難所", PROSE, by=by)
    revisions = page.revisions.count()

    course.kind = "joint_session"
    joint = save_draft(course, "避難所", PROSE, by=by)

    assert (type(joint), joint.pk, joint.intro) == (JointSessionPage, page.pk, "はじめ")
    assert joint.get_parent().specific_class is JointSessionIndexPage
    assert joint.revisions.count() == revisions + 1
    assert type(page_of(course)) is JointSessionPage


def test_draft_of_a_joint_session_becomes_a_course_again(by):
    course = CourseFactory(kind="joint_session", published_at=None)
    joint = save_draft(course, "避難所", PROSE, by=by)

    course.kind = "forum"
    page = save_draft(course, "避難所", PROSE, by=by)

    assert (type(page), page.pk) == (CoursePage, joint.pk)
    assert page.get_parent().specific_class is CatalogueIndexPage
    assert not JointSessionPage.objects.exists()
    assert CoursePage.find_problems() == ([], [], [], [], [])


@pytest.fixture
def before_joint_pages(offer) -> CoursePage:
    """A joint session as it was published before it had a page of its own type."""
    course = offer("避難所").course
    JointSessionIndexPage.objects.get().delete()
    Course.objects.filter(pk=course.pk).update(kind="joint_session")
    return CoursePage.objects.get()


def migration():
    return import_module("cms.migrations.0008_move_joint_sessions")


def test_pages_from_before_are_moved_without_loss(client, before_joint_pages):
    old = before_joint_pages

    migration().move_to_own_type(apps, None)

    page = JointSessionPage.objects.get()
    assert (page.pk, page.title, page.course_id) == (old.pk, old.title, old.course_id)
    assert page.latest_revision_id == old.latest_revision_id
    assert page.live_revision.as_object().title == "避難所"
    assert type(page.get_latest_revision_as_object()) is JointSessionPage
    assert CoursePage.find_problems() == ([], [], [], [], [])
    assert matching_course_ids("避難所") == [old.course_id]
    assert client.get("/joint/避難所/").status_code == 200


def test_moving_back_restores_the_page_of_a_course(before_joint_pages):
    from django.db import connection

    class Editor:
        pass

    editor = Editor()
    editor.connection = connection
    migration().move_to_own_type(apps, editor)

    migration().move_back(apps, editor)

    page = CoursePage.objects.get().specific
    assert (type(page), page.pk) == (CoursePage, before_joint_pages.pk)
    assert page.url_path == before_joint_pages.url_path
    assert not JointSessionIndexPage.objects.exists()
    assert CoursePage.find_problems() == ([], [], [], [], [])


def test_a_site_that_is_not_set_up_needs_no_index(db):
    JointSessionIndexPage.objects.all().delete()

    migration().move_to_own_type(apps, None)

    assert not JointSessionIndexPage.objects.exists()


def test_withdrawn_joint_session_leaves_the_index(client, run):
    withdraw_course(course=run.course, at=NOON)

    assert 'href="/joint/避難所/"' not in html_of(client, "/joint/")


def test_index_takes_as_many_queries_for_three_as_for_one(
    client, offer, django_assert_max_num_queries
):
    def fill(number: int) -> int:
        for at in range(number):
            offer(f"合同{number}-{at}", course={"kind": "joint_session"})
        client.get("/joint/")
        with django_assert_max_num_queries(25) as counted:
            client.get("/joint/")
        return len(counted)

    assert fill(1) == fill(2)
