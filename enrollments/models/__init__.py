from enrollments.models.application import Application, Participant, PersonClaim
from enrollments.models.attendance import Attendance, Completion
from enrollments.models.calendar import CalendarToken
from enrollments.models.notification import Notification
from enrollments.models.transition import Transition
from enrollments.models.wish import HeldAgainWish

__all__ = [
    "Application",
    "Attendance",
    "CalendarToken",
    "Completion",
    "HeldAgainWish",
    "Notification",
    "Participant",
    "PersonClaim",
    "Transition",
]
