"""Which rows are a person's own: with an account, what was applied for with it, or without
any account from its own address under its own name; without one, what shares a digest with
the application from which staff began. Whom a group sends has the own row only."""

from django.db.models import Q, QuerySet

from accounts.domain.contact import kana_key
from accounts.domain.own_data import Whose
from enrollments.domain.queries import applications_of
from enrollments.models import Application, Participant, PersonKey


def whose_of(application: Application) -> Whose:
    """For whom staff act: the person who applied, and not whoever came along."""
    keys = application.person_keys.values_list("key", flat=True)
    return Whose(user=application.user, keys=frozenset(keys), by_themselves=False)


def applications(whose: Whose) -> QuerySet[Application]:
    own = Q(pk__in=PersonKey.objects.filter(key__in=whose.keys).values("application"))
    if whose.user is not None:
        kana = kana_key(whose.user.full_name_kana)
        own |= Q(user=whose.user) | Q(
            pk__in=[
                one.pk
                for one in applications_of(whose.user).filter(user=None)
                # A household may share an address.
                if kana and kana_key(one.full_name_kana) == kana
            ]
        )
    return Application.objects.filter(own).order_by("received_at", "tie")


def people(whose: Whose) -> QuerySet[Participant]:
    """Whom the person brought along is theirs; fellow members of a group are not."""
    own = Q(application__in=applications(whose), application__sends_members=False)
    if whose.user is not None:
        own |= Q(user=whose.user)
    return Participant.objects.filter(own).order_by("application__received_at", "pk")


def is_said(application: Application) -> str:
    """The course as it is called to the person."""
    return f"{application.run.course.title} {application.run.label}".strip()
