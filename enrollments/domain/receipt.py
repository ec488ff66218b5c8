"""A receipt number is the moment of receipt and a tie-break, so it is unique and in
order of receipt by construction, whichever channel the application came through."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from courses.domain.fiscal_year import TOKYO
from enrollments.domain.batches import BATCH, batches
from enrollments.models import Application

TIE = "SELECT COALESCE(MAX(tie), 0) FROM enrollments_application WHERE received_at = %s"
NUMBER = re.compile(r"^(\d{6})-?(\d{6})-?(\d{3,5})$")
SAME_SECOND_TRIES = 200


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


def insert_with_free_ties(applications: Sequence[Application]) -> None:
    """Each gets the next free tie-break of its second, in their order. Runs do not lock
    each other, so somebody else may have taken it meanwhile.

    Raises: IntegrityError for any other reason.
    """
    for attempt in range(SAME_SECOND_TRIES):
        for application in applications:
            application.pk = None
        _give_ties(applications)
        try:
            with transaction.atomic():
                Application.objects.bulk_create(applications, batch_size=BATCH)
        except IntegrityError:
            if attempt + 1 == SAME_SECOND_TRIES or not _some_are_taken(applications):
                raise
        else:
            return


def _give_ties(applications: Sequence[Application]) -> None:
    if len(applications) == 1:
        applications[0].tie = next_tie(applications[0].received_at)
        return
    last: Counter[datetime] = Counter()
    seconds = sorted({application.received_at for application in applications})
    for some in batches(seconds):
        of_second = Application.objects.filter(received_at__in=some).order_by()
        found = of_second.values_list("received_at").annotate(Max("tie"))
        last.update(dict(found))
    for application in applications:
        last[application.received_at] += 1
        application.tie = last[application.received_at]


def _some_are_taken(applications: Sequence[Application]) -> bool:
    wanted = {(one.received_at, one.tie) for one in applications}
    for some in batches(sorted({moment for moment, _tie in wanted})):
        known = Application.objects.filter(received_at__in=some).order_by()
        if wanted & set(known.values_list("received_at", "tie")):
            return True
    return False
