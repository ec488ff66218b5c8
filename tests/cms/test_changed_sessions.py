"""Sessions on the page of a course say what differs from what was announced."""

import re
from datetime import timedelta

from courses.models import CourseRun
from tests.factories import NOON, SessionFactory

DAY = timedelta(days=1)


def show(client, run: CourseRun) -> str:
    response = client.get(f"/courses/{run.course.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_sessions_say_when_they_are_cancelled_postponed_or_moved(client, offer):
    run = offer("防災")
    for number, state in ((2, "cancelled"), (3, "postponed"), (4, "moved")):
        SessionFactory(
            run=run,
            number=number,
            starts_at=NOON + (14 + number) * DAY,
            state=state,
            state_note="講師の都合" if state == "cancelled" else "",
            former_starts_at=NOON + 30 * DAY if state == "moved" else None,
        )

    text = words(show(client, run))

    assert "第2回 【中止】 講師の都合 12月7日（月）12:00〜14:00" in text
    assert "第3回 【延期】 12月8日（火）12:00〜14:00" in text
    assert "第4回 【日時変更】 （12月21日（月）12:00 →） 12月9日（水）12:00〜14:00" in text


def test_sessions_say_where_they_were_to_be_and_what_they_make_up_for(client, offer):
    run = offer("防災")
    missed = SessionFactory(run=run, number=2, state="cancelled")
    for number, said in (
        (3, {"former_place": "市民会館 和室"}),
        (4, {"former_place": "図書館", "state": "moved", "former_starts_at": NOON}),
        (5, {"makes_up": missed}),
        (6, {"former_place": "図書館", "state": "cancelled"}),
    ):
        starts_at = NOON + (14 + number) * DAY
        SessionFactory(run=run, number=number, starts_at=starts_at, **said)

    text = words(show(client, run))

    assert "第3回 【会場変更】 （変更前の会場: 市民会館 和室） 12月8日（火）" in text
    both = (
        "第4回 【日時・会場変更】 （11月21日（土）12:00 →）（変更前の会場: 図書館） 12月9日"
    )
    assert both in text
    assert "第5回 【補講】 12月10日（木）" in text
    assert "第6回 【中止】 12月11日（金）" in text
