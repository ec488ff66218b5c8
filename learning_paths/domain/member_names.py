"""A member as somebody who is sent to a course, with an account or without one."""

from enrollments.domain.requests import PersonName
from learning_paths.domain.membership import name_among_members
from learning_paths.models import Membership


def name_of_member(member: Membership) -> str:
    """Shown to fellow members."""
    return name_among_members(member)


def is_named(member: Membership) -> bool:
    """Only who has a name can have a place kept in it."""
    return bool(member.full_name)


def person_of(member: Membership) -> PersonName:
    """Accounts are loaded, with what their residents told."""
    user = member.user
    if user is None:
        return PersonName(
            family=member.family_name,
            given=member.given_name,
            family_kana=member.family_name_kana,
            given_kana=member.given_name_kana,
            member=member.key,
            email=member.email,
            phone=member.phone,
        )
    profile = getattr(user, "resident_profile", None)
    return PersonName(
        family=user.last_name,
        given=user.first_name,
        family_kana=user.last_name_kana,
        given_kana=user.first_name_kana,
        birth_date=profile.birth_date if profile else None,
        account=user.pk,
        member=member.key,
        email=user.email,
    )
