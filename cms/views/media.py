"""Uploaded images where no file server stands in front of the application."""

import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

SHOWN = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"}


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures only: documents go through Wagtail's view, which checks their rights."""
    kind, _encoding = mimetypes.guess_type(path)
    if kind not in SHOWN:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except SuspiciousFileOperation:
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=86400"
    return response
