"""The recommendations of the signed-in person, as two pages show them."""

from datetime import datetime
from typing import Any

from accounts.models import User
from enrollments.domain.recommending.person import recommended_for
from enrollments.domain.recommending.shown import shown
from enrollments.models import Interests


def recommended_context(
    user: User, own: Interests | None, *, at: datetime, most: int
) -> dict[str, Any]:
    """`recommends` is false for those who want none: nothing is worked out for them."""
    recommends = own is None or own.wants_recommendations
    found = recommended_for(user, own, at=at) if recommends else []
    return {"recommends": recommends, "recommended": shown(found[:most], at=at)}
