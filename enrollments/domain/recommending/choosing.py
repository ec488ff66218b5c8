"""People choose what they want to be recommended, and whether at all; an area is kept only
since they told it, and the monthly mail goes to an address that was confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.addresses import verified_addresses
from accounts.domain.contact import tidy_text
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.areas import areas_of_city
from courses.models import Theme
from enrollments.models import Interests


class AreaUnknown(Refusal):
    sentence = _("地区は、一覧のなかからえらんでください。")


class NoConfirmedAddress(Refusal):
    sentence = _("メールアドレスの確認がまだ済んでいません。先に確認をお願いします。")


@dataclass(frozen=True)
class Chosen:
    """`themes` are keys."""

    wants_recommendations: bool = True
    themes: tuple[int, ...] = ()
    area: str = ""
    wants_monthly: bool = False


def choose_interests(
    *, user: User, chosen: Chosen, language: str, at: datetime
) -> Interests:
    """The monthly mail begins with the month after it was ordered.

    Raises: AreaUnknown, NoConfirmedAddress.
    """
    area = tidy_text(chosen.area)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        own = Interests.objects.filter(user=user).first() or Interests(user=user)
        if area and area != own.area and area not in areas_of_city():
            raise AreaUnknown
        if chosen.wants_monthly and not own.wants_monthly:
            _require_address(user)
            own.told_month = month_of(at)
        if area != own.area:
            own.area, own.area_told_at = area, at if area else None
        own.wants_recommendations = chosen.wants_recommendations
        own.wants_monthly = chosen.wants_monthly
        own.language = language
        own.save()
        own.themes.set(_known(chosen.themes))
    return own


def stop_monthly(*, interests: Interests) -> None:
    """By whoever holds a mail's link; doing it twice is fine."""
    Interests.objects.filter(pk=interests.pk).update(wants_monthly=False)


def month_of(at: datetime) -> date:
    """The first day of the month in Tokyo."""
    return timezone.localdate(at).replace(day=1)


def _require_address(user: User) -> None:
    if not verified_addresses(user):
        raise NoConfirmedAddress


def _known(themes: Iterable[int]) -> list[Theme]:
    return list(Theme.objects.filter(pk__in=list(themes)))
