"""What has been noted of an application, in one look. Of most nothing has, and who opens
their receipt does not wait until each kind has been asked for."""

from typing import NamedTuple

from django.db import connection

from enrollments.models import Application

LOOK = """
SELECT EXISTS(SELECT 1 FROM enrollments_drawentry WHERE application_id = %(pk)s),
       EXISTS(SELECT 1 FROM enrollments_supportrequest WHERE application_id = %(pk)s),
       EXISTS(SELECT 1 FROM enrollments_attendance t
                JOIN enrollments_participant p ON p.id = t.participant_id
               WHERE p.application_id = %(pk)s)
"""


class Noted(NamedTuple):
    """Whether there are lines in draws, wishes for support, marks of attendance."""

    draws: bool
    support: bool
    marks: bool


def noted_of(application: Application) -> Noted:
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"pk": application.pk})
        return Noted(*map(bool, cursor.fetchone()))
