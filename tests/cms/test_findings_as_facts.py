"""What the pages of joint sessions said of findings becomes facts without a loss."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from accounts import guarding
from enrollments.domain.shared_findings.reading import told_of
from enrollments.models import FindingsVersion, SharedFindings
from tests.factories import NOON, CourseFactory, CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db

moving = import_module("cms.migrations.0013_findings_become_facts")
STEP = {"what": "鍵の担当を決める", "who": "防災課", "when": "3月まで"}
VALUE = {
    "held_on": "2026-10-10",
    "topic": "避難所",
    "issues": [{"type": "item", "value": "担当がいない", "id": "a"}],
    "next_steps": [{"type": "item", "value": STEP, "id": "b"}],
}


@pytest.fixture
def page():
    course = CourseFactory(kind="joint_session")
    return SimpleNamespace(course_id=course.pk, course=course, last_published_at=NOON)


@pytest.fixture
def mover():
    with guarding.lifted():
        yield moving.Mover(apps)


def test_published_findings_stay_public_word_for_word(mover, page):
    mover.move(page, VALUE, public=True)
    (told,) = told_of([page.course])
    assert (told.findings.held_on, told.findings.topic) == (date(2026, 10, 10), "避難所")
    assert told.content.agreed == ("担当がいない",)
    (step,) = told.steps
    assert (step.what, step.who, step.when) == tuple(STEP.values())
    assert told.findings.published_at == NOON


def test_session_of_that_day_gets_its_findings_once(mover, page):
    run = CourseRunFactory(course=page.course)
    session = SessionFactory(run=run, starts_at=NOON.replace(month=10, day=10))
    mover.move(page, VALUE, public=True)
    mover.move(page, VALUE | {"issues": ["ほかの課題"]}, public=True)
    found = list(SharedFindings.objects.order_by("pk"))
    assert [one.session for one in found] == [session, None]
    assert len(told_of([page.course])) == 2


def test_same_findings_on_two_pages_are_moved_once(mover, page):
    for _language in ("ja", "en"):
        mover.move(page, VALUE, public=True)
    assert SharedFindings.objects.count() == 1


def test_draft_becomes_a_version_that_waits(mover, page):
    mover.move(page, VALUE, public=True)
    mover.move(page, VALUE | {"issues": ["担当がいない", "道具"]}, public=False)
    assert [one.number for one in FindingsVersion.objects.order_by("pk")] == [1, 2]
    (told,) = told_of([page.course])
    assert told.content.agreed == ("担当がいない",)


def test_draft_of_a_page_is_read_from_its_latest_revision():
    content = {"findings": '[{"type": "finding", "value": {"topic": "x"}}]'}
    revisions = SimpleNamespace(
        filter=lambda pk: SimpleNamespace(first=lambda: SimpleNamespace(content=content))
    )
    page = SimpleNamespace(has_unpublished_changes=True, latest_revision_id=1)
    assert moving.drafted(page, revisions) == [{"type": "finding", "value": {"topic": "x"}}]
    page.has_unpublished_changes = False
    assert moving.drafted(page, revisions) == []
