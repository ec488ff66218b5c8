from courses.models import among  # noqa: F401 (a lookup)
from courses.models.change import ChangeRecord
from courses.models.closing_day import ClosingDay
from courses.models.course import Course, CoursePartner, FormerSlug
from courses.models.people import Instructor, Partner
from courses.models.pool import SeatPool
from courses.models.question import RunQuestion
from courses.models.requirement import Requirement
from courses.models.room import Room
from courses.models.run import CourseRun
from courses.models.series import Series, SeriesUnit
from courses.models.session import Session, SessionInstructor
from courses.models.support_offer import SupportOffer
from courses.models.swap import SwapRule
from courses.models.taxonomy import Audience, Competency, Stage, Theme
from courses.models.template import CourseTemplate
from courses.models.venue import Venue, VenueFeature
from courses.models.way_in import WayIn

__all__ = [
    "Audience",
    "ChangeRecord",
    "ClosingDay",
    "Competency",
    "Course",
    "CoursePartner",
    "CourseRun",
    "CourseTemplate",
    "FormerSlug",
    "Instructor",
    "Partner",
    "Requirement",
    "Room",
    "RunQuestion",
    "SeatPool",
    "Series",
    "SeriesUnit",
    "Session",
    "SessionInstructor",
    "Stage",
    "SupportOffer",
    "SwapRule",
    "Theme",
    "Venue",
    "VenueFeature",
    "WayIn",
]
