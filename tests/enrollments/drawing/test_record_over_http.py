"""The public record of a draw, as anybody reads it."""

import hashlib
import html
import json
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enrollments.domain.drawing import verify_draw
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.taking_back import take_back
from enrollments.domain.moving import move
from enrollments.enums import ApplicationState as State
from tests.enrollments.drawing.conftest import SECRET, SOURCE, VALUE, apply
from tests.factories import CourseRunFactory

pytestmark = pytest.mark.django_db
PAGE, DATA = "/draws/2026-0100/", "/draws/2026-0100.json"


def text_of(response) -> str:
    """What is read of the page's own part."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", main))


def _text(client: Client, url: str = PAGE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return text_of(response)


def _draws(client: Client) -> list[dict]:
    return client.get(DATA).json()["draws"]


def test_before_freezing_the_page_says_what_will_be_here(client, applications):
    text = _text(client)
    assert "まだ名簿を固定していません" in text
    assert "HMAC-SHA256" in text
    assert applications[0].receipt_number not in text
    assert _draws(client) == []


def test_list_comes_before_how_it_is_computed(client, frozen, applications):
    text = _text(client)
    number = applications[0].receipt_number
    assert text.index("抽選のしかた") < text.index(number) < text.index("HMAC-SHA256")


def test_frozen_list_is_public_and_nothing_that_would_tell_the_result(
    client, frozen, applications
):
    text = _text(client)
    assert all(a.receipt_number in text for a in applications)
    assert frozen.fingerprint in text
    assert frozen.commitment in text
    assert SOURCE in text
    assert SECRET.hex() not in text + client.get(DATA).content.decode()


def test_held_draw_shows_no_result(client, held):
    text, data = _text(client), client.get(DATA).content.decode()
    assert "抽選は終わりました" in text
    assert VALUE in text
    assert held.secret not in text + data
    rest, listed = text.split("くわしい決まり")[1], text.split("抽選のしかた")[1]
    assert "当選" not in rest.split("くじのもと")[1] + listed.split("くわしい決まり")[0]
    assert '"won"' not in data
    assert "result" not in _draws(client)[0]


def test_announced_result_is_shown_by_rank(client, held, officer, value_day):
    announce(draw=held, by=officer, at=value_day)
    text = _text(client)
    ranks = held.entries.order_by("rank").values_list("number", flat=True)
    listed = text[text.index("名簿を固定した日時") :]
    places = [listed.index(number) for number in ranks]
    assert places == sorted(places)
    assert held.secret in text
    assert "キャンセル待ち 1番" in text


def test_nobody_is_named(client, held, officer, value_day):
    announce(draw=held, by=officer, at=value_day)
    everything = client.get(PAGE).content + client.get(DATA).content
    for text in ("花子", "ヤマダ", "example.jp"):
        assert text not in everything.decode()


def test_published_data_are_verified_alone(client, held, officer, value_day, tmp_path):
    announce(draw=held, by=officer, at=value_day)
    file = tmp_path / "2026-0100.json"
    file.write_bytes(client.get(DATA).content)
    lines: list[str] = []
    assert verify_draw.main([str(file)], say=lines.append) == 0
    call_command("verify_draw", str(file))

    document = json.loads(file.read_text())
    document["draws"][0]["record"]["entries"][0]["seats"] = 3
    file.write_text(json.dumps(document))
    with pytest.raises(CommandError):
        call_command("verify_draw", str(file))


def test_list_is_served_as_it_was_fingerprinted(client, frozen):
    body = client.get(f"/draws/2026-0100/list-{frozen.fingerprint}.json").content
    assert hashlib.sha256(body).hexdigest() == frozen.fingerprint
    assert client.get(f"/draws/2026-0100/list-{'0' * 64}.json").status_code == 404


def test_verifier_is_served_as_it_is(client):
    with open(verify_draw.__file__, "rb") as file:
        assert client.get("/draws/verify_draw.py").content == file.read()


def test_own_number_before_and_after(client, held, officer, value_day):
    first = held.entries.get(rank=1)
    ask = {"number": first.number.replace("-", ""), "round": "0"}
    before = text_of(client.post(f"{PAGE}number/", ask))
    assert "名簿にのっています" in before
    assert "当選" not in before

    announce(draw=held, by=officer, at=value_day)

    after = text_of(client.post(f"{PAGE}number/", ask))
    assert first.number in after
    assert "当選" in after
    assert "1番" in after


@pytest.mark.parametrize("number", ["261121-091530-999", "abc", "", "９" * 40])
def test_unknown_number_is_answered(client, frozen, number):
    response = client.post(f"{PAGE}number/", {"number": number})
    assert response.status_code == 200
    assert "名簿にありません" in text_of(response)


def test_own_number_is_asked_for_by_post_only(client, frozen):
    assert client.get(f"{PAGE}number/").status_code == 405


def test_list_taken_back_stays_published(client, run, frozen, officer, closed):
    take_back(draw=frozen, why="はがきを加えるため", by=officer, at=closed)
    text = _text(client)
    assert "はがきを加えるため" in text
    assert frozen.fingerprint in text
    assert _draws(client)[0]["state"] == "taken_back"


def test_run_drawn_before_there_were_records_says_so(client, run, applications, closed):
    for application in applications[:4]:
        to = State.LOST if application.seats > 1 else State.ACCEPTED
        move(application=application, to=to, by=None, at=closed)
    assert "まだ名簿を固定していません" in _text(client)
    for application in applications[4:]:
        move(application=application, to=State.LOST, by=None, at=closed)
    assert "ここに記録を残す前に行われました" in _text(client)


def test_other_runs_have_no_record(client):
    first_come = CourseRunFactory()
    draft = CourseRunFactory(selection_mode="lottery", course__published_at=None)
    for one in (first_come, draft):
        for url in (f"/draws/{one.code}/", f"/draws/{one.code}.json"):
            assert client.get(url).status_code == 404


def test_page_asks_as_often_for_three_as_for_one(client, run, officer, closed):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            _text(client)
        return len(seen)

    apply(run, 1, at=run.applications_open_at)
    draw = freeze(
        despite_same_names=True,
        run=run,
        secret=SECRET,
        source=SOURCE,
        source_on=(closed + timedelta(days=3)).date(),
        by=officer,
        at=closed,
    )
    queries()
    one = queries()
    take_back(draw=draw, why="加えるため", by=officer, at=closed)
    for number in (2, 3):
        apply(run, number, at=run.applications_open_at)
    freeze(
        despite_same_names=True,
        run=run,
        secret=SECRET,
        source=SOURCE,
        source_on=(closed + timedelta(days=3)).date(),
        by=officer,
        at=closed,
    )
    assert queries() == one
