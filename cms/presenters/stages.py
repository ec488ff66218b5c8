"""What a stage means and what is on for it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from cms.presenters.calendars import calendar_of
from cms.presenters.cards import cards_for
from courses.domain.catalogue import CatalogueFilter, offered
from courses.domain.ordering import joinable_first
from courses.models import Course, Series, Stage

SHOWN = 12


def stage_index_context(*, at: datetime) -> dict[str, Any]:
    current = offered(CatalogueFilter(), at=at).order_by().values("pk")
    stages = Stage.objects.annotate(
        on_offer=Count("courses", filter=Q(courses__in=current), distinct=True)
    )
    return {"stages": stages}


def stage_context(stage: Stage, *, at: datetime) -> dict[str, Any]:
    keys = joinable_first(Course.objects.public().filter(stages=stage), at=at)
    return {
        "stage": stage,
        "stages": Stage.objects.all(),
        "cards": cards_for(keys[:SHOWN], at=at, all_to_come=True),
        "total": len(keys),
        "series": Series.objects.filter(units__course__stages=stage, page__live=True)
        .distinct()
        .order_by("title"),
        "learning_paths": stage.paths.filter(is_published=True, page__live=True),
        "feed": calendar_of(stage),
    }
