"""A new answer sheet is written together with others, in random order, so that neither
the order of rows nor what the database notes of each row says which one came when.

PostgreSQL keeps with each row the transaction that wrote it, and SQLite a running
number: the sheet would share the first with the ticket that was just used. Written anew
with each answer, all sheets share it (of more than `AT_ONCE`, as many drawn by lot).
"""

from random import Random

from enrollments.models import AnswerSheet

AT_ONCE = 200


def put_among(sheet: AnswerSheet, *, chance: Random) -> None:
    """Under the survey's lock."""
    sheets = AnswerSheet.objects.filter(survey=sheet.survey_id)
    keys = sorted(sheets.order_by().values_list("pk", flat=True))
    drawn = chance.sample(keys, min(len(keys), AT_ONCE))
    rows = [*AnswerSheet.objects.filter(pk__in=drawn), sheet]
    AnswerSheet.objects.filter(pk__in=drawn).delete()
    chance.shuffle(rows)
    AnswerSheet.objects.bulk_create(rows)
