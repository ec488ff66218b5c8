"""Whoever asks is told when a course is held again: an address only after its owner
confirmed it by the link in a mail, and until they say stop."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.addresses import confirmed_address, verified_addresses
from accounts.domain.contact import tidy_email
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from courses.enums import RunState, SelectionMode
from courses.models import Course, CourseRun, Session
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.held_again_messages import tell_to_confirm
from enrollments.models import HeldAgainWish, KnownRun

CONFIRM_WITHIN = timedelta(days=7)
# So many unanswered questions may one address have; more would be somebody's bad joke.
MOST_UNCONFIRMED = 5


class CourseNotOffered(Refusal):
    sentence = _("この講座は、いまは公開していません。")


class NoOwnAddress(Refusal):
    sentence = _("メールアドレスの確認がまだ済んでいません。")


def ask_to_be_told(*, course: Course, email: str, language: str, at: datetime) -> None:
    """Note the wish and mail its link. Nothing in the answer tells whether the address
    was known; a day brings one mail at most, however often somebody asks.

    Raises: CourseNotOffered.
    """
    if not course.is_public:
        raise CourseNotOffered
    address = tidy_email(email)
    with transaction.atomic():
        wish = HeldAgainWish.objects.filter(course=course, email=address).first()
        if wish is None:
            if _unconfirmed(address, at) >= MOST_UNCONFIRMED:
                return
            wish = _note(course, address, language, at)
        tell_to_confirm(wish=wish, day=timezone.localdate(at), at=at)


def ask_signed_in(
    *, course: Course, user: User, language: str, at: datetime
) -> HeldAgainWish:
    """The account's own confirmed address needs no mail.

    Raises: CourseNotOffered, NoOwnAddress.
    """
    if not course.is_public:
        raise CourseNotOffered
    own = verified_addresses(user)
    if not own:
        raise NoOwnAddress
    with transaction.atomic():
        known = HeldAgainWish.objects.filter(course=course, email__in=own)
        wish = known.first() or _note(course, confirmed_address(user), language, at)
        return confirm(wish=wish, at=at)


def confirm(*, wish: HeldAgainWish, at: datetime) -> HeldAgainWish:
    """By whoever opened the mail's link; doing it twice is fine."""
    HeldAgainWish.objects.filter(pk=wish.pk, confirmed_at=None).update(confirmed_at=at)
    return HeldAgainWish.objects.select_related("course").get(pk=wish.pk)


def stop(*, wish: HeldAgainWish) -> None:
    """The address is kept no longer than it is wanted."""
    HeldAgainWish.objects.filter(pk=wish.pk).delete()


def stop_own(*, wish: HeldAgainWish, by: User) -> None:
    """Raises: NotAllowed for an address that is not the account's own."""
    if wish.email not in verified_addresses(by):
        raise NotAllowed
    stop(wish=wish)


def forget_unconfirmed(*, at: datetime) -> int:
    """Whoever did not confirm within a week did not want it, or never asked."""
    old = HeldAgainWish.objects.filter(
        confirmed_at=None, created_at__lte=at - CONFIRM_WITHIN
    )
    return old.delete()[1].get(HeldAgainWish._meta.label, 0)


def wishes_of(user: User) -> QuerySet[HeldAgainWish]:
    """Those of the account's own addresses, newest first."""
    found = HeldAgainWish.objects.filter(email__in=verified_addresses(user))
    return found.select_related("course").order_by("-created_at", "-pk")


def to_be_held(at: datetime) -> CourseRunQuerySet:
    """Announced runs of public courses of which a session is to come."""
    coming = Session.objects.held().upcoming(at).filter(run=OuterRef("pk"))
    return CourseRun.objects.public().filter(Exists(coming), state=RunState.ANNOUNCED)


def _unconfirmed(address: str, at: datetime) -> int:
    recent = HeldAgainWish.objects.filter(
        email=address, confirmed_at=None, created_at__gt=at - CONFIRM_WITHIN
    )
    return recent.count()


def _note(course: Course, address: str, language: str, at: datetime) -> HeldAgainWish:
    """With what stands on the page already, which is no news."""
    wish, made = HeldAgainWish.objects.get_or_create(
        course=course, email=address, defaults={"language": language, "created_at": at}
    )
    if made:
        KnownRun.objects.bulk_create(
            KnownRun(wish=wish, run=run, awaits_opening=_opens_later(run, at))
            for run in to_be_held(at).filter(course=course)
        )
    return wish


def _opens_later(run: CourseRun, at: datetime) -> bool:
    opens = run.applications_open_at
    return run.selection_mode != SelectionMode.OPEN and opens is not None and at < opens
