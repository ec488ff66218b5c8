"""Pictures that are drawn when somebody looks at them."""

from django.http import HttpResponse


def svg_response(drawn: str, *, cache_control: str = "") -> HttpResponse:
    """`drawn` is an SVG of our own. Without `cache_control` the view decides."""
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    if cache_control:
        response["Cache-Control"] = cache_control
    return response
