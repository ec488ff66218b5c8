from enrollments.models.answer import Answer
from enrollments.models.application import Application, Participant
from enrollments.models.attendance import Attendance, Completion
from enrollments.models.calendar import CalendarToken
from enrollments.models.correction import Correction
from enrollments.models.draw import Draw, DrawEntry
from enrollments.models.notification import MessageTemplate, Notification
from enrollments.models.paper import ApplicationDraft, ParticipantChange, Refund
from enrollments.models.person import PersonClaim, PersonKey
from enrollments.models.screening import ScreeningNote
from enrollments.models.support import CaredChild, SupportRequest, SupportStep
from enrollments.models.transition import Transition
from enrollments.models.waiting import LineRecord, Offer
from enrollments.models.wish import HeldAgainWish, KnownRun

__all__ = [
    "Answer",
    "Application",
    "ApplicationDraft",
    "Attendance",
    "CalendarToken",
    "CaredChild",
    "Completion",
    "Correction",
    "Draw",
    "DrawEntry",
    "HeldAgainWish",
    "KnownRun",
    "LineRecord",
    "MessageTemplate",
    "Notification",
    "Offer",
    "Participant",
    "ParticipantChange",
    "PersonClaim",
    "PersonKey",
    "Refund",
    "ScreeningNote",
    "SupportRequest",
    "SupportStep",
    "Transition",
]
