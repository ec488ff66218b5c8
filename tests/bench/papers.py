"""1,000 name badges, without codes and with them, and a roster, from people to the PDF."""

import resource
import time
from datetime import UTC, datetime
from typing import Any

from accounts.exchange.paper.typesetting import typeset
from courses.models import CourseRun, SeatPool
from enrollments.domain.printing.wishes import Wishes
from enrollments.exchange.prints import labels, roster
from enrollments.models import Application, Participant

PEOPLE = 1_000
AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
FAMILY = ("山田", "髙橋", "勅使河原", "林", "齋藤", "小野寺")
GROUPS = ("", "みどりの会", "特定非営利活動法人里山と水辺の未来をつくる会")


def rows() -> dict[str, Any]:
    people = [_person(number) for number in range(PEOPLE)]
    run = CourseRun.objects.select_related("course").filter(sessions__isnull=False)[0]
    # Whoever is on the list, the paper is made in the same way.
    labels.attendees = roster.attendees = lambda *_where, **_how: people
    found = {}
    for name, build, wishes in (
        ("badges", labels.badges, Wishes()),
        ("badges with codes", labels.badges, Wishes(with_codes=True)),
        ("roster", roster.roster_sheet, Wishes()),
    ):
        begin = time.perf_counter()
        made = build(run, wishes, at=AT)
        paper = typeset(
            f"enrollments/{made.template}.typ",
            {**made.facts, "title": made.title},
            title=made.title,
            at=AT,
        )
        found[f"{name} of {PEOPLE:,}, PDF"] = {
            "s": round(time.perf_counter() - begin, 2),
            "KB": len(paper.pdf) // 1024,
        }
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found["memory of the typesetter at its peak, MB"] = peak // 1024
    return found


def _person(number: int) -> Participant:
    application = Application(
        group_name=GROUPS[number % len(GROUPS)],
        phone=f"090{number:08}",
        received_at=AT,
        tie=1,
    )
    application.pool = SeatPool()
    return Participant(
        application=application,
        family_name=FAMILY[number % len(FAMILY)],
        given_name=f"花{number}子",
        family_name_kana="ヤマダ",
        given_name_kana="ハナコ",
    )
