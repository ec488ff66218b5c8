"""Where the site is on https only: public calendars answer on http as well."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project

pytestmark = pytest.mark.django_db
PATTERN = re.compile(r'PUBLIC_CALENDARS = r"(.+)"')


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    source = (Path(project.BASE_DIR) / "cms/settings/production.py").read_text()
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [PATTERN.search(source)[1]]


@pytest.mark.parametrize("path", ["/calendar.ics", "/calendar.ics?stage=growth"])
def test_public_calendar_is_answered_without_a_redirect(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/secret.ics",
        "/applications/secret/calendar.ics",
        "/en/applications/secret/calendar.ics",
        "/courses/",
    ],
)
def test_what_is_secret_or_a_page_is_sent_on_to_https(client, path):
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"].startswith("https://")
