"""The ways in which calendars take a subscription, and the picture for a phone."""

import io
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import segno
from django.conf import settings
from django.urls import reverse

REMEMBERED = 256  # a picture takes 6 ms to draw and 3 kB to keep


@dataclass(frozen=True)
class FeedLinks:
    """`https` is the calendar's own address; `guide` the page that explains it step by
    step, none for a secret calendar; `photographed` is what a phone opens by camera."""

    name: str
    https: str
    webcal: str
    google: str
    outlook: str
    office: str
    guide: str
    photographed: str


def feed_links(https_url: str, *, name: str = "", guide: str | None = None) -> FeedLinks:
    """`name` is what the calendar is called, empty for that of everything; `guide` the
    query with which the page of subscriptions shows it, None where no page may know."""
    webcal = "webcal://" + https_url.split("://", 1)[1]
    added = f"url={quote(https_url, safe='')}&name={quote(name or settings.SITE_NAME)}"
    page = "" if guide is None else guide_address(guide)
    return FeedLinks(
        name=name,
        https=https_url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{added}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{added}",
        guide=page,
        photographed=f"{settings.PUBLIC_URL}{page}" if page else webcal,
    )


def guide_address(query: str) -> str:
    page = reverse("calendar_subscriptions")
    return f"{page}?{query}" if query else page


@lru_cache(maxsize=REMEMBERED)
def qr_drawing(address: str, title: str) -> str:
    """An SVG that takes its size from the page, with the border that cameras need."""
    drawn = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=4,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title=title,
    )
    return drawn.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)
