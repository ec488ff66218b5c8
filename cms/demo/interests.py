"""What two people want to be recommended; the leader has it sent once a month."""

from datetime import datetime

from accounts.models import User
from courses.models import Theme
from enrollments.domain.recommending.choosing import Chosen, choose_interests


def build_interests(*, at: datetime) -> None:
    _choose("resident@example.jp", at, "disaster", "children", area="中央")
    _choose(
        "leader@example.jp", at, "connection", "nature", area="北原", wants_monthly=True
    )


def _choose(
    address: str, at: datetime, *themes: str, area: str, wants_monthly: bool = False
) -> None:
    chosen = Chosen(
        themes=tuple(Theme.objects.filter(key__in=themes).values_list("pk", flat=True)),
        area=area,
        wants_monthly=wants_monthly,
    )
    user = User.objects.get(email=address)
    choose_interests(user=user, chosen=chosen, language="ja", at=at)
