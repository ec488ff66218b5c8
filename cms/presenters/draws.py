"""The public record of a run's draws."""

import json
from typing import Any

from django.core.paginator import Paginator

from courses.models import CourseRun
from enrollments.domain.drawing.rule_words import RULE_WORDS
from enrollments.domain.drawing.standing import (
    chosen_draw,
    decided_without_record,
    entries_shown,
    lists_taken_back,
    places_drawn,
    tier_words,
)
from enrollments.enums import DrawState
from enrollments.models import Draw

PER_PAGE = 200


def draw_context(run: CourseRun, *, number: str = "", page: str = "") -> dict[str, Any]:
    """`number` is the round asked for, `page` the part of the list."""
    draw = chosen_draw(run, number)
    context: dict[str, Any] = {
        "run": run,
        "course": run.course,
        "draw": draw,
        "rule_words": RULE_WORDS,
        "taken_back": lists_taken_back(run),
        "is_over": draw is None and decided_without_record(run),
    }
    return context if draw is None else context | _of_draw(run, draw, page)


def _of_draw(run: CourseRun, draw: Draw, page: str) -> dict[str, Any]:
    record = json.loads(draw.record)
    paginator = Paginator(entries_shown(draw), PER_PAGE)
    shown = paginator.get_page(page)
    told = draw.state == DrawState.ANNOUNCED
    return {
        "rule_words": record["rule_words"],
        "rule": record["rule"],
        "rounds": list(run.draws.exclude(state=DrawState.TAKEN_BACK).order_by("round")),
        "is_told": told,
        "all_fit": not draw.source,
        "seed": json.loads(draw.result)["seed"] if told else "",
        "tiers": list(enumerate(tier_words(draw))),
        "pools": places_drawn(draw, run),
        "several_pools": len(record["pools"]) > 1,
        "page_obj": shown,
        "page_range": paginator.get_elided_page_range(shown.number),
        "total": paginator.count,
    }
