"""Kept pages: quick, and right on the very next request after any change.

These tests commit: what counts is what the database has told other connections.
"""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from modelsearch.models import IndexEntry
from wagtail.models import PageViewRestriction
from wagtail.search import index

from accounts.models import Department
from cms.models import CoursePage, HomePage, PublicGeneration, StandardPage
from cms.page_cache import watching
from cms.page_cache.kept_pages import KeptPage, KeptPages, kept_pages
from cms.page_cache.turning import next_turn
from courses.domain.sessions import cancel_session
from courses.models import CourseRun, SeatPool, Session, Stage, Venue
from enrollments.domain.applying import apply_for_seat
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import NOON, StaffProfileFactory, UserFactory, VenueFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/courses/防災/"


@pytest.fixture
def kept(settings, transactional_db, offer) -> CourseRun:
    """A course of one place on a site that keeps pages."""
    settings.KEEP_PAGES = True
    kept_pages.forget()
    run = offer("防災", places=1, venue=VenueFactory(name="中央会館"))
    return run


def read(address: str = PAGE, client: Client | None = None, **headers: str):
    return (client or Client()).get(address, headers=headers)


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


KEPT = ["/", "/courses/", PAGE, "/en/courses/", "/calendar/", "/courses/?view=agenda"]


@pytest.mark.parametrize("address", KEPT)
def test_second_reading_asks_one_question(kept, address):
    first = read(address)

    assert queries(lambda: read(address)) == 1
    assert read(address).content == first.content
    assert first.status_code == 200


def officer_of(run: CourseRun):
    return StaffProfileFactory(department=run.course.department).user


def cancel(run: CourseRun) -> None:
    session = run.sessions.get()
    cancel_session(session=session, reason="大雨", by=officer_of(run), at=NOON)


def take_last_place(run: CourseRun) -> None:
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)


def unpublish(run: CourseRun) -> None:
    CoursePage.objects.get(course=run.course).unpublish()


def rewrite(run: CourseRun) -> None:
    page = CoursePage.objects.get(course=run.course)
    page.intro = "新しい一文"
    page.save_revision().publish()


