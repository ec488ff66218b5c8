"""Whoever is written down in two living applications of a run, once as a companion, would
have two chances or two places. Companions leave no contact, so only the reading of the
name shows it: an officer says whether they are namesakes; nothing is decided by itself."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Concat, Replace
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import kana_key, tidy_text
from accounts.domain.refusal import Refusal, given
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from enrollments.models import Application, NamesakeRuling, Participant
from enrollments.models.querysets import LIVE

# Readings are kept in one form; only where a name is parted may differ.
READ_AS = Replace(Concat("family_name_kana", "given_name_kana"), Value(" "), Value(""))


class NamesakesNeedAReason(Refusal):
    sentence = _("別の方とわかる理由を書いてください。")


class NoSameNames(Refusal):
    sentence = _(
        "この読みの方は、もう2件以上の申込みにいません。画面を開き直してください。"
    )


@dataclass(frozen=True)
class SameName:
    """One reading in several living applications; `key` names nobody."""

    key: str
    kana: str
    people: tuple[Participant, ...]

    @property
    def applications(self) -> frozenset[int]:
        return frozenset(person.application_id for person in self.people)


def same_names(*, run_pk: int) -> list[SameName]:
    """Those that nobody has ruled on, in order of receipt; one query where there are
    none."""
    people = Participant.objects.filter(
        application__run=run_pk, application__state__in=LIVE
    )
    twice = (
        people.annotate(read_as=READ_AS)
        .values("read_as")
        .annotate(applications=Count("application", distinct=True))
        .filter(applications__gt=1)
        .values_list("read_as", flat=True)
        .order_by()
    )
    cases = _cases(people, [name for name in twice if name])
    ruled = _ruled(run_pk, [case.key for case in cases])
    return [
        case
        for case in cases
        if not any(case.applications <= one for one in ruled[case.key])
    ]


def count_same_names(*, run_pk: int) -> int:
    return len(same_names(run_pk=run_pk))


def keep_namesakes(
    *, run_pk: int, key: str, why: str, by: User, at: datetime
) -> NamesakeRuling:
    """They are different people: all of them stay, and are not asked about again unless
    another application comes with the reading.

    Raises: NotAllowed, NamesakesNeedAReason, NoSameNames.
    """
    reason = given(tidy_text(why), NamesakesNeedAReason)
    with transaction.atomic():
        run = lock_run(run_pk)
        require_section(by, run.course.department)
        case = next((one for one in same_names(run_pk=run_pk) if one.key == key), None)
        if case is None:
            raise NoSameNames
        ruling = NamesakeRuling.objects.create(run=run, key=key, why=reason, at=at, by=by)
        ruling.applications.set(case.applications)
    return ruling


def rulings_on(application: Application) -> QuerySet[NamesakeRuling]:
    return application.namesake_rulings.select_related("by")


def _cases(people: QuerySet[Participant], names: Iterable[str]) -> list[SameName]:
    alike: defaultdict[str, list[Participant]] = defaultdict(list)
    wanted = list(names)
    if not wanted:
        return []
    found = people.annotate(read_as=READ_AS).filter(read_as__in=wanted)
    found = found.select_related("application")
    for person in found.order_by(
        "application__received_at", "application__tie", "position"
    ):
        alike[kana_key(person.full_name_kana)].append(person)
    return [
        SameName(_digest(name), some[0].full_name_kana, tuple(some))
        for name, some in alike.items()
    ]


def _ruled(run_pk: int, keys: Iterable[str]) -> defaultdict[str, list[frozenset[int]]]:
    found: defaultdict[str, list[frozenset[int]]] = defaultdict(list)
    wanted = list(keys)
    if not wanted:
        return found
    rulings = NamesakeRuling.objects.filter(run=run_pk, key__in=wanted)
    for ruling in rulings.prefetch_related("applications"):
        found[ruling.key].append(frozenset(one.pk for one in ruling.applications.all()))
    return found


def _digest(name: str) -> str:
    return hashlib.sha256(f"name\x1f{name}".encode()).hexdigest()
