"""What is there at the end of a series and of a path: certificates of both, and a resident
who applied for the rest of a series with one form."""

from datetime import datetime

from accounts.models import User
from cms.demo.identifiers import dice, identifier
from courses.models import Series
from enrollments.domain.finishing.series_certificates import issue_series_certificates
from enrollments.domain.finishing.series_people import people_of
from enrollments.domain.offered import Offered
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.domain.series.applying import UnitWish, apply_for_units
from enrollments.domain.series.offering import offers_of
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Certificate, Notification
from enrollments.models.certificate import CODE_LENGTH, CODE_SIGNS
from learning_paths.domain.path_certificates import issue_path_certificate
from learning_paths.domain.queries import members_of
from learning_paths.domain.standings import standings_on_paths
from learning_paths.enums import GroupState
from learning_paths.models import Group


def build_earned(*, keeper: User, resident: User, at: datetime) -> None:
    """`keeper` looks after all registers."""
    issued = [*_of_series(keeper, at), *_of_groups(keeper, at)]
    for certificate in issued:
        chance = dice("earned", certificate.fiscal_year, certificate.serial)
        certificate.code = "".join(chance.choices(CODE_SIGNS, k=CODE_LENGTH))
    Certificate.objects.bulk_update(issued, ["code"])
    _apply_for_the_rest(resident, at)


def _of_series(keeper: User, at: datetime) -> list[Certificate]:
    """As many units as somebody has completed by now are enough, but never a single one."""
    issued: list[Certificate] = []
    for series in Series.objects.order_by("slug"):
        most = max((len(one.completions) for one in people_of(series)), default=0)
        if most < 2:
            continue
        series.needed_units = most if most < series.units.count() else None
        series.save(update_fields=["needed_units"])
        issued += issue_series_certificates(series=series, by=keeper, at=at, tell=False)
    return issued


def _of_groups(keeper: User, at: datetime) -> list[Certificate]:
    return [
        issue_path_certificate(
            group=group, path=standing.path, by=keeper, at=at, tell=False
        )
        for group in Group.objects.filter(state=GroupState.REGISTERED).order_by("code")
        for standing in standings_on_paths(group, members_of(group))
        if standing.progress.is_done
    ]


def _apply_for_the_rest(resident: User, at: datetime) -> None:
    """Of the first series of which two units or more can be had."""
    for series in Series.objects.order_by("slug"):
        offers = offers_of(series, resident, at=at, load=Offered().run)
        free = [
            next((one for one in unit.runs if one.may_choose and one.places), None)
            for unit in offers
        ]
        chosen = [one for one in free if one is not None and not one.run.chooses_session]
        if len(chosen) < 2:
            continue
        request = _request(resident, series)
        wishes = [UnitWish(one.run, request, one.places[0].pool) for one in chosen]
        apply_for_units(series=series, wishes=wishes, together=False, by=resident, at=at)
        Notification.objects.filter(kind=MessageKind.SERIES).update(
            state=NotificationState.SENT, attempts=1, settled_at=at
        )
        return


def _request(resident: User, series: Series) -> SeatRequest:
    return SeatRequest(
        applicant=PersonName(
            resident.last_name,
            resident.first_name,
            resident.last_name_kana,
            resident.first_name_kana,
        ),
        email=resident.email,
        accepts_terms=True,
        submission_key=identifier("series", series.slug),
    )
