"""An officer of the run's section, signed in to the back office."""

from accounts.models import Department, User
from cms.permissions import set_up_roles
from tests.factories import StaffProfileFactory


def officer_of(department: Department) -> User:
    officers, _administrators = set_up_roles()
    user: User = StaffProfileFactory(department=department).user
    user.groups.add(officers)
    return user
