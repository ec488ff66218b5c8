"""What is offered, asked once per request."""

from typing import cast

from django.http import HttpRequest

from enrollments.domain.offered import Offered


def offered_to(request: HttpRequest) -> Offered:
    """The page cache may have asked for the generation already."""
    if not hasattr(request, "offered"):
        generation = getattr(request, "facts_generation", None)
        request.offered = Offered(generation)  # type: ignore[attr-defined]
    return cast("Offered", request.offered)  # type: ignore[attr-defined]
