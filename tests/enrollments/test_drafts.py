"""A form that was begun survives a lost session for a week, for its cookie's holder."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drafts import draft_key, forget_expired_drafts, keep_draft
from enrollments.domain.refusals import ApplicationsClosed
from enrollments.enums import ApplicationState
from enrollments.models import Application, ApplicationDraft
from enrollments.views.drafts import COOKIE
from tests.cms.sent_form import as_shown
from tests.enrollments.application_form import address_of, filled
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory, SessionFactory
from tests.pages import build_site

pytestmark = pytest.mark.django_db
OFFERED = "入力の途中の内容があります"


@pytest.fixture(autouse=True)
def clock(db):
    cache.clear()
    build_site()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_each_step_is_kept_under_a_digest(client, run):
    response = client.post(address_of(run), filled(step="check"))

    cookie = response.cookies[COOKIE]
    draft = ApplicationDraft.objects.get()
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        address_of(run),
        True,
        "Lax",
        7 * 24 * 3600,
    )
    assert draft.key not in cookie.value
    assert draft.fields["family_name"] == ["山田"]
    assert "csrfmiddlewaretoken" not in draft.fields
    assert draft.expires_at == NOON + timedelta(days=7)


def test_opening_the_form_keeps_nothing(client, run):
    assert COOKIE not in client.get(address_of(run)).cookies
    assert not ApplicationDraft.objects.exists()


def test_wrong_input_is_kept_too(client, run):
    client.post(address_of(run), filled(step="check", email="x"))

    assert ApplicationDraft.objects.get().fields["email"] == ["x"]


def test_draft_is_offered_without_showing_it(client, run):
    client.post(address_of(run), filled(step="check"))

    page = client.get(address_of(run)).content.decode()
    assert OFFERED in page
    assert "山田" not in page


def test_continued_draft_has_all_that_was_typed_and_its_key(client, run):
    sent = filled(step="check", message="よろしく")
    client.post(address_of(run), sent)

    shown = as_shown(client.post(address_of(run), {"step": "resume"}))
    assert shown["given_name"] == "花子"
    assert shown["message"].strip() == "よろしく"
    assert shown["submission_key"] == sent["submission_key"]


def test_forgotten_draft_is_gone(client, run):
    client.post(address_of(run), filled(step="check"))
    client.post(address_of(run), {"step": "forget"})

    assert OFFERED not in client.get(address_of(run)).content.decode()
    assert not ApplicationDraft.objects.exists()


def test_somebody_else_is_offered_nothing(client, run):
    client.post(address_of(run), filled(step="check"))
    other = Client()
    other.cookies[COOKIE] = "forged:signature"

    assert OFFERED not in other.get(address_of(run)).content.decode()
    resumed = other.post(address_of(run), {"step": "resume"})
    assert resumed.status_code == 302


def test_draft_of_another_run_is_not_offered(client, run):
    other = CourseRunFactory()
    SeatPoolFactory(run=other)
    SessionFactory(run=other)
    client.post(address_of(run), filled(step="check"))
    client.cookies[COOKIE]["path"] = "/"

    assert OFFERED not in client.get(address_of(other)).content.decode()


def test_sending_ends_the_draft(client, run):
    check = client.post(address_of(run), filled(step="check"))
    client.post(address_of(run), as_shown(check) | {"step": "send"})

    assert not ApplicationDraft.objects.exists()
    assert Application.objects.get().state == ApplicationState.ACCEPTED


def test_draft_is_forgotten_only_with_an_application(run, now):
    """In one transaction: a refusal takes the forgetting back."""
    keep_draft(token="t", about=run, fields={"message": ["あ"]}, at=now)
    closed = run.applications_close_at
    with pytest.raises(ApplicationsClosed):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=closed, draft="t")
    assert ApplicationDraft.objects.count() == 1

    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now, draft="t")
    assert ApplicationDraft.objects.count() == 0


def test_refused_sending_keeps_the_draft(client, run):
    client.post(address_of(run), filled())
    response = client.post(address_of(run), filled(message="もう一度"))

    assert response.status_code == 409
    assert ApplicationDraft.objects.get().fields["message"] == ["もう一度"]


def test_draft_survives_signing_out(client, run, hanako):
    client.force_login(hanako)
    client.post(address_of(run), filled(step="check"))
    cookie = client.cookies[COOKIE].value

    after = Client()
    after.cookies[COOKIE] = cookie
    assert OFFERED in after.get(address_of(run)).content.decode()


def test_two_tabs_and_a_double_click_get_one_receipt(client, run):
    check = client.post(address_of(run), filled(step="check"))
    tab = as_shown(client.post(address_of(run), {"step": "resume"}))

    first = client.post(address_of(run), as_shown(check) | {"step": "send"})
    second = client.post(address_of(run), tab | {"step": "send"})
    assert first.url == second.url
    assert Application.objects.count() == 1


def test_after_a_week_it_is_neither_offered_nor_kept(client, run, clock):
    client.post(address_of(run), filled(step="check"))
    clock.move_to(NOON + timedelta(days=7))

    assert OFFERED not in client.get(address_of(run)).content.decode()
    assert forget_expired_drafts(at=NOON + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert forget_expired_drafts(at=NOON + timedelta(days=7)) == 1
    assert not ApplicationDraft.objects.exists()


def test_signs_that_no_database_keeps_are_dropped(run):
    fields = {"message": ["a\0b\ud83d"]}
    keep_draft(token="t", about=run, fields=fields, at=NOON)

    assert ApplicationDraft.objects.get(key=draft_key("t")).fields == {"message": ["ab"]}


def test_more_than_any_form_holds_is_not_kept(run):
    keep_draft(token="t", about=run, fields={"message": ["あ" * 70_000]}, at=NOON)

    assert not ApplicationDraft.objects.exists()


def test_page_that_is_too_old_gives_back_what_was_typed(run):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(address_of(run), filled(step="send", message="あのう"))

    shown = as_shown(response)
    assert response.status_code == 403
    assert (shown["message"], shown["family_name"]) == ("あのう", "山田")
    assert not Application.objects.exists()
    again = strict.post(address_of(run), shown | {"step": "again"})
    assert as_shown(again)["given_name"] == "花子"
    sent = strict.post(address_of(run), as_shown(again) | {"step": "send"})
    assert sent.status_code == 302


def test_what_another_site_sent_is_not_repeated(run):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})

    page = strict.post(address_of(run), filled(message="わな")).content.decode()

    assert "わな" not in page
