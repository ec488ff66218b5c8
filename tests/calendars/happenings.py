"""What may happen to a course between two fetches, by the acts that officers use, and
what a subscriber is to see of it.

The course has a session held last week (1) and two to come (2 on 5 December, 3 a week
later), with a name for the run and a room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from accounts.domain.around_changes import changing
from accounts.models import User
from courses.domain.publication import publish_course, withdraw_course
from courses.domain.session_plans import SessionPlan, plan_of
from courses.domain.sessions import edit_session, postpone_session, reinstate_session
from courses.models import Course, CourseRun, Room, Session
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.run_changes import SessionChange, change_run
from enrollments.domain.session_changes import cancel_session_and_tell, make_up_for
from tests.enrollments.test_run_changes import _plan as plan_of_run

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class World:
    run: CourseRun
    officer: User
    other_room: Room

    @property
    def course(self) -> Course:
        return Course.objects.get(pk=self.run.course_id)

    def session(self, number: int) -> Session:
        return self.run.sessions.get(number=number)


Act = Callable[[World, datetime], object]


@dataclass(frozen=True)
class Happening:
    """`shows` has by number the title and status of the sessions that are revised; every
    other event stays as it is, to the octet. `before` are acts an hour earlier."""

    act: Act
    shows: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    words: str = ""
    before: tuple[Act, ...] = ()


def edits(number: int, **changes: object) -> Act:
    def act(world: World, at: datetime) -> None:
        session = world.session(number)
        plan = replace(plan_of(session), **changes)
        edit_session(session=session, plan=plan, by=world.officer, at=at)

    return act


def moves(number: int, by: timedelta) -> Act:
    """By the form of the run, which also tells who is in it."""

    def act(world: World, at: datetime) -> None:
        session = world.session(number)
        plan: SessionPlan = plan_of(session)
        plan = replace(plan, starts_at=plan.starts_at + by, ends_at=plan.ends_at + by)
        _change_run(world, at, sessions=(SessionChange(plan=plan, session=session),))

    return act


def of_run(**changes: object) -> Act:
    return lambda world, at: _change_run(world, at, **changes)


def _change_run(
    world: World,
    at: datetime,
    *,
    sessions: tuple[SessionChange, ...] = (),
    **changes: object,
) -> None:
    fresh = CourseRun.objects.get(pk=world.run.pk)
    plan = plan_of_run(fresh, **changes)
    change_run(run=fresh, plan=plan, sessions=sessions, by=world.officer, at=at)


def to_other_room(world: World, at: datetime) -> None:
    room = world.other_room
    edits(2, room=room, venue=room.venue)(world, at)


def renames(what: str, name: str) -> Act:
    """As the lists of the back office do."""

    def act(world: World, at: datetime) -> None:
        room = world.session(2).room
        row = room if what == "room" else room.venue
        with changing(row, at=at):
            row.name = name
            row.save()

    return act


def calls_off(number: int) -> Act:
    return lambda world, at: cancel_session_and_tell(
        session=world.session(number), reason="台風", by=world.officer, at=at
    )


def puts_off(number: int) -> Act:
    return lambda world, at: postpone_session(
        session=world.session(number), reason="講師の都合", by=world.officer, at=at
    )


def reinstates(number: int) -> Act:
    return lambda world, at: reinstate_session(
        session=world.session(number), by=world.officer, at=at
    )


def makes_up(world: World, at: datetime) -> None:
    plan = plan_of(world.session(2))
    later = replace(
        plan, starts_at=plan.starts_at + 21 * DAY, ends_at=plan.ends_at + 21 * DAY
    )
    make_up_for(session=world.session(2), plan=later, by=world.officer, at=at)


def takes_down(world: World, at: datetime) -> None:
    withdraw_course(course=world.course, at=at)


def publishes(title: str) -> Act:
    return lambda world, at: publish_course(
        course=world.course, slug=world.course.slug, title=title, at=at
    )


def cancels_run(world: World, at: datetime) -> None:
    cancel_run_and_tell(run=world.run, reason="応募少数", by=world.officer, at=at)


def postpones_run(world: World, at: datetime) -> None:
    postpone_run_and_tell(run=world.run, reason="大雨", by=world.officer, at=at)


def nothing(world: World, at: datetime) -> None:
    """Nobody does anything."""


def titles(mark: str, title: str, *numbers: int, of: int = 3) -> dict[int, tuple[str, str]]:
    status = {"中止": "CANCELLED", "掲載終了": "CANCELLED", "延期": "TENTATIVE"}
    shown = f"【{mark}】" if mark else ""
    return {
        number: (f"{shown}{title} 第{number}回（全{of}回）", status.get(mark, "CONFIRMED"))
        for number in numbers
    }


def one(mark: str, number: int = 2, of: int = 3) -> dict[int, tuple[str, str]]:
    return titles(mark, "防災入門 A日程", number, of=of)


TITLE = "防災入門 A日程"
HAPPENINGS: dict[str, Happening] = {
    "nothing": Happening(nothing),
    "saved without a change": Happening(of_run()),
    "a session saved without a change": Happening(edits(2)),
    "a note for the officers": Happening(of_run(note="鍵は受付")),
    "the fee": Happening(of_run(fee=500)),
    "title of the course": Happening(
        publishes("防災のはじめ"), titles("", "防災のはじめ A日程", 1, 2, 3)
    ),
    "name of the run": Happening(
        of_run(label="B日程"), titles("", "防災入門 B日程", 1, 2, 3)
    ),
    "what to bring": Happening(
        of_run(bring="筆記用具"), titles("", TITLE, 1, 2, 3), "持ち物: 筆記用具"
    ),
    "title of a session": Happening(edits(2, title="避難所"), one(""), "避難所"),
    "time": Happening(moves(2, DAY), one("日時変更"), "変更前: 12月5日（土）12:00"),
    "time, and back again": Happening(moves(2, -DAY), one(""), before=(moves(2, DAY),)),
    "time, a second time": Happening(
        moves(2, DAY),
        one("日時変更"),
        "変更前: 12月5日（土）12:00",
        before=(moves(2, DAY),),
    ),
    "end only": Happening(
        edits(2, ends_at=datetime.fromisoformat("2026-12-05T15:00+09:00")), one("")
    ),
    "room and venue": Happening(
        to_other_room, one("会場変更"), "変更前: 市民会館 第1会議室"
    ),
    "name of a venue": Happening(renames("venue", "中央会館"), titles("", TITLE, 1, 2, 3)),
    "name of a room": Happening(renames("room", "大ホール"), titles("", TITLE, 1, 2, 3)),
    "cancelled": Happening(calls_off(2), one("中止"), "理由: 台風"),
    "postponed": Happening(puts_off(2), one("延期"), "理由: 講師の都合"),
    "postponed, then cancelled for another reason": Happening(
        calls_off(2), one("中止"), "理由: 台風", before=(puts_off(2),)
    ),
    "postponed, then held on another day": Happening(
        moves(2, DAY), one("日時変更"), "変更前: 12月5日（土）12:00", before=(puts_off(2),)
    ),
    "held after all": Happening(reinstates(2), one(""), before=(calls_off(2),)),
    "made up for": Happening(
        makes_up,
        one("", 1, of=4) | one("中止", 2, of=4) | one("", 3, of=4) | one("補講", 4, of=4),
        "第2回（12月5日（土））の補講です。",
        before=(calls_off(2),),
    ),
    "page taken down": Happening(
        takes_down,
        titles("", TITLE, 1) | titles("掲載終了", TITLE, 2, 3),
        "この講座の掲載は終わりました。",
    ),
    "page published again": Happening(
        publishes("防災入門"), titles("", TITLE, 1, 2, 3), before=(takes_down,)
    ),
}
# Of a run that has not begun: without the session of last week.
BEFORE_THE_FIRST: dict[str, Happening] = {
    "run cancelled": Happening(
        cancels_run, titles("中止", TITLE, 2, 3, of=2), "理由: 応募少数"
    ),
    "run postponed": Happening(
        postpones_run, titles("延期", TITLE, 2, 3, of=2), "理由: 大雨"
    ),
    "run postponed, then cancelled": Happening(
        cancels_run,
        titles("中止", TITLE, 2, 3, of=2),
        "理由: 応募少数",
        before=(postpones_run,),
    ),
    "run postponed, then a new day for one": Happening(
        moves(2, 14 * DAY),
        titles("日時変更", TITLE, 2, of=2),
        "変更前: 12月5日（土）12:00",
        before=(postpones_run,),
    ),
}
