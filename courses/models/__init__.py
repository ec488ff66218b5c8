from courses.models.course import Course, CoursePartner
from courses.models.people import Instructor, Partner
from courses.models.run import CourseRun, SeatPool
from courses.models.series import Series, SeriesUnit
from courses.models.session import Session
from courses.models.taxonomy import Competency, Stage, Theme
from courses.models.venue import Room, Venue

__all__ = [
    "Competency",
    "Course",
    "CoursePartner",
    "CourseRun",
    "Instructor",
    "Partner",
    "Room",
    "SeatPool",
    "Series",
    "SeriesUnit",
    "Session",
    "Stage",
    "Theme",
    "Venue",
]
