"""Staff correct a name, a reading or a contact, with a trace of what stood there; the
person is then recognised by what is right, nobody comes twice through a correction, and a
corrected mail address makes the former one's links void (`new_link`)."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.domain.claims import hand_on_claims
from enrollments.domain.identity import keys_of
from enrollments.domain.new_link import (
    redirect_unsent,
    renew_links,
    tell_of_new_address,
)
from enrollments.domain.refusals import AlreadyApplied, Unreachable
from enrollments.enums import ContactBy
from enrollments.models import Application, Correction, PersonClaim, PersonKey
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class Contact:
    """Names and ways to reach somebody, as they should be; columns of an application."""

    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    address: str = ""


def correct_contact(
    *,
    application: Application,
    contact: Contact,
    link_id: UUID,
    by: User,
    at: datetime,
    tells: bool = True,
) -> Correction | None:
    """None where nothing was different. The applicant's own row among those who come is
    corrected with it. `link_id` is random, for the link that goes to a new address;
    without `tells` it hears nothing.

    Raises: NotAllowed, Unreachable, AlreadyApplied.
    """
    if not (contact.email or contact.phone or contact.address):
        raise Unreachable
    with transaction.atomic():
        run = lock_run(application.run_id)
        require_section(by, run.course.department)
        found = Application.objects.get(pk=application.pk)
        changed = [
            [one.name, getattr(found, one.name), getattr(contact, one.name)]
            for one in fields(contact)
            if getattr(found, one.name) != getattr(contact, one.name)
        ]
        if not changed:
            return None
        known_as, former = keys_of(found), found.email
        for name, _before, after in changed:
            setattr(found, name, after)
        found.contact_by = _contact_by(found)
        found.save(update_fields=[*(name for name, *_rest in changed), "contact_by"])
        _correct_own_row(found)
        _recognise_anew(found, known_as)
        made = Correction.objects.create(application=found, fields=changed, at=at, by=by)
        if found.email != former:
            renew_links(found, link_id=link_id, former_email=former)
            redirect_unsent(found)
            if tells:
                tell_of_new_address(
                    found, former_email=former, occasion=f"address:{made.pk}", at=at
                )
        return made


def _contact_by(application: Application) -> ContactBy:
    """As it was wished, while that way still exists."""
    ways = {
        ContactBy.MAIL: application.email,
        ContactBy.PHONE: application.phone,
        ContactBy.POST: application.address,
    }
    wished = ContactBy(application.contact_by)
    return wished if ways[wished] else next(way for way, there in ways.items() if there)


def _correct_own_row(application: Application) -> None:
    names = ("family_name", "given_name", "family_name_kana", "given_name_kana")
    application.participants.filter(is_applicant=True).update(
        **{name: getattr(application, name) for name in names}
    )


def _recognise_anew(application: Application, known_as: frozenset[str]) -> None:
    """Claims and keys follow the person. Raises AlreadyApplied where the correction makes
    them somebody who is in the run already; a chance namesake stays one."""
    keys = keys_of(application)
    PersonKey.objects.filter(application=application).exclude(key__in=keys).delete()
    PersonKey.objects.bulk_create(
        (PersonKey(application=application, key=key) for key in sorted(keys)),
        ignore_conflicts=True,
    )
    if application.state not in LIVE:
        return
    claims = PersonClaim.objects.filter(run=application.run_id)
    others = claims.filter(key__in=keys - known_as).exclude(application=application)
    held = set(claims.filter(application=application).values_list("key", flat=True))
    for other in others.select_related("application"):
        raise AlreadyApplied(other.application)
    claims.filter(application=application).exclude(key__in=keys).delete()
    hand_on_claims(held - keys, run_pk=application.run_id)
    PersonClaim.objects.bulk_create(
        PersonClaim(run_id=application.run_id, application=application, key=key)
        for key in sorted((keys - known_as) - held)
    )
