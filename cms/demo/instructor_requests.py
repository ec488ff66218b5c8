"""Requests to instructors of the local register: new, waiting for an answer, agreed to."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from accounts.models import User
from cms.demo.identifiers import identifier
from cms.demo.reading import read
from courses.domain.talent import on_the_register, section_for
from courses.models import Instructor
from enrollments.enums import NotificationState
from enrollments.models import Notification
from learning_paths.domain.instructor_requests.answering import answer_request
from learning_paths.domain.instructor_requests.asking import Wanted, request_instructor
from learning_paths.domain.instructor_requests.passing_on import forward_request
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest

DAY = timedelta(days=1)
FIELDS = tuple(Wanted.__dataclass_fields__)


def build_instructor_requests(admin: User, *, at: datetime) -> None:
    people = [one for one in on_the_register().order_by("pk") if section_for(one)]
    for number, (person, told) in enumerate(
        zip(people, read("instructor_requests")["request"], strict=False)
    ):
        _request(person, told, admin, at - (number + 1) * DAY)
    written = Notification.objects.filter(occasion__startswith="instructor-request:")
    mailed = written.exclude(recipient="")
    mailed.update(state=NotificationState.SENT, settled_at=F("due_at"))


def _request(person: Instructor, told: dict[str, Any], admin: User, at: datetime) -> None:
    made = request_instructor(
        instructor=person,
        wanted=Wanted(**{name: told[name] for name in FIELDS if name in told}),
        form_key=identifier("instructor request", told["name"]),
        user=None,
        language="ja",
        at=at,
    )
    # Links of last time's city still open it.
    InstructorRequest.objects.filter(pk=made.pk).update(
        public_id=identifier("instructor request link", told["name"])
    )
    made.refresh_from_db()
    if told["state"] == State.RECEIVED:
        return
    hour = timedelta(hours=2)
    address = f"koushi{made.instructor_id}@example.jp"
    made = forward_request(
        request=made, instructor=person, address=address, note="", by=admin, at=at + hour
    )
    if told["state"] == State.ACCEPTED:
        answer_request(request=made, agrees=True, words=told["reply"], at=at + 5 * hour)
