"""The officer's page of a draw."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollments.domain.drawing.announcing import announce
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Draw, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.drawing.conftest import SOURCE, VALUE, apply
from tests.enrollments.drawing.test_record_over_http import text_of

pytestmark = pytest.mark.django_db
PAGE = "/manage/runs/2026-0100/draw/"


@pytest.fixture
def desk(client, department):
    client.force_login(officer_of(department))
    return client


def test_page_is_for_the_section_only(client, run):
    assert client.get(PAGE).status_code == 302
    stranger = officer_of(type(run.course.department).objects.create(code="x", name="他"))
    client.force_login(stranger)
    assert client.get(PAGE).status_code == 403


def test_whole_way_from_trying_to_telling(desk, run, applications, closed, value_day):
    with time_machine.travel(closed, tick=False):
        assert "ためしに抽選する" in text_of(desk.get(PAGE))
        tried = desk.post(PAGE, {"action": "try"})
        assert "この結果は使われません" in text_of(tried)
        assert not Draw.objects.exists()
        freeze = {
            "action": "freeze",
            "despite_same_names": "on",
            "source": SOURCE,
            "source_on": "2026-12-04",
        }
        assert desk.post(PAGE, freeze).status_code == 302
        assert "12月4日" in text_of(desk.get(PAGE))
        early = desk.post(PAGE, {"action": "hold", "public_value": VALUE})
        assert early.status_code == 409
        assert "公開の値がわかる日になっていません" in text_of(early)
    with time_machine.travel(value_day, tick=False):
        assert desk.post(PAGE, {"action": "hold", "public_value": VALUE}).status_code == 302
        held = text_of(desk.get(PAGE))
        said = re.search(r"当選 (\d)件、キャンセル待ち (\d)件、落選 0件", held)
        assert said
        assert int(said[1]) + int(said[2]) == 6
        assert "6件にメールを送ります。電話や郵送での連絡が必要な申込みは0件" in held
        again = desk.post(PAGE, {"action": "hold", "public_value": "1"})
        assert again.status_code == 409
        assert desk.post(PAGE, {"action": "announce"}).status_code == 302
    states = set(Application.objects.values_list("state", flat=True))
    assert states == {State.ACCEPTED, State.WAITING}
    assert Draw.objects.get().state == "announced"


def test_freezing_needs_a_day_to_come(desk, applications, closed):
    with time_machine.travel(closed, tick=False):
        freeze = {
            "action": "freeze",
            "despite_same_names": "on",
            "source": SOURCE,
            "source_on": "2026-12-02",
        }
        answer = desk.post(PAGE, freeze)
        assert answer.status_code == 409
        assert "あすより後の日" in text_of(answer)
        freeze["source_on"] = "never"
        assert desk.post(PAGE, freeze).status_code == 422


def test_taking_back_needs_a_reason(desk, frozen, closed):
    with time_machine.travel(closed, tick=False):
        assert desk.post(PAGE, {"action": "take_back", "why": ""}).status_code == 422
        desk.post(PAGE, {"action": "take_back", "why": "はがきを加えるため"})
        assert "はがきを加えるため" in text_of(desk.get(PAGE))
    assert Draw.objects.get().state == "taken_back"


def test_all_fit_is_offered_in_place_of_a_draw(desk, run, closed):
    apply(run, 1, at=run.applications_open_at)
    with time_machine.travel(closed, tick=False):
        assert "申込みは定員以内です" in text_of(desk.get(PAGE))
        assert desk.post(PAGE, {"action": "settle"}).status_code == 302
    assert Application.objects.get().state == State.ACCEPTED


def test_unknown_step_is_refused(desk, run):
    assert desk.post(PAGE, {"action": "nonsense"}).status_code == 409


def test_application_page_says_why_somebody_was_not_chosen(desk, held, officer, value_day):
    entry = held.entries.get(line=1)
    url = f"/manage/applications/{entry.application_id}/"
    with time_machine.travel(value_day, tick=False):
        before = text_of(desk.get(url))
        assert "発表前です。本人に伝えないでください。" in before
        announce(draw=held, by=officer, at=value_day)
        after = text_of(desk.get(url))
    assert f"順位 {entry.rank}番" in after
    assert "キャンセル待ち 1番" in after
    assert entry.number in after


def test_page_asks_as_often_for_three_as_for_one(desk, run, closed):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(PAGE).status_code == 200
        return len(seen)

    with time_machine.travel(closed, tick=False):
        apply(run, 1, at=run.applications_open_at)
        queries()
        one = queries()
        for number in (2, 3):
            apply(run, number, at=run.applications_open_at)
        assert queries() == one


def test_held_pages_ask_as_often_for_six_as_for_two(desk, held, value_day):
    assert date(2026, 12, 4) == value_day.date()
    assert Notification.objects.exists()
    with time_machine.travel(value_day, tick=False), CaptureQueriesContext(connection) as q:
        desk.get(PAGE)
    assert len([one for one in q if "drawentry" in one["sql"]]) <= 5
