"""Completions as they are after a course: with an account, or from an address."""

from datetime import date, timedelta

from accounts.models import User
from courses.models import Course
from enrollments.models import Application, Completion, Participant, Transition
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory

THAT_DAY = NOON.date()


def complete(
    course: Course,
    *,
    user: User | None = None,
    email: str = "",
    family_kana: str = "ヤマダ",
    given_kana: str = "ハナコ",
    as_applicant: bool = True,
    sessions: int = 0,
    on: date = THAT_DAY,
) -> Completion:
    pool = SeatPoolFactory(run=CourseRunFactory(course=course))
    names = {
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": family_kana,
        "given_name_kana": given_kana,
    }
    application = Application.objects.create(
        run=pool.run,
        pool=pool,
        user=user,
        email=email or (user.email if user else "somebody@example.jp"),
        received_at=NOON - timedelta(days=60),
        tie=Application.objects.count() + 1,
        **names,
    )
    Transition.objects.create(
        application=application, from_state="received", to_state="accepted", at=NOON
    )
    Application.objects.filter(pk=application.pk).update(state="accepted")
    participant = Participant.objects.create(
        application=application, is_applicant=as_applicant, **names
    )
    return Completion.objects.create(
        participant=participant,
        completed_on=on,
        sessions_attended=sessions,
        recorded_at=NOON,
    )
