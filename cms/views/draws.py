"""The record of a draw, for everybody: the page, its data, the list as it was frozen, and
the program that checks them."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cms.page_cache.middleware import kept
from cms.presenters.draws import draw_context
from courses.models import CourseRun
from enrollments.domain.drawing import verify_draw
from enrollments.domain.drawing.publishing import public_document
from enrollments.domain.drawing.standing import (
    chosen_draw,
    entry_of_number,
    has_public_record,
    tier_words,
)
from enrollments.models import Draw

LONGEST_NUMBER = 30


@kept
@require_safe
def draw_record(request: HttpRequest, code: str) -> HttpResponse:
    run = _run(code)
    asked = request.GET
    context = draw_context(run, number=asked.get("round", ""), page=asked.get("page", ""))
    return render(request, "cms/draw.html", context)


@csrf_exempt  # It changes nothing, and the page with the form is kept for everybody.
@require_POST
def draw_number(request: HttpRequest, code: str) -> HttpResponse:
    """By POST, so that the number stands in no address and no log."""
    run = _run(code)
    draw = chosen_draw(run, request.POST.get("round", ""))
    if draw is None:
        raise Http404
    number = request.POST.get("number", "")[:LONGEST_NUMBER].strip()
    entry = entry_of_number(draw, number)
    tiers = tier_words(draw)
    context = {
        "run": run,
        "course": run.course,
        "draw": draw,
        "number": number,
        "entry": entry,
        "tier": tiers[entry.tier] if entry and tiers else "",
        "is_told": draw.state == "announced",
    }
    response = render(request, "cms/draw_number.html", context)
    response["Cache-Control"] = "no-store"
    return response


@kept
@require_safe
def draw_data(request: HttpRequest, code: str) -> HttpResponse:
    return JsonResponse(
        public_document(_run(code)),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/json; charset=utf-8",
    )


@kept
@require_safe
def draw_list(request: HttpRequest, code: str, fingerprint: str) -> HttpResponse:
    """Byte for byte what the fingerprint is of."""
    draw = get_object_or_404(Draw, run=_run(code), fingerprint=fingerprint)
    return HttpResponse(draw.record, content_type="application/json; charset=utf-8")


@kept
@require_safe
def draw_verifier(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_verifier(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_draw.py"'
    return response


@cache
def _verifier() -> bytes:
    return Path(verify_draw.__file__).read_bytes()


def _run(code: str) -> CourseRun:
    """Raises: Http404 also where nothing is drawn or the course is not public."""
    runs = CourseRun.objects.select_related("course__department")
    run = get_object_or_404(runs, code=code)
    if not has_public_record(run):
        raise Http404
    return run
