"""Where the city wants approval, officers ask and a head of the section publishes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from cms import approval
from cms.course_pages import save_draft
from cms.models import CoursePage, PublishingSettings
from cms.permissions import set_up_roles
from courses.models import ChangeRecord
from enrollments.models import Notification
from tests.cms.manage_forms import as_shown_now, course_data
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)
from tests.pages import CatalogueIndexPage, publish_page

pytestmark = pytest.mark.django_db
PROSE = {"intro": "はじめに", "outcomes": "", "cover": None, "text": "<p>本文</p>"}


@pytest.fixture
def people(site) -> dict[str, User]:
    """Officers and heads of two sections, and an administrator."""
    officers, _administrators = set_up_roles()
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)
    ours, theirs = DepartmentFactory(name="市民活動課"), DepartmentFactory(name="防災課")
    found = {
        "officer": _staff(ours, "officer", "青木"),
        "head": _staff(ours, "head", "課長"),
        "stranger": _staff(theirs, "head", "よその課長"),
        "administrator": UserFactory(is_superuser=True, last_name="管理"),
    }
    for user in found.values():
        user.groups.add(officers)
    return found


def _staff(department: Any, role: str, name: str) -> User:
    user = UserFactory(last_name=name, first_name="", email=f"{name}@example.jp")
    return StaffProfileFactory(user=user, department=department, role=role).user


@pytest.fixture
def page(people) -> CoursePage:
    """A draft of the first section with an announced run."""
    course = CourseFactory(
        title="はじめての会計",
        slug="kaikei",
        published_at=None,
        department=people["officer"].staff_profile.department,
    )
    SessionFactory(run=CourseRunFactory(course=course), number=1)
    return save_draft(course, course.title, PROSE, by=people["officer"])


def _ask(page: CoursePage, people: dict[str, User]) -> CoursePage:
    approval.request_approval(page=page, by=people["officer"], at=timezone.now())
    return CoursePage.objects.get(pk=page.pk)


def _is_public(page: CoursePage) -> bool:
    found = CoursePage.objects.select_related("course").get(pk=page.pk)
    assert found.live == found.course.is_public
    return found.live


@pytest.mark.parametrize(
    ("who", "public"),
    [("officer", False), ("stranger", False), ("head", True), ("administrator", True)],
)
def test_only_heads_and_administrators_publish_from_the_course(
    client, people, page, who, public
):
    client.force_login(people[who])
    response = client.post(reverse("manage_course_publish", args=[page.course_id]))

    assert (response.status_code, _is_public(page)) == (302 if public else 403, public)


def test_officer_publishes_where_no_approval_is_wanted(client, people, page):
    PublishingSettings.objects.update(needs_approval=False)
    client.force_login(people["officer"])
    client.post(reverse("manage_course_publish", args=[page.course_id]))

    assert _is_public(page)
    assert page.get_workflow() is None


def test_officer_does_not_publish_from_the_form(client, people, page):
    client.force_login(people["officer"])
    address = reverse("manage_course_edit", args=[page.course_id])
    data = course_data(page.course.department, step="publish")
    response = client.post(address, {**data, **as_shown_now()})

    assert (response.status_code, _is_public(page)) == (409, False)


def test_form_offers_officers_to_ask_and_heads_to_publish(client, people, page):
    address = reverse("manage_course_edit", args=[page.course_id])
    said = {}
    for who in ("officer", "head"):
        client.force_login(people[who])
        text = client.get(address).content.decode()
        said[who] = ("承認を依頼する" in text, 'value="publish"' in text)

    assert said == {"officer": (True, False), "head": (False, True)}


def test_new_course_is_made_and_asked_for_in_one_step(client, people):
    client.force_login(people["officer"])
    department = people["officer"].staff_profile.department
    response = client.post(
        reverse("manage_course_new"), course_data(department, step="ask")
    )

    made = CoursePage.objects.get()
    assert response.status_code == 302
    assert (made.live, approval.state_of(made).requested_by) == (False, people["officer"])


def test_officer_does_not_publish_in_the_page_editor(client, people, page):
    client.force_login(people["officer"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = client.get(address).content.decode()
    data = {
        "action-publish": "1",
        "title": page.title,
        "slug": page.slug,
        "intro": "のっとり",
        "body": streamfield([]),
        "outcomes": "",
    }
    client.post(address, nested_form_data({**data, "comments": inline_formset([])}))

    assert 'name="action-publish"' not in text
    assert not _is_public(page)


def test_officer_does_not_publish_in_bulk(client, people, page):
    client.force_login(people["officer"])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}&next=/manage/")

    assert not _is_public(page)


def test_officer_does_not_publish_by_a_date_on_the_draft(people, page, noon):
    """A date on a draft is a wish until somebody who may publish has done so."""
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=people["officer"])
    noon.shift(timedelta(hours=2))
    call_command("publish_scheduled")

    assert not _is_public(page)


def test_head_approves_a_date_and_the_page_appears_on_it(people, page, noon):
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=people["officer"])
    asked = _ask(page, people)
    approval.approve(page=asked, by=people["head"], seen=approval.mark_of(asked))
    before = _is_public(page)
    noon.shift(timedelta(hours=2))
    call_command("publish_scheduled")

    assert (before, _is_public(page)) == (False, True)


def test_head_reads_what_waits_and_publishes_it(client, people, page):
    asked = _ask(page, people)
    client.force_login(people["head"])
    address = reverse("manage_course_approval", args=[page.course_id])
    text = client.get(address).content.decode()
    response = client.post(
        address, {"action": "approve", "seen": approval.mark_of(asked)}, follow=True
    )

    assert "はじめての会計" in text
    assert "青木" in text
    assert "承認して公開しました" in response.content.decode()
    assert _is_public(page)
    assert approval.state_of(CoursePage.objects.get()) is None


def test_head_sees_what_differs_from_the_public_page(client, people, page):
    page.get_latest_revision().publish()
    draft = CoursePage.objects.get()
    save_draft(draft.course, draft.title, {**PROSE, "intro": "新しい一文"}, by=None)
    _ask(draft, people)
    client.force_login(people["head"])
    response = client.get(reverse("manage_course_approval", args=[page.course_id]))

    shown = {one.field_label(): one.htmldiff() for one in response.context["differences"]}
    assert list(shown) == ["はじめの一文"]
    assert "新しい一文" in shown["はじめの一文"]


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_nobody_else_approves_or_sends_back(client, people, page, who):
    asked = _ask(page, people)
    client.force_login(people[who])
    address = reverse("manage_course_approval", args=[page.course_id])
    for action in ("approve", "send_back"):
        data = {"action": action, "seen": approval.mark_of(asked), "comment": "x"}
        assert client.post(address, data).status_code == 403
    with pytest.raises(NotAllowed):
        approval.approve(page=asked, by=people[who], seen=approval.mark_of(asked))

    assert not _is_public(page)
    assert approval.state_of(asked).status == "in_progress"


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_nobody_else_approves_in_wagtails_own_view(client, people, page, who):
    asked = _ask(page, people)
    client.force_login(people[who])
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", asked.current_workflow_task_state.pk],
        )
    )

    assert not _is_public(page)


def test_officer_who_is_also_head_approves_the_own_request(people, page):
    head = people["head"]
    approval.request_approval(page=page, by=head, at=timezone.now())
    asked = CoursePage.objects.get()
    approval.approve(page=asked, by=head, seen=approval.mark_of(asked))

    assert _is_public(page)
    assert Notification.objects.count() == 0


def test_request_is_out_of_date_once_a_run_has_changed(client, people, page):
    asked = _ask(page, people)
    seen = approval.mark_of(asked)
    page.course.runs.update(fee=500)
    client.force_login(people["head"])
    address = reverse("manage_course_approval", args=[page.course_id])
    response = client.post(address, {"action": "approve", "seen": seen})

    assert response.status_code == 409
    assert not _is_public(page)


def test_request_is_out_of_date_once_it_was_taken_back_and_made_again(people, page):
    asked = _ask(page, people)
    seen = approval.mark_of(asked)
    approval.withdraw_request(page=asked, by=people["officer"])
    save_draft(page.course, page.title, {**PROSE, "intro": "別"}, by=people["officer"])
    again = _ask(CoursePage.objects.get(), people)

    with pytest.raises(approval.RequestOutOfDate):
        approval.approve(page=again, by=people["head"], seen=seen)
    assert not _is_public(page)


def test_page_is_locked_for_officers_while_it_waits(client, people, page):
    asked = _ask(page, people)

    with pytest.raises(approval.WaitsForApproval):
        save_draft(page.course, page.title, PROSE, by=people["officer"])
    assert save_draft(page.course, page.title, PROSE, by=people["head"]).pk == asked.pk


def test_sent_back_request_is_read_changed_and_made_again(client, people, page):
    asked = _ask(page, people)
    client.force_login(people["head"])
    address = reverse("manage_course_approval", args=[page.course_id])
    data = {"action": "send_back", "seen": approval.mark_of(asked)}
    silent = client.post(address, {**data, "comment": " "})
    client.post(address, {**data, "comment": "対象を書いてください。"})
    client.force_login(people["officer"])
    course_address = reverse("manage_course", args=[page.course_id])
    shown = client.get(course_address).content.decode()
    save_draft(page.course, page.title, PROSE, by=people["officer"])
    client.post(reverse("manage_course_ask", args=[page.course_id]))

    assert silent.status_code == 409
    assert "対象を書いてください。" in shown
    assert "差し戻し" in shown
    state = approval.state_of(CoursePage.objects.get())
    assert (state.status, state.requested_by) == ("in_progress", people["officer"])


def test_request_is_taken_back_by_the_section_only(client, people, page):
    _ask(page, people)
    address = reverse("manage_course_take_back", args=[page.course_id])
    client.force_login(people["stranger"])
    refused = client.post(address)
    still = approval.state_of(CoursePage.objects.get()) is not None
    client.force_login(people["officer"])
    client.post(address)

    assert (refused.status_code, still) == (403, True)
    assert approval.state_of(CoursePage.objects.get()) is None


def test_other_sections_are_not_told_what_waits(client, people, page):
    _ask(page, people)
    seen = {}
    for who in ("officer", "stranger"):
        client.force_login(people[who])
        response = client.get(reverse("manage_course", args=[page.course_id]))
        seen[who] = (response.status_code, "承認待ち" in response.content.decode())

    assert seen == {"officer": (200, True), "stranger": (200, False)}


def test_second_request_is_refused(people, page):
    asked = _ask(page, people)

    with pytest.raises(approval.AlreadyRequested):
        _ask(asked, people)


def test_messages_go_through_the_outbox_and_nowhere_else(people, page):
    asked = _ask(page, people)
    approval.send_back(
        page=asked,
        by=people["head"],
        comment="対象を書いてください。",
        seen=approval.mark_of(asked),
    )
    again = _ask(CoursePage.objects.get(), people)
    approval.approve(page=again, by=people["head"], seen=approval.mark_of(again))

    assert mail.outbox == []
    found = Notification.objects.order_by("pk").values_list("recipient", "subject")
    assert list(found) == [
        ("課長@example.jp", "承認の依頼：はじめての会計"),
        ("青木@example.jp", "差し戻されました：はじめての会計"),
        ("課長@example.jp", "承認の依頼：はじめての会計"),
        ("青木@example.jp", "承認されました：はじめての会計"),
    ]
    assert "対象を書いてください。" in Notification.objects.order_by("pk")[1].body


def test_section_without_a_head_asks_the_administrators(people, page):
    people["head"].delete()
    _ask(page, people)

    recipient = Notification.objects.get().recipient
    assert recipient == people["administrator"].email


def test_waiting_requests_are_listed_for_who_may_approve(people, page):
    _ask(page, people)

    found = {who: approval.waiting_for(user).count() for who, user in people.items()}
    assert found == {"officer": 0, "head": 1, "stranger": 0, "administrator": 1}


def test_publication_is_recorded_with_the_head(client, people, page):
    asked = _ask(page, people)
    client.force_login(people["head"])
    client.post(
        reverse("manage_course_approval", args=[page.course_id]),
        {"action": "approve", "seen": approval.mark_of(asked)},
    )

    record = ChangeRecord.objects.get(act="published")
    assert record.by == people["head"]


def test_switched_off_setting_unlocks_what_waited(people, page):
    asked = _ask(page, people)
    PublishingSettings.objects.update(needs_approval=False)

    rights = CoursePage.objects.get(pk=asked.pk).permissions_for_user(people["officer"])
    assert (bool(rights.page_locked()), rights.can_publish()) == (False, True)


def test_setting_is_for_administrators(client, people):
    address = reverse("wagtailsettings:edit", args=["cms", "publishingsettings"])
    seen = {}
    for who in ("officer", "head", "administrator"):
        client.force_login(people[who])
        seen[who] = client.get(address, follow=True).status_code == 200 and (
            "needs_approval" in client.get(address, follow=True).content.decode()
        )

    assert seen == {"officer": False, "head": False, "administrator": True}


def test_set_up_is_safe_to_run_again(people):
    set_up_roles()

    index = CatalogueIndexPage.objects.get()
    assert index.get_workflow().name == "課の承認"
    assert [task.name for task in index.get_workflow().tasks] == ["課長の承認"]


def test_page_of_another_section_is_not_asked_for(client, people, page):
    client.force_login(people["stranger"])
    response = client.post(reverse("manage_course_ask", args=[page.course_id]))

    assert response.status_code == 403
    assert approval.state_of(page) is None


def test_public_page_can_be_taken_down_without_approval(people, page):
    published = publish_page(CourseFactory(department=page.course.department))

    rights = published.permissions_for_user(people["officer"])
    assert (rights.can_unpublish(), rights.can_publish()) == (True, False)
