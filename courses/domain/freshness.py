"""Whether anything that public calendars show has changed, asked without reading it.

Every act of the domain that shows raises a revision, adds a row or changes a state, so
a few numbers over three tables tell. What has no revision of its own (the name of a
venue, say) does not move them: whoever relies on them also needs a limit of time.
"""

from collections.abc import Hashable
from datetime import datetime, timedelta

from django.db import connection

from courses.enums import RunState

A_YEAR = timedelta(days=366)
# By hand, because Django takes ten times as long to write it as the database to
# answer, and it is asked at every fetch of a calendar.
QUESTION = """
SELECT s.*, r.*, c.* FROM
  (SELECT COUNT(*) AS s1, SUM(sequence) AS s2, MAX(revised_at) AS s3, MAX(uid) AS s4
     FROM courses_session WHERE starts_at > %s) AS s,
  (SELECT COUNT(*) AS r1, COUNT(CASE WHEN state = %s THEN 1 END) AS r2,
          COUNT(CASE WHEN state = %s THEN 1 END) AS r3,
          COUNT(CASE WHEN state = %s THEN 1 END) AS r4
     FROM courses_courserun) AS r,
  (SELECT COUNT(published_at) AS c1, MAX(published_at) AS c2,
          COUNT(withdrawn_at) AS c3, MAX(withdrawn_at) AS c4 FROM courses_course) AS c
"""
STATES = (RunState.PLANNED, RunState.ANNOUNCED, RunState.CANCELLED)


def calendar_stamp(*, at: datetime) -> Hashable:
    """Equal while nothing has changed; one query over the sessions of a year back.

    The greatest UID, being random, also tells a row or a whole database from another
    that was put in its place.
    """
    since = connection.ops.adapt_datetimefield_value(at - A_YEAR)
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [since, *(str(state) for state in STATES)])
        row: tuple[Hashable, ...] = tuple(cursor.fetchone())
    return row
