"""A calendar program is known by kind alone; what it calls itself is kept nowhere."""

from enrollments.enums import CalendarClient as Client

# In this order: some name another program as well as themselves.
SIGNS = (
    (Client.GOOGLE, ("google-calendar", "googlebot", "google calendar")),
    (Client.ANDROID, ("icsx5", "davx5", "davx⁵", "davdroid")),
    (Client.THUNDERBIRD, ("thunderbird", "lightning/", "betterbird")),
    (Client.HOME_ASSISTANT, ("homeassistant", "home assistant", "home-assistant")),
    (Client.NEXTCLOUD, ("nextcloud", "owncloud")),
    (Client.OUTLOOK, ("outlook", "microsoft.exchange", "microsoft office", "exchange/")),
    (
        Client.APPLE,
        (
            "dataaccessd",
            "calendaragent",
            "calendar/",
            "remindd",
            "cfnetwork",
            "ios/",
            "macos/",
        ),
    ),
)


def kind_of_client(user_agent: str) -> Client:
    """From the header User-Agent, which anybody may invent: for showing, never for
    deciding."""
    said = user_agent.lower()
    kinds = (kind for kind, signs in SIGNS if any(sign in said for sign in signs))
    return next(kinds, Client.OTHER)
