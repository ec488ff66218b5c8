"""A person is an account or, without one, a reading of the name with one contact."""

import hashlib
from uuid import UUID

from accounts.domain.contact import kana_key, phone_key, tidy_email
from enrollments.domain.requests import SeatRequest
from enrollments.enums import Channel
from enrollments.models import Application, Participant, PersonKey


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def person_keys(
    *,
    kana: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    account: int | None = None,
    member: UUID | None = None,
) -> frozenset[str]:
    """Digests that two applications of one person have in common.

    Every contact given makes a key, so that somebody who applied by telephone is
    recognised when applying again by mail with the same telephone number.
    """
    name = kana_key(kana)
    keys: set[str] = set()
    if account is not None:
        keys.add(_digest("account", str(account)))
    if member is not None:
        keys.add(_digest("member", str(member)))
    if email:
        keys.add(_digest("mail", name, tidy_email(email)))
    if phone:
        keys.add(_digest("phone", name, phone_key(phone)))
    if address and not (email or phone):
        keys.add(_digest("address", name, "".join(address.split())))
    return frozenset(keys)


def keys_of(application: Application) -> frozenset[str]:
    """The digests under which an application's person is known; of members whom a group
    sends, as they were when it applied."""
    if application.sends_members:
        known = PersonKey.objects.filter(application=application)
        return frozenset(known.values_list("key", flat=True))
    return person_keys(
        kana=application.full_name_kana,
        email=application.email,
        phone=application.phone,
        address=application.address,
        account=application.user_id or _account_named(application),
    )


def _account_named(application: Application) -> int | None:
    """Whom the section named, where it was known whose account that is."""
    if application.channel != Channel.NOMINATION:
        return None
    people = application.participants.filter(is_applicant=True, user__isnull=False)
    account = people.values_list("user", flat=True).first()
    key = _digest("account", str(account))
    known = PersonKey.objects.filter(application=application, key=key)
    return account if known.exists() else None


def keys_of_members(request: SeatRequest) -> frozenset[str]:
    """Everybody whom a group sends, each by themselves."""
    return frozenset().union(
        *(
            person_keys(
                kana=one.kana,
                email=one.email,
                phone=one.phone,
                account=one.account,
                member=one.member,
            )
            for one in request.people
        )
    )


def keys_of_participant(participant: Participant) -> frozenset[str]:
    """By which a member whom a group sent is known, as far as the place tells."""
    user = participant.user
    return person_keys(
        kana=participant.full_name_kana,
        email=user.email if user else "",
        account=user.pk if user else None,
        member=participant.member_key,
    )
