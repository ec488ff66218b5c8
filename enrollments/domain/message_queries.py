"""Which messages somebody sees: those of the own section, and about childcare and support
only with the permission. Administrators see those about no application too, but nobody
what somebody was recommended."""

from django.db.models import Q, QuerySet

from accounts.domain.contact import kana_key, phone_key, tidy_text
from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor, section_of
from accounts.models import User
from enrollments.domain.receipt import parse_receipt_number
from enrollments.domain.support_rights import may_see_any_support
from enrollments.enums import ContactBy, MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import Application, Notification, PersonKey

NEEDS_SOMEBODY = (State.DEAD, State.IN_DOUBT, State.BY_HAND)
SHORTEST_NUMBER = 4


def messages_of(user: Visitor) -> QuerySet[Notification]:
    """Raises: NotAllowed for anybody who works for no section."""
    found = Notification.objects.exclude(kind=MessageKind.MONTHLY)
    if not user.is_superuser:
        section = section_of(user)
        if section is None:
            raise NotAllowed
        of_section = Q(run__course__department=section)
        found = found.filter(about(Application.objects.filter(of_section)))
    return found if may_see_any_support(user) else found.exclude(kind=MessageKind.SUPPORT)


def messages_about(words: str) -> Q:
    """By receipt number, name, reading, telephone or mail address of the applicant."""
    text = tidy_text(words)
    number = parse_receipt_number(text)
    if number is not None:
        return Q(application__received_at=number[0], application__tie=number[1])
    joined = text.replace(" ", "")
    rule = Q()
    for part in text.split():
        kana = kana_key(part)
        rule &= (
            Q(application__family_name__contains=part)
            | Q(application__given_name__contains=part)
            | Q(application__family_name_kana__contains=kana)
            | Q(application__given_name_kana__contains=kana)
            | Q(subject__contains=part)
        )
    if "@" in joined:
        rule |= Q(recipient__icontains=joined)
    digits = phone_key(joined)
    if len(digits) >= SHORTEST_NUMBER:
        rule |= Q(application__phone__contains=joined)
    return rule


def of_same_person(application: Application) -> QuerySet[Application]:
    """This application and others of its person: those that share a digest."""
    keys = PersonKey.objects.filter(application=application).values("key")
    others = PersonKey.objects.filter(key__in=keys).values("application")
    return Application.objects.filter(Q(pk=application.pk) | Q(pk__in=others))


def about(applications: QuerySet[Application]) -> Q:
    """Messages that tell of any of these, be it beside others (of a series)."""
    beside = Notification.also.through.objects.filter(application__in=applications)
    return Q(application__in=applications) | Q(pk__in=beside.values("notification"))


def told_about(application: Application, *, user: User) -> QuerySet[Notification]:
    of_it = Application.objects.filter(pk=application.pk)
    return messages_of(user).filter(about(of_it))


def history_of(application: Application, *, user: User) -> QuerySet[Notification]:
    """What the person was told about this and other applications, newest first."""
    found = messages_of(user).filter(about(of_same_person(application)))
    return found.select_related("application__run__course").order_by("-created_at", "-pk")


def to_be_posted(messages: QuerySet[Notification]) -> QuerySet[Notification]:
    """By hand, to an address: asked for by post, or without a telephone."""
    by_post = Q(application__contact_by=ContactBy.POST) | Q(application__phone="")
    return messages.filter(by_post, state=State.BY_HAND).exclude(application__address="")


def to_be_telephoned(messages: QuerySet[Notification]) -> QuerySet[Notification]:
    """By hand, and not by post."""
    posted = to_be_posted(messages).values("pk")
    return messages.filter(state=State.BY_HAND).exclude(pk__in=posted)
