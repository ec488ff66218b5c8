"""The ways in which calendars take a subscription, and the picture for a phone."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from courses.views.webcal import webcal

# Beyond it the squares are too small for a phone; beyond 2,331 there is no such picture.
LONGEST_PICTURED = 800


@dataclass(frozen=True)
class FeedLinks:
    """`https` is the calendar's own address; `guide` the page that explains it step by
    step, none for a secret calendar; `photographed` is what a phone opens by camera,
    empty where that is too long for a picture, and `picture` where its QR code is drawn
    when somebody looks: most never do."""

    name: str
    https: str
    webcal: str
    google: str
    outlook: str
    office: str
    guide: str
    photographed: str
    picture: str


def feed_links(
    https_url: str, *, name: str = "", guide: str | None = None, picture: str = ""
) -> FeedLinks:
    """`name` is what the calendar is called, empty for that of everything; `guide` the
    query with which the page of subscriptions shows it, None where no page may know;
    `picture` the address of a secret calendar's QR code, if it has one."""
    subscribed = webcal(https_url)
    added = f"url={quote(https_url, safe='')}&name={quote(name or settings.SITE_NAME)}"
    page = "" if guide is None else guide_address(guide)
    photographed = f"{settings.PUBLIC_URL}{page}" if page else subscribed
    return FeedLinks(
        name=name,
        https=https_url,
        webcal=subscribed,
        google=f"https://calendar.google.com/calendar/r?cid={quote(subscribed, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{added}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{added}",
        guide=page,
        photographed=photographed if len(photographed) <= LONGEST_PICTURED else "",
        picture=picture if guide is None else _picture(guide),
    )


def _picture(query: str) -> str:
    """In the reader's language, as the page is to which the code leads."""
    address = reverse("calendar_qr")
    return f"{address}?{query}" if query else address


def guide_address(query: str) -> str:
    page = reverse("calendar_subscriptions")
    return f"{page}?{query}" if query else page
