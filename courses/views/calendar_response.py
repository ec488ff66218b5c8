"""How a calendar is handed out: cacheable, conditional, the same for every client."""

import hashlib
from datetime import datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

PUBLIC = "public, max-age=600, must-revalidate"
PRIVATE = "private, no-cache"
TYPE = "text/calendar; charset=utf-8"


def calendar_response(
    request: HttpRequest,
    body: bytes,
    *,
    changed_at: datetime,
    filename: str,
    is_private: bool = False,
) -> HttpResponse:
    """200 with the bytes, or 304 where the client has them already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    seconds = int(changed_at.timestamp())
    full = HttpResponse(body, content_type=TYPE)
    full["ETag"] = etag
    full["Last-Modified"] = http_date(seconds)
    response = get_conditional_response(
        request, etag=etag, last_modified=seconds, response=full
    )
    assert response is not None
    response["Cache-Control"] = PRIVATE if is_private else PUBLIC
    response["X-Content-Type-Options"] = "nosniff"
    if is_private:
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
    else:
        response["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 200:
        response["Content-Disposition"] = (
            f"inline; filename=\"calendar.ics\"; filename*=UTF-8''{quote(filename)}.ics"
        )
    return response


def no_such_calendar() -> HttpResponse:
    """The same answer whether a calendar never was or is no more."""
    response = HttpResponse("カレンダーが見つかりません。\n", status=404)
    response["Content-Type"] = "text/plain; charset=utf-8"
    response["Cache-Control"] = "no-store"
    return response
