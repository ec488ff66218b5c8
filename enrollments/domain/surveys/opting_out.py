"""Whoever says so gets no more mail about surveys, of this course or another: the choice
counts for the address."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from enrollments.models import Application, Participant

SURVEYS = SignedLinks("enrollments.surveys")


def survey_stop_path(application: Application) -> str:
    """Opens nothing else: mail programs follow it by themselves."""
    token = SURVEYS.sign(application.public_id)
    with translation.override(application.language):
        return reverse("survey_stop", args=[token])


def application_of_stop(token: str) -> Application | None:
    """None for anything forged."""
    public_id = SURVEYS.public_id(token)
    if public_id is None:
        return None
    found = Application.objects.filter(public_id=public_id)
    return found.select_related("run__course").first()


def choose_surveys(*, application: Application, wanted: bool) -> None:
    same = Application.objects.filter(email=application.email)
    same.update(wants_surveys=wanted)
    application.wants_surveys = wanted


def wants_surveys(people: Iterable[Participant]) -> list[Participant]:
    """Without those whose address was opted out, with whichever application."""
    asked = list(people)
    addresses = {person.application.email for person in asked}
    stopped = set(
        Application.objects.filter(email__in=addresses, wants_surveys=False)
        .order_by()
        .values_list("email", flat=True)
    )
    return [person for person in asked if person.application.email not in stopped]