CHANGES = {
    "a session is cancelled": cancel,
    "the last place is taken": take_last_place,
    "the page is taken down": unpublish,
    "the page is rewritten": rewrite,
    "the venue is renamed": lambda run: Venue.objects.update(name="新会館"),
    "the section is renamed": lambda run: Department.objects.update(name="新しい課"),
    "a fact is changed by SQL": lambda run: CourseRun.objects.update(bring="筆記用具"),
    "a place is added": lambda run: SeatPool.objects.update(capacity=5),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_shows_on_the_next_request(kept, change):
    before = read().content

    change(kept)

    assert read().content != before


def test_without_the_triggers_a_change_would_not_show(kept):
    """The negative control: what the test above sees is the triggers' doing."""
    before = read().content
    number = watching.generation()
    watching.rest()
    try:
        CHANGES["the venue is renamed"](kept)
        PublicGeneration.objects.update(number=0)
        PublicGeneration.objects.filter(shard=0).update(number=number)
        assert read().content == before
    finally:
        watching.begin()
    assert read().content != before


def test_renamed_stage_shows_on_the_page_of_stages(kept):
    before = read("/stages/").content

    Stage.objects.filter(key="growth").update(name="伸びる")

    assert "伸びる" in read("/stages/").content.decode()
    assert "伸びる" not in before.decode()


def test_nothing_is_kept_while_nobody_watches(kept):
    watching.rest()
    try:
        assert watching.generation() is None
        read()
        assert len(kept_pages) == 0
    finally:
        watching.begin()


def test_new_watch_begins_with_a_generation_never_seen(kept):
    before = watching.generation()

    watching.begin()

    assert watching.generation() not in (None, before)


def test_change_rolled_back_leaves_the_page_kept(kept):
    read()
    with transaction.atomic():
        Venue.objects.update(name="新会館")
        transaction.set_rollback(True)

    assert queries(read) == 1


def test_many_changes_in_one_transaction_raise_one_shard(kept):
    with transaction.atomic():
        for number in range(5):
            Venue.objects.update(name=f"第{number}会館")
    if connection.vendor == "postgresql":
        before = watching.generation()
        with transaction.atomic():
            Venue.objects.update(name="一")
            Venue.objects.update(name="二")
        assert watching.generation() == before + 1


def test_page_turns_when_applications_close(kept):
    closes = kept.applications_close_at
    with time_machine.travel(closes - timedelta(seconds=1), tick=False):
        assert "申し込む" in read().content.decode()
        assert queries(read) == 1

    with time_machine.travel(closes, tick=False):
        assert "申込みの受付は終わりました。" in read().content.decode()


def test_next_turn_is_the_first_of_all(kept):
    session = kept.sessions.get()
    assert next_turn(NOON) == NOON.replace(hour=0) + timedelta(days=1)
    assert next_turn(session.starts_at) == session.ends_at
    Session.objects.update(starts_at=NOON + timedelta(hours=1))
    assert next_turn(NOON) == NOON + timedelta(hours=1)
    CourseRun.objects.update(applications_close_at=NOON + timedelta(minutes=1))
    assert next_turn(NOON) == NOON + timedelta(minutes=1)


def test_person_signed_in_is_never_given_a_kept_page(kept):
    somebody = Client()
    somebody.force_login(UserFactory())
    read()

    assert "ETag" not in read(client=somebody)
    assert queries(lambda: read(client=somebody)) > 1


def test_page_of_somebody_signed_in_is_not_kept_for_others(kept):
    somebody = Client()
    somebody.force_login(UserFactory())

    read(client=somebody)

    assert len(kept_pages) == 0


def test_form_with_a_token_is_never_kept(kept):
    address = f"/apply/{kept.code}/"
    visitor = Client()
    read(address, visitor)
    read(address, visitor)

    assert len(kept_pages) == 0


def test_reader_who_holds_a_form_token_reads_but_does_not_leave_pages(kept):
    visitor = Client()
    read(f"/apply/{kept.code}/", visitor)
    read(client=visitor)
    assert len(kept_pages) == 0

    read()

    assert queries(lambda: read(client=visitor)) == 1


@pytest.mark.parametrize("address", ["/no-such-page/", "/accounts/login/", "/my/"])
def test_other_answers_are_not_kept(kept, address):
    read(address)

    assert len(kept_pages) == 0


def test_page_for_members_only_is_not_kept(kept):
    page = CoursePage.objects.get(course=kept.course)
    read()
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert read().status_code == 302


def test_languages_are_kept_apart(kept):
    assert 'lang="ja"' in read("/courses/").content.decode()
    assert 'lang="en"' in read("/en/courses/").content.decode()

    assert len(kept_pages) == 2


def test_part_of_a_page_is_neither_kept_nor_given_for_the_whole(kept):
    part = read("/courses/", **{"HX-Request": "true"}).content
    assert len(kept_pages) == 0

    assert read("/courses/").content != part
    assert read("/courses/", **{"HX-Request": "true"}).content == part


@pytest.mark.parametrize("value", ["1", "True", ""])
def test_odd_header_cannot_put_a_whole_page_where_a_part_belongs(kept, value):
    read("/courses/", **{"HX-Request": value})
    assert len(kept_pages) == 0


def test_footer_of_a_kept_page_is_never_older_than_the_page(kept):
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="ごあいさつ", slug="hello"))
    assert "ごあいさつ" in read("/courses/").content.decode()

    StandardPage.objects.filter(slug="hello").update(title="はじめに")

    assert "はじめに" in read("/courses/").content.decode()
    assert "ごあいさつ" not in read("/venues/").content.decode()


def test_search_index_written_after_its_page_shows_too(kept):
    address = "/courses/?q=防災"
    page = CoursePage.objects.get(course=kept.course)
    IndexEntry.objects.all().delete()
    assert "0件の講座" in read(address).content.decode()

    index.insert_or_update_object(page)

    assert "1件の講座" in read(address).content.decode()


def test_page_that_has_not_changed_is_not_sent_again(kept):
    first = read()

    again = read(**{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    Venue.objects.update(name="新会館")
    assert read(**{"If-None-Match": first["ETag"]}).status_code == 200


def test_packed_and_plain_readers_get_the_same_page(kept):
    plain = read()
    packed = read(**{"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Cookie" in plain["Vary"]


def test_every_table_of_the_watched_apps_has_its_triggers(transactional_db):
    name = "tgname" if connection.vendor == "postgresql" else "name"
    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {name} LIKE 'public_change%'")  # noqa: S608
        (laid,) = cursor.fetchone()

    per_table = 1 if connection.vendor == "postgresql" else 3
    assert laid == per_table * len(watching.watched_tables())
    assert {"courses_session", "cms_coursepage"} <= set(watching.watched_tables())


def test_memory_is_bounded_and_drops_the_least_recently_read():
    pages = KeptPages(most_bytes=3 * 2_100)
    page = KeptPage.of(b"x", (), generation=1, since=NOON, until=NOON + timedelta(days=1))
    for key in "abc":
        pages.keep(key, page)
    pages.recall("a", generation=1, at=NOON)
    pages.keep("d", page)

    there = [k for k in "abcd" if pages.recall(k, generation=1, at=NOON)]
    assert there == ["a", "c", "d"]
