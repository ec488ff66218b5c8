"""Finding an application in a run's list: by state, name, reading, number or phone."""

from django.db.models import Q, Value
from django.db.models.functions import Concat, Replace

from accounts.domain.contact import kana_key, phone_key, tidy_text
from enrollments.domain.receipt import parse_receipt_number
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet

SHORTEST_NUMBER = 4


def find_applications(
    *, run_pk: int, state: str = "", words: str = ""
) -> ApplicationQuerySet:
    """In order of receipt."""
    found = Application.objects.filter(run=run_pk).order_by("received_at", "tie")
    if state:
        found = found.filter(state=state)
    text = tidy_text(words)
    if not text:
        return found
    number = parse_receipt_number(text)
    if number is not None:
        return found.filter(received_at=number[0], tie=number[1])
    return found.annotate(
        whole_name=Concat("family_name", "given_name"),
        whole_kana=Concat("family_name_kana", "given_name_kana"),
        phone_digits=Replace("phone", Value("-")),
    ).filter(_matches(text))


def _matches(text: str) -> Q:
    rule = Q(whole_name__contains=text.replace(" ", ""))
    rule |= Q(whole_kana__contains=kana_key(text))
    digits = phone_key(text)
    if len(digits) >= SHORTEST_NUMBER:
        rule |= Q(phone_digits__contains=digits)
    if "@" in text:
        rule |= Q(email__icontains=text)
    return rule
