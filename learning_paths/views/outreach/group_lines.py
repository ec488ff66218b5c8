"""Lectures of a group, as its members see them on its page."""

from courses.models import Session
from learning_paths.domain.outreach.links import outreach_token
from learning_paths.models import Group, OutreachRequest

SHOWN = 10
Line = tuple[OutreachRequest, Session | None, str]


def outreach_lines(group: Group, *, organises: bool) -> list[Line]:
    """Newest first; the link, which opens the contact too, for 代表 and 担当 only."""
    found = group.outreach_requests.select_related("entry__course", "run")
    sessions = found.prefetch_related(
        "run__sessions__room__venue", "run__sessions__venue", "run__sessions__run__venue"
    )
    return [
        (one, _session(one), outreach_token(one) if organises else "")
        for one in sessions[:SHOWN]
    ]


def _session(request: OutreachRequest) -> Session | None:
    return next(iter(request.run.sessions.all()), None) if request.run else None
