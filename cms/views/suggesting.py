"""`/courses/suggest/`: what may be meant by what is being typed, as part of a page for
htmx and as a page of its own for everybody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cms.page_cache.middleware import kept
from cms.presenters.suggestions import suggestion_groups
from cms.search.suggesting import LONGEST


@kept
def suggest(request: HttpRequest) -> HttpResponse:
    """Open to everybody."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    groups = suggestion_groups(text, at=timezone.now())
    total = sum(len(group.links) for group in groups)
    part = request.headers.get("HX-Request") == "true"
    template = "cms/_suggestions.html" if part else "cms/suggestions.html"
    return render(request, template, {"text": text, "groups": groups, "total": total})
