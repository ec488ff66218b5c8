"""What residents want to learn in various states, the menu of outreach lectures, and who
asked for one: by the acts of the domain, as long ago as the content says."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cms.demo.identifiers import identifier, session_uid
from cms.demo.people import People
from cms.demo.reading import read
from courses.models import Course, Session, Theme
from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import Notification
from learning_paths.domain.outreach.accepting import accept_date
from learning_paths.domain.outreach.answering import propose_dates
from learning_paths.domain.outreach.asking import Asked, ask_for_outreach
from learning_paths.domain.outreach.menu import Terms, put_on_menu
from learning_paths.domain.wanted.answering import answer_request
from learning_paths.domain.wanted.asking import ask_signed_in
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.moderating import publish_request
from learning_paths.enums import RequestState
from learning_paths.models import (
    LearningRequest,
    LearningVoice,
    OutreachEntry,
    OutreachRequest,
)

DAY = timedelta(days=1)


def build_requests(
    people: People, officers: dict[str, User], *, keeper: User, resident: User, at: datetime
) -> None:
    content = read("requests")
    for entry in content["wanted"]:
        wanted = _wanted(entry, resident, keeper, at)
        _voices(wanted, people, entry["voices"] - 1, at)
        if "answer" in entry:
            _answer(wanted, entry, officers[entry["section"]], at)
    for entry in content["menu"]:
        _on_menu(entry, officers)
    for entry in content["asked"]:
        asked = _asked(entry, resident, at)
        _handle(asked, entry, officers, at)
    told = Notification.objects.filter(kind=MessageKind.REQUEST)
    told.update(state=State.SENT, attempts=1, claimed_at=at, settled_at=at)


def _wanted(
    entry: dict[str, Any], resident: User, keeper: User, at: datetime
) -> LearningRequest:
    asked_at = at - entry["days"] * DAY
    facts = WantedFacts(
        entry["title"],
        detail=entry["detail"],
        theme=Theme.objects.get(key=entry["theme"]),
        area=entry.get("area", ""),
        people=entry.get("people"),
        suits=entry["suits"],
    )
    wanted = ask_signed_in(
        facts=facts,
        by=resident,
        at=asked_at,
        form_key=identifier("wish", entry["title"]),
    )
    if entry.get("waits"):
        return wanted
    return publish_request(request=wanted, facts=facts, by=keeper, at=asked_at + DAY)


def _voices(wanted: LearningRequest, people: People, number: int, at: datetime) -> None:
    others = [person for person in people.residents if person.email and not person.user]
    LearningVoice.objects.bulk_create(
        LearningVoice(
            request=wanted,
            email=person.email,
            asked_at=at - (number - place) * DAY,
            confirmed_at=at - (number - place) * DAY,
        )
        for place, person in enumerate(others[:number])
    )


def _answer(wanted: LearningRequest, entry: dict[str, Any], by: User, at: datetime) -> None:
    course = entry.get("course")
    answer_request(
        request=wanted,
        to=RequestState(entry["answer"]),
        words=entry["words"],
        course=Course.objects.get(slug=course) if course else None,
        by=by,
        at=at - 5 * DAY,
    )


def _on_menu(entry: dict[str, Any], officers: dict[str, User]) -> None:
    course = Course.objects.select_related("department").get(slug=entry["course"])
    terms = Terms(
        minutes=entry["minutes"],
        minimum_people=entry["minimum"],
        weekdays=entry["weekdays"],
        begins_from=time(9),
        ends_by=time(20),
        notice_days=20,
        for_whom=entry["for_whom"],
        needs=entry["needs"],
    )
    put_on_menu(course=course, terms=terms, by=officers[course.department.code])


def _asked(entry: dict[str, Any], resident: User, at: datetime) -> OutreachRequest:
    menu = OutreachEntry.objects.select_related("course__department")
    wanted = menu.get(course__slug=entry["course"])
    asked = Asked(
        people=entry["people"],
        purpose=entry["purpose"],
        is_proper=True,
        group_name=entry["group"],
        contact_name=entry["name"],
        phone=entry["phone"],
        email=resident.email,
        address=entry["address"],
        place=entry["place"],
        equipment=entry["equipment"],
        starts=_starts(entry["ahead"], entry["hour"], wanted, at),
    )
    return ask_for_outreach(
        entry=wanted,
        asked=asked,
        by=resident,
        at=at - 3 * DAY,
        form_key=identifier("outreach", entry["group"]),
    )


def _handle(
    asked: OutreachRequest, entry: dict[str, Any], officers: dict[str, User], at: datetime
) -> None:
    by = officers[asked.entry.course.department.code]
    if "proposes" in entry:
        starts = _starts(entry["proposes"], entry["hour"], asked.entry, at)
        propose_dates(
            request=asked, starts=starts, words=entry["words"], by=by, at=at - DAY
        )
    elif entry.get("accepted"):
        first = asked.dates.all()[0]
        accept_date(request=asked, date=first, by=by, at=at - DAY)
        # As calendars know it, however often the city is built.
        own = Session.objects.filter(run__outreach_request=asked)
        own.update(uid=session_uid(f"outreach-{entry['group']}", 1))


def _starts(
    ahead: list[int], hour: int, entry: OutreachEntry, at: datetime
) -> list[datetime]:
    """Each on the next day of the menu, none twice."""
    found: list[datetime] = []
    for days in ahead:
        day = timezone.localdate(at) + days * DAY
        while str(day.isoweekday()) not in entry.weekdays or (
            found and timezone.localdate(found[-1]) >= day
        ):
            day += DAY
        found.append(timezone.make_aware(datetime.combine(day, time(hour))))
    return found
