"""Before staff save an application they are shown who in the run looks like the same
person: a warning, as families share a telephone and towns have namesakes."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.domain.contact import kana_key, phone_key
from enrollments.domain.requests import SeatRequest
from enrollments.enums import Likeness
from enrollments.models import Application
from enrollments.models.querysets import LIVE

MOST_SHOWN = 5


@dataclass(frozen=True)
class LookAlike:
    application: Application
    likeness: Likeness


def look_alikes(*, run_pk: int, request: SeatRequest) -> list[LookAlike]:
    """Living applications of the run, the most alike first. By the index of the run's
    applications; a name or a number narrows them in the database."""
    person = request.applicant
    same_name = Q(family_name_kana=person.family_kana, given_name_kana=person.given_kana)
    same_phone = Q(phone__in=_ways_to_write(request.phone)) if request.phone else Q(pk=None)
    found = (
        Application.objects.filter(same_name | same_phone, run=run_pk, state__in=LIVE)
        .exclude(submission_key=request.submission_key)
        .order_by("received_at", "tie")[: MOST_SHOWN * 4]
    )
    alike = [LookAlike(one, _likeness(one, request)) for one in found]
    alike += _in_a_party(run_pk, request, {one.application.pk for one in alike})
    order = list(Likeness)
    return sorted(alike, key=lambda one: order.index(one.likeness))[:MOST_SHOWN]


def _in_a_party(run_pk: int, request: SeatRequest, known: set[int]) -> list[LookAlike]:
    """Somebody of these comes already with another application, or as its companion."""
    names = Q(pk=None)
    for person in request.people:
        names |= Q(
            participants__family_name_kana=person.family_kana,
            participants__given_name_kana=person.given_kana,
        )
    found = (
        Application.objects.filter(names, run=run_pk, state__in=LIVE)
        .exclude(pk__in=known)
        .exclude(submission_key=request.submission_key)
        .order_by("received_at", "tie")
        .distinct()[:MOST_SHOWN]
    )
    return [LookAlike(one, Likeness.COMPANION) for one in found]


def _likeness(application: Application, request: SeatRequest) -> Likeness:
    names = kana_key(application.full_name_kana), kana_key(request.applicant.kana)
    if names[0] != names[1]:
        return Likeness.PHONE
    if request.phone and phone_key(application.phone) == phone_key(request.phone):
        return Likeness.NAME_AND_PHONE
    if request.address and _plain(application.address) == _plain(request.address):
        return Likeness.NAME_AND_ADDRESS
    return Likeness.NAME


def _plain(address: str) -> str:
    return "".join(address.split())


def _ways_to_write(phone: str) -> list[str]:
    """As typed, and without and with hyphens where a number usually has them."""
    digits = phone_key(phone)
    cuts = ((2, 6), (3, 6), (3, 7), (4, 6), (5, 6)) if digits else ()
    parts = (f"{digits[:a]}-{digits[a:b]}-{digits[b:]}" for a, b in cuts)
    return [phone, digits, *parts]
