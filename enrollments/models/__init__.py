from enrollments.models.application import Application, Participant, PersonClaim
from enrollments.models.attendance import Attendance, Completion
from enrollments.models.calendar import CalendarToken
from enrollments.models.notification import Notification
from enrollments.models.transition import Transition
from enrollments.models.wish import HeldAgainWish, KnownRun

__all__ = [
    "Application",
    "Attendance",
    "CalendarToken",
    "Completion",
    "HeldAgainWish",
    "KnownRun",
    "Notification",
    "Participant",
    "PersonClaim",
    "Transition",
]
