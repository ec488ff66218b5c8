"""Programs are told apart by kind, whatever else they say of themselves."""

import pytest

from enrollments.domain.calendar_clients import kind_of_client
from enrollments.enums import CalendarClient as Client


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Google-Calendar-Importer", Client.GOOGLE),
        ("iOS/17.5.1 (21F90) dataaccessd/1.0", Client.APPLE),
        ("macOS/14.4 (23E214) CalendarAgent/1042", Client.APPLE),
        ("Microsoft.Exchange.WebCalendar/15.20", Client.OUTLOOK),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)", Client.OUTLOOK),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3",
            Client.THUNDERBIRD,
        ),
        ("Nextcloud Webcal Service", Client.NEXTCLOUD),
        ("HomeAssistant/2026.11.1 httpx/0.28 Python/3.13", Client.HOME_ASSISTANT),
        ("ICSx5/2.2.4 (ical4j; okhttp) Android/14", Client.ANDROID),
        ("DAVx5/4.4.5-ose (2024/12/01; dav4jvm; okhttp/4.12)", Client.ANDROID),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0", Client.OTHER),
        ("", Client.OTHER),
        ("\u3042" * 5000, Client.OTHER),
    ],
)
def test_client_is_known_by_what_it_calls_itself(said, kind):
    assert kind_of_client(said) == kind
