"""Where the city wants approval, officers ask and a head of the section publishes."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.domain.refusal import NotAllowed
from cms import approval
from cms.course_pages import save_draft
from cms.models import CoursePage, PublishingSettings
from cms.permissions import set_up_roles
from courses.models import ChangeRecord
from enrollments.models import Notification
from tests.cms.approval.steps import PROSE, ask, is_public
from tests.factories import (
    CourseFactory,
)
from tests.pages import CatalogueIndexPage, publish_page

pytestmark = pytest.mark.django_db


def test_head_reads_what_waits_and_publishes_it(client, people, page):
    asked = ask(page, people)
    client.force_login(people["head"])
    address = reverse("manage_course_approval", args=[page.course_id])
    text = client.get(address).content.decode()
    response = client.post(
        address, {"action": "approve", "seen": approval.mark_of(asked)}, follow=True
    )

    assert "はじめての会計" in text
    assert "青木" in text
    assert "承認して公開しました" in response.content.decode()
    assert is_public(page)
    assert approval.state_of(CoursePage.objects.get()) is None


def test_head_sees_what_differs_from_the_public_page(client, people, page):
    page.get_latest_revision().publish()
    draft = CoursePage.objects.get()
    save_draft(draft.course, draft.title, {**PROSE, "intro": "新しい一文"}, by=None)
    ask(draft, people)
    client.force_login(people["head"])
    response = client.get(reverse("manage_course_approval", args=[page.course_id]))

    shown = {one.field_label(): one.htmldiff() for one in response.context["differences"]}
    assert list(shown) == ["はじめの一文"]
    assert "新しい一文" in shown["はじめの一文"]


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_nobody_else_approves_or_sends_back(client, people, page, who):
    asked = ask(page, people)
    client.force_login(people[who])
    address = reverse("manage_course_approval", args=[page.course_id])
    for action in ("approve", "send_back"):
        data = {"action": action, "seen": approval.mark_of(asked), "comment": "x"}
        assert client.post(address, data).status_code == 403
    with pytest.raises(NotAllowed):
        approval.approve(page=asked, by=people[who], seen=approval.mark_of(asked))

    assert not is_public(page)
    assert approval.state_of(asked).status == "in_progress"


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_nobody_else_approves_in_wagtails_own_view(client, people, page, who):
    asked = ask(page, people)
    client.force_login(people[who])
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", asked.current_workflow_task_state.pk],
        )
    )

    assert not is_public(page)


def test_officer_who_is_also_head_approves_the_own_request(people, page):
    head = people["head"]
    approval.request_approval(page=page, by=head, at=timezone.now())
    asked = CoursePage.objects.get()
    approval.approve(page=asked, by=head, seen=approval.mark_of(asked))

    assert is_public(page)
    assert Notification.objects.count() == 0


def test_request_is_out_of_date_once_a_run_has_changed(client, people, page):
    asked = ask(page, people)
    seen = approval.mark_of(asked)
    page.course.runs.update(fee=500)
    client.force_login(people["head"])
    address = reverse("manage_course_approval", args=[page.course_id])
    response = client.post(address, {"action": "approve", "seen": seen})

    assert response.status_code == 409
    assert not is_public(page)


def test_request_is_out_of_date_once_it_was_taken_back_and_made_again(people, page):
    asked = ask(page, people)
    seen = approval.mark_of(asked)
    approval.withdraw_request(page=asked, by=people["officer"])
    save_draft(page.course, page.title, {**PROSE, "intro": "別"}, by=people["officer"])
    again = ask(CoursePage.objects.get(), people)

    with pytest.raises(approval.RequestOutOfDate):
        approval.approve(page=again, by=people["head"], seen=seen)
    assert not is_public(page)


def test_page_is_locked_for_officers_while_it_waits(client, people, page):
    asked = ask(page, people)

    with pytest.raises(approval.WaitsForApproval):
        save_draft(page.course, page.title, PROSE, by=people["officer"])
    assert save_draft(page.course, page.title, PROSE, by=people["head"]).pk == asked.pk


def test_sent_back_request_is_read_changed_and_made_again(client, people, page):
    asked = ask(page, people)
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
    ask(page, people)
    address = reverse("manage_course_take_back", args=[page.course_id])
    client.force_login(people["stranger"])
    refused = client.post(address)
    still = approval.state_of(CoursePage.objects.get()) is not None
    client.force_login(people["officer"])
    client.post(address)

    assert (refused.status_code, still) == (403, True)
    assert approval.state_of(CoursePage.objects.get()) is None


def test_other_sections_are_not_told_what_waits(client, people, page):
    ask(page, people)
    seen = {}
    for who in ("officer", "stranger"):
        client.force_login(people[who])
        response = client.get(reverse("manage_course", args=[page.course_id]))
        seen[who] = (response.status_code, "承認待ち" in response.content.decode())

    assert seen == {"officer": (200, True), "stranger": (200, False)}


def test_second_request_is_refused(people, page):
    asked = ask(page, people)

    with pytest.raises(approval.AlreadyRequested):
        ask(asked, people)


def test_messages_go_through_the_outbox_and_nowhere_else(people, page):
    asked = ask(page, people)
    approval.send_back(
        page=asked,
        by=people["head"],
        comment="対象を書いてください。",
        seen=approval.mark_of(asked),
    )
    again = ask(CoursePage.objects.get(), people)
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
    ask(page, people)

    recipient = Notification.objects.get().recipient
    assert recipient == people["administrator"].email


def test_waiting_requests_are_listed_for_who_may_approve(people, page):
    ask(page, people)

    found = {who: approval.waiting_for(user).count() for who, user in people.items()}
    assert found == {"officer": 0, "head": 1, "stranger": 0, "administrator": 1}


def test_publication_is_recorded_with_the_head(client, people, page):
    asked = ask(page, people)
    client.force_login(people["head"])
    client.post(
        reverse("manage_course_approval", args=[page.course_id]),
        {"action": "approve", "seen": approval.mark_of(asked)},
    )

    record = ChangeRecord.objects.get(act="published")
    assert record.by == people["head"]


def test_switched_off_setting_unlocks_what_waited(people, page):
    asked = ask(page, people)
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
