"""How a data set is handed out: packed once while it is written, known by what is in it,
and readable from any other site."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from courses.views.calendar_response import PUBLIC, OnlyEncodingVaries, takes_gzip
from courses.views.last_change import last_change

GZIP = 16 + zlib.MAX_WBITS
PIECE = 64 * 1024


@dataclass(frozen=True)
class WrittenFile:
    """Packed by gzip; `length` is the number of bytes before."""

    packed: bytes
    length: int
    digest: str


def write_file(pieces: Iterable[bytes]) -> WrittenFile:
    """The whole file is never in memory unpacked."""
    packing = zlib.compressobj(wbits=GZIP)
    digest, length, packed = sha256(), 0, []
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
        packed.append(packing.compress(piece))
    packed.append(packing.flush())
    return WrittenFile(b"".join(packed), length, digest.hexdigest()[:32])


def open_data_response(
    request: HttpRequest, file: WrittenFile, *, name: str, kind: str, at: datetime
) -> HttpResponseBase:
    """200 with the file called `name`, or 304 where the client has it already."""
    etag = f'W/"{file.digest}"'  # weak: packed or not, it is the same list
    changed_at = int(last_change(request.path, file.digest, None, at).timestamp())
    response = get_conditional_response(
        request, etag=etag, last_modified=changed_at
    ) or _full(request, file, kind)
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


def _full(request: HttpRequest, file: WrittenFile, kind: str) -> HttpResponseBase:
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        response: HttpResponseBase = HttpResponse(file.packed, content_type=kind)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(file.packed))
        return response
    response = StreamingHttpResponse(_unpacked(file.packed), content_type=kind)
    response["Content-Length"] = str(file.length)
    return response


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=GZIP)
    rest = packed
    while piece := unpacking.decompress(rest, PIECE):
        yield piece
        rest = unpacking.unconsumed_tail
