"""What a stage means and what is on for it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from cms.presenters.cards import cards_for
from cms.presenters.course_page import feed_links
from courses.domain.catalogue import CatalogueFilter, joinable_first, offered
from courses.models import Stage

SHOWN = 12


def stage_index_context(*, at: datetime) -> dict[str, Any]:
    current = offered(CatalogueFilter(), at=at).order_by().values("pk")
    stages = Stage.objects.annotate(
        on_offer=Count("courses", filter=Q(courses__in=current), distinct=True)
    )
    return {"stages": stages}


def stage_context(stage: Stage, *, at: datetime) -> dict[str, Any]:
    courses = offered(CatalogueFilter(stages=(stage.key,)), at=at)
    keys = list(joinable_first(courses, at=at).values_list("pk", flat=True))
    return {
        "stage": stage,
        "stages": Stage.objects.all(),
        "cards": cards_for(keys[:SHOWN], at=at),
        "total": len(keys),
        "learning_paths": stage.paths.filter(is_published=True, page__live=True),
        "feed": feed_links(f"{settings.PUBLIC_URL}/stages/{stage.key}/calendar.ics"),
    }
