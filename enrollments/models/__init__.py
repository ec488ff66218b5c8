from enrollments.models.application import Application, Participant, PersonClaim
from enrollments.models.attendance import Attendance, Completion
from enrollments.models.calendar import CalendarToken
from enrollments.models.notification import Notification
from enrollments.models.transition import Transition

__all__ = [
    "Application",
    "Attendance",
    "CalendarToken",
    "Completion",
    "Notification",
    "Participant",
    "PersonClaim",
    "Transition",
]
