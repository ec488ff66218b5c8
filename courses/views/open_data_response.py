"""How a data set is handed out: written once to a scratch file that outgrows memory
gracefully, known by what is in it, and readable from any other site."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from courses.views.calendar_response import PUBLIC, OnlyEncodingVaries
from courses.views.last_change import last_change

IN_MEMORY = 2 * 1024 * 1024


def open_data_response(
    request: HttpRequest, pieces: Iterable[bytes], *, name: str, kind: str, at: datetime
) -> HttpResponseBase:
    """200 with the file called `name`, or 304 where the client has it already."""
    scratch, digest = _written(pieces)
    etag = f'W/"{digest}"'  # weak: packed or not, it is the same list
    changed_at = int(last_change(request.path, digest, None, at).timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed_at)
    if unchanged is not None:
        scratch.close()
    response = unchanged or FileResponse(scratch, content_type=kind, filename=name)
    response.headers = OnlyEncodingVaries(
        {
            **dict(response.items()),
            **PUBLIC,
            "ETag": etag,
            "Last-Modified": http_date(changed_at),
            "Vary": "Accept-Encoding",
            "Content-Language": "ja",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Link": f'<{settings.OPEN_DATA_LICENCE["url"]}>; rel="license"',
            "X-Content-Type-Options": "nosniff",
        }
    )
    return response


def _written(pieces: Iterable[bytes]) -> tuple[SpooledTemporaryFile[bytes], str]:
    scratch: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115
        max_size=IN_MEMORY
    )  # closed by the response
    digest = sha256()
    for piece in pieces:
        scratch.write(piece)
        digest.update(piece)
    scratch.seek(0)
    return scratch, digest.hexdigest()[:32]
