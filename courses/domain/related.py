"""What may come after a course: the next unit of its series, then the courses of the
stages that follow and share a theme, then its themes; what is to come goes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Min, OuterRef, Q, Subquery

from courses.domain.ordering import places_of
from courses.enums import Reason
from courses.models import Course, Series, SeriesUnit, Stage
