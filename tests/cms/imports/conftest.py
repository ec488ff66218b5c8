import pytest

from cms.permissions import set_up_roles
from tests.factories import DepartmentFactory, StaffProfileFactory


@pytest.fixture
def section(site):
    return DepartmentFactory(code="bosai", name="防災課")


@pytest.fixture
def officer(client, section):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=section).user
    user.groups.add(officers)
    client.force_login(user)
    return user
