"""地区: the parts of the city as its venues are said to stand in them. Groups, people and
wishes choose among the same words, so that they and what is held there find each other."""

import re

from django.db.models import Q

from courses.models import Venue

WHOLE_CITY = "市内全域"
SEPARATORS = re.compile(r"[、,，・\s]+")


def areas_of_city() -> list[str]:
    """Those in which the city has a venue."""
    named = Venue.objects.exclude(area="").order_by("area")
    return list(named.values_list("area", flat=True).distinct())


def several_areas(words: str) -> list[str]:
    """As they are written one after another: 桜台、中央."""
    return [one for one in SEPARATORS.split(words) if one]


def stands_for(area: str, field: str) -> Q:
    """That `field`, which names several areas, names this one as a whole, or all."""
    one = rf"(^|[、,，・\s]){re.escape(area)}($|[、,，・\s])"
    return Q(**{f"{field}__regex": one}) | Q(**{f"{field}__contains": WHOLE_CITY})
