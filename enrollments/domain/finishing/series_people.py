"""Who completed which units of a series. A person is an account or, without one, a reading
of the name with a contact: completions that have a key in common are one person's, so who
applies on paper is counted exactly like who applies signed in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.domain.contact import kana_key
from courses.models import Series
from enrollments.domain.finishing.series_progress import SeriesProgress, series_progress
from enrollments.domain.identity import keys_of_participant, person_keys
from enrollments.models import Certificate, Completion, Participant


@dataclass(frozen=True)
class SeriesPerson:
    """`completions` are the first of each unit, by day. `certificate` is the valid one."""

    keys: frozenset[str]
    completions: tuple[Completion, ...]
    progress: SeriesProgress
    certificate: Certificate | None = None

    @property
    def last(self) -> Participant:
        """Under whose row the person came to the unit that is completed last."""
        return self.completions[-1].participant

    @property
    def name(self) -> str:
        return self.last.full_name


def units_of(series: Series) -> list[int]:
    return list(series.units.order_by("position").values_list("course", flat=True))


def people_of(series: Series) -> list[SeriesPerson]:
    """Whoever completed a unit, in the order of their names. Four queries."""
    units = units_of(series)
    found = Completion.objects.filter(participant__application__run__course__in=units)
    rows = list(
        found.select_related("participant__user", "participant__application__run").order_by(
            "completed_on", "pk"
        )
    )
    valid = series.certificates.filter(revoked_at=None).prefetch_related("grounds")
    by_subject = {one.subject: one for one in valid}
    by_completion = {
        ground.pk: one for one in by_subject.values() for ground in one.grounds.all()
    }
    people = []
    for keys, own in _grouped(rows, _keys(rows)):
        first: dict[int, Completion] = {}
        for one in own:
            first.setdefault(one.participant.application.run.course_id, one)
        certificate = next(
            (by_completion[one.pk] for one in own if one.pk in by_completion), None
        ) or next((by_subject[k] for k in subjects(series, keys) if k in by_subject), None)
        progress = series_progress(units, first.keys(), needed=series.needed_units)
        people.append(SeriesPerson(keys, tuple(first.values()), progress, certificate))
    return sorted(people, key=lambda one: (kana_key(one.last.full_name_kana), one.last.pk))


def subjects(series: Series, keys: Iterable[str]) -> list[str]:
    """Under which a certificate of this person may stand in the register."""
    return [f"{series.pk}:{key}" for key in sorted(keys)]


def _keys(rows: Sequence[Completion]) -> list[frozenset[str]]:
    """Of each completion; whoever left no contact is nobody else. An address that an
    account has confirmed is the account's, under its own reading of the name."""
    addresses = {row.participant.application.email for row in rows} - {""}
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    confirmed = EmailAddress.objects.filter(email__in=addresses, verified=True)
    for address in confirmed.select_related("user"):
        reading = kana_key(address.user.full_name_kana)
        owners[(address.email.lower(), reading)].add(address.user_id)
    return [
        _keys_of(row.participant, owners)
        or frozenset({f"participant:{row.participant_id}"})
        for row in rows
    ]


def _keys_of(
    person: Participant, owners: dict[tuple[str, str], set[int]]
) -> frozenset[str]:
    application = person.application
    if application.sends_members:
        return keys_of_participant(person)
    account = application.user_id if person.is_applicant else person.user_id
    if account is None:
        known = owners.get((application.email, kana_key(person.full_name_kana)), ())
        account = next(iter(known), None)
    return person_keys(
        kana=person.full_name_kana,
        email=application.email,
        phone=application.phone,
        address=application.address,
        account=account,
    )


def _grouped(
    rows: Sequence[Completion], keys: Sequence[frozenset[str]]
) -> list[tuple[frozenset[str], list[Completion]]]:
    """Rows that have a key in common, also by way of others, belong together."""
    leads: dict[str, str] = {}

    def top(key: str) -> str:
        while leads.setdefault(key, key) != key:
            key = leads[key]
        return key

    for own in keys:
        tops = sorted({top(key) for key in own})
        for one in tops[1:]:
            leads[one] = tops[0]
    gathered: dict[str, tuple[set[str], list[Completion]]] = {}
    for row, own in zip(rows, keys, strict=True):
        known, there = gathered.setdefault(top(min(own)), (set(), []))
        known |= own
        there.append(row)
    return [(frozenset(known), there) for known, there in gathered.values()]
