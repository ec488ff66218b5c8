"""What is known of somebody who applies: told on the form, or kept with the account."""

from collections.abc import Iterable

from accounts.models import StaffProfile, User
from courses.enums import RequirementKind as Kind
from enrollments.domain.completed import completed_by, completed_courses
from enrollments.domain.eligibility import Condition, PersonFacts
from enrollments.domain.identity import person_keys
from enrollments.domain.known_groups import every_group, groups_of
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel
from enrollments.models import Completion


def facts_of_visitor(user: User | None, conditions: Iterable[Condition]) -> PersonFacts:
    """Before anything is typed. Only what the conditions need is looked up; of somebody
    who has not signed in, nothing is known."""
    if user is None:
        return PersonFacts()
    needed = {condition.kind for condition in conditions}
    profile = getattr(user, "resident_profile", None)
    groups = groups_of(user) if Kind.GROUP in needed else ()
    completed = completed_courses([user]) if Kind.COMPLETED in needed else ()
    return PersonFacts(
        residency=(profile.residency or None) if profile else None,
        birth_date=profile.birth_date if profile else None,
        groups=frozenset(group.code for group in groups),
        is_staff=is_staff(user) if Kind.STAFF in needed else None,
        completed=frozenset(course for _user, course in completed),
    )


def is_staff(user: User) -> bool:
    return StaffProfile.objects.filter(user=user, user__is_active=True).exists()


def facts_of_request(
    request: SeatRequest, by: User | None, conditions: Iterable[Condition]
) -> PersonFacts:
    """When it is sent: nothing is open any more, except what a clerk was not told."""
    needed = {condition.kind for condition in conditions}
    on_paper = request.channel != Channel.WEB
    own = None if on_paper else by
    first = request.people[0] if request.people else request.applicant
    return PersonFacts(
        residency=request.residency or None,
        birth_date=first.birth_date,
        school_year=first.school_year,
        groups=_groups(request, own, on_paper) if Kind.GROUP in needed else None,
        is_staff=_is_staff(request, own, on_paper) if Kind.STAFF in needed else None,
        completed=_completed(request, own) if Kind.COMPLETED in needed else None,
        stated=request.stated,
    )


def facts_of_companion(person: PersonName) -> PersonFacts:
    return PersonFacts(birth_date=person.birth_date, school_year=person.school_year)


def _groups(
    request: SeatRequest, own: User | None, on_paper: bool
) -> frozenset[str] | None:
    """The registered groups; where one is named, that one only. A clerk names the group
    that sent it in."""
    if own is None and not on_paper:
        return None
    known = every_group() if on_paper else groups_of(own) if own else ()
    codes = frozenset(group.code for group in known)
    if request.group_code or on_paper:
        return codes & {request.group_code}
    return codes


def _is_staff(request: SeatRequest, own: User | None, on_paper: bool) -> bool | None:
    """A clerk who names the section vouches for the person."""
    if on_paper:
        return request.department is not None
    return None if own is None else is_staff(own)


def _completed(request: SeatRequest, own: User | None) -> frozenset[int]:
    """With the account, or under the same name and contact as an application then; where
    a group sends members, those courses that every one of them has completed."""
    if request.sends_members:
        return _completed_by_all(request.people)
    keys = person_keys(
        kana=request.applicant.kana,
        email=request.email,
        phone=request.phone,
        address=request.address,
    )
    found = Completion.objects.filter(
        participant__is_applicant=True, participant__application__person_keys__key__in=keys
    )
    courses = set(found.values_list("participant__application__run__course", flat=True))
    if own is not None:
        courses |= {course for _user, course in completed_courses([own])}
    return frozenset(courses)


def _completed_by_all(people: Iterable[PersonName]) -> frozenset[int]:
    sent = list(people)
    users = User.objects.filter(pk__in=[one.account for one in sent if one.account])
    members = [one.member for one in sent if one.member]
    done = completed_by(users, members)
    of_each = (
        frozenset(
            one.course
            for one in done
            if (one.user is not None and one.user == person.account)
            or (one.member is not None and one.member == person.member)
        )
        for person in sent
    )
    return frozenset.intersection(*of_each)
