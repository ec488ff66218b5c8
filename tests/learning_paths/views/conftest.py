"""Pages are asked for at the tests' noon."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories import NOON


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_user(client):
    """Signs a person in; none is the anonymous visitor."""

    def signed_in(user):
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
