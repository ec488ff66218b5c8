"""A course belongs to one section (課); only that section's staff may change it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.domain.refusal import NotAllowed
from accounts.enums import StaffRole
from accounts.models import Department, StaffProfile, User

Visitor = User | AnonymousUser


def section_of(user: Visitor) -> Department | None:
    """The section that the person works in; none for residents."""
    if not user.is_authenticated or not user.is_active:
        return None
    profile = (
        StaffProfile.objects.filter(user_id=user.pk).select_related("department").first()
    )
    return profile.department if profile else None


def works_here(user: Visitor) -> bool:
    """Whether the person works in any section. Administrators count as staff."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or section_of(user) is not None


def require_staff(user: Visitor) -> None:
    """Raises NotAllowed for residents."""
    if not works_here(user):
        raise NotAllowed


def works_for(user: Visitor, department: Department) -> bool:
    """Whether the person may change what the section owns. Administrators may."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    section = section_of(user)
    return section is not None and section.pk == department.pk


def heads_section(user: Visitor, department: Department) -> bool:
    """Whether the person answers for what the section publishes. Administrators do."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return heads_of(department).filter(pk=user.pk).exists()


def heads_any_section(user: Visitor) -> bool:
    """For what is the whole city's, not one section's. Administrators do."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    heads = StaffProfile.objects.filter(role=StaffRole.HEAD)
    return heads.filter(user_id=user.pk).exists()


def heads_of(department: Department) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True,
        staff_profile__department=department,
        staff_profile__role=StaffRole.HEAD,
    )


def require_section(user: Visitor, department: Department) -> None:
    """Raises NotAllowed for anybody who does not work for the section."""
    if not works_for(user, department):
        raise NotAllowed
