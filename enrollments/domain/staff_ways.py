"""Staff come in named by their section, or apply themselves and wait for its head, as the
run says; a head needs nobody's approval."""

from accounts.enums import StaffRole
from accounts.models import StaffProfile, User
from courses.domain.ways_in import way_of
from courses.models import CourseRun, SeatPool
from enrollments.domain.admission import Standing
from enrollments.domain.refusals import OnlyByNomination
from enrollments.domain.requests import SeatRequest
from enrollments.enums import Channel

# Whoever is named was chosen by the section; at the door somebody stands there.
NOT_ASKED = (Channel.NOMINATION, Channel.WALK_IN)


def asks_head(
    run: CourseRun,
    pool: SeatPool,
    request: SeatRequest,
    standing: Standing,
    by: User | None,
) -> bool:
    """Whether the section's head decides first. Raises: OnlyByNomination."""
    way = way_of(run, pool.kind)
    if way is None or request.channel in NOT_ASKED:
        return False
    if not way.takes_own:
        raise OnlyByNomination
    if not way.needs_approval:
        return False
    own = by if request.channel == Channel.WEB else None
    return own is None or not _heads(own, standing.department)


def _heads(user: User, department: int | None) -> bool:
    heads = StaffProfile.objects.filter(role=StaffRole.HEAD, department=department)
    return heads.filter(user=user).exists()
