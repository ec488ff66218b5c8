from enrollments.models.advance_question import (
    AdvanceQuestion,
    QuestionCall,
    QuestionMove,
)
from enrollments.models.answer import Answer
from enrollments.models.application import Application, Participant
from enrollments.models.attendance import Attendance
from enrollments.models.attendance_mark import AttendanceMark
from enrollments.models.bundle import Bundle
from enrollments.models.calendar import CalendarToken, CalendarTokenStep
from enrollments.models.certificate import Certificate, CertificateRegister
from enrollments.models.completion import Completion, CompletionTrace
from enrollments.models.correction import Correction
from enrollments.models.door import DoorKey, HeadCount
from enrollments.models.draw import Draw, DrawEntry
from enrollments.models.follow_up import FollowUp
from enrollments.models.interests import Interests
from enrollments.models.line_record import LineRecord
from enrollments.models.message_template import MessageTemplate
from enrollments.models.milestone import Milestone
from enrollments.models.nomination import Nomination
from enrollments.models.notification import Notification
from enrollments.models.paper import ApplicationDraft, ParticipantChange, Refund
from enrollments.models.person import NamesakeRuling, PersonClaim, PersonKey
from enrollments.models.report import RunReport
from enrollments.models.screening import ScreeningNote
from enrollments.models.shared_findings import (
    FindingsApproval,
    FindingsTrace,
    FindingsVersion,
    NextStep,
    SharedFindings,
)
from enrollments.models.support import CaredChild, SupportRequest, SupportStep
from enrollments.models.survey import (
    AnswerSheet,
    Survey,
    SurveyTemplate,
    SurveyTicket,
)
from enrollments.models.tables import SeatingTable, TableMove, TablePlan, TableSeat
from enrollments.models.transition import Transition
from enrollments.models.waiting import Offer
from enrollments.models.wish import HeldAgainWish, KnownRun

__all__ = [
    "AdvanceQuestion",
    "Answer",
    "AnswerSheet",
    "Application",
    "ApplicationDraft",
    "Attendance",
    "AttendanceMark",
    "Bundle",
    "CalendarToken",
    "CalendarTokenStep",
    "CaredChild",
    "Certificate",
    "CertificateRegister",
    "Completion",
    "CompletionTrace",
    "Correction",
    "DoorKey",
    "Draw",
    "DrawEntry",
    "FindingsApproval",
    "FindingsTrace",
    "FindingsVersion",
    "FollowUp",
    "HeadCount",
    "HeldAgainWish",
    "Interests",
    "KnownRun",
    "LineRecord",
    "MessageTemplate",
    "Milestone",
    "NamesakeRuling",
    "NextStep",
    "Nomination",
    "Notification",
    "Offer",
    "Participant",
    "ParticipantChange",
    "PersonClaim",
    "PersonKey",
    "QuestionCall",
    "QuestionMove",
    "Refund",
    "RunReport",
    "ScreeningNote",
    "SeatingTable",
    "SharedFindings",
    "SupportRequest",
    "SupportStep",
    "Survey",
    "SurveyTemplate",
    "SurveyTicket",
    "TableMove",
    "TablePlan",
    "TableSeat",
    "Transition",
]
