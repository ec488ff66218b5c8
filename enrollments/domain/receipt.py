"""A receipt number is the moment of receipt and a tie-break, so it is unique and in
order of receipt by construction, whichever channel the application came through."""

import re
from datetime import datetime

from django.db import connection

from courses.domain.fiscal_year import TOKYO

TIE = "SELECT COALESCE(MAX(tie), 0) FROM enrollments_application WHERE received_at = %s"
NUMBER = re.compile(r"^(\d{6})-?(\d{6})-?(\d{3,5})$")


def moment_of_receipt(at: datetime) -> datetime:
    """Receipt is counted in whole seconds."""
    return at.replace(microsecond=0)


def next_tie(received_at: datetime) -> int:
    """The first free tie-break of that second; the unique constraint settles races."""
    with connection.cursor() as cursor:
        cursor.execute(TIE, [connection.ops.adapt_datetimefield_value(received_at)])
        return int(cursor.fetchone()[0]) + 1


def parse_receipt_number(text: str) -> tuple[datetime, int] | None:
    """`261121-091530-001` → (moment of receipt, tie); none if it is not a number."""
    match = NUMBER.match(text.strip())
    if not match:
        return None
    try:
        moment = datetime.strptime(match[1] + match[2], "%y%m%d%H%M%S")
    except ValueError:
        return None
    return moment.replace(tzinfo=TOKYO), int(match[3])
