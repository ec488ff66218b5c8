"""No way to publish leads around the head, where the city wants approval."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)

from cms import approval
from cms.models import CoursePage, PublishingSettings
from tests.cms.approval.steps import ask, is_public
from tests.cms.manage_forms import as_shown_now, course_data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "public"),
    [("officer", False), ("stranger", False), ("head", True), ("administrator", True)],
)
def test_only_heads_and_administrators_publish_from_the_course(
    client, people, page, who, public
):
    client.force_login(people[who])
    response = client.post(reverse("manage_course_publish", args=[page.course_id]))

    assert (response.status_code, is_public(page)) == (302 if public else 403, public)


def test_officer_publishes_where_no_approval_is_wanted(client, people, page):
    PublishingSettings.objects.update(needs_approval=False)
    client.force_login(people["officer"])
    client.post(reverse("manage_course_publish", args=[page.course_id]))

    assert is_public(page)
    assert page.get_workflow() is None


def test_officer_does_not_publish_from_the_form(client, people, page):
    client.force_login(people["officer"])
    address = reverse("manage_course_edit", args=[page.course_id])
    data = course_data(page.course.department, step="publish")
    response = client.post(address, {**data, **as_shown_now()})

    assert (response.status_code, is_public(page)) == (409, False)


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
    assert not is_public(page)


def test_officer_does_not_publish_in_bulk(client, people, page):
    client.force_login(people["officer"])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}&next=/manage/")

    assert not is_public(page)


def test_officer_does_not_publish_by_a_date_on_the_draft(people, page, noon):
    """A date on a draft is a wish until somebody who may publish has done so."""
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=people["officer"])
    noon.shift(timedelta(hours=2))
    call_command("publish_scheduled")

    assert not is_public(page)


def test_head_approves_a_date_and_the_page_appears_on_it(people, page, noon):
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=people["officer"])
    asked = ask(page, people)
    approval.approve(page=asked, by=people["head"], seen=approval.mark_of(asked))
    before = is_public(page)
    noon.shift(timedelta(hours=2))
    call_command("publish_scheduled")

    assert (before, is_public(page)) == (False, True)
