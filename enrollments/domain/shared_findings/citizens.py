"""One participant is named to write for the citizens, and told so by mail with a secret
link; whoever was named before has no access any more."""

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from enrollments.domain.messages import tell
from enrollments.domain.roster import roster_of
from enrollments.domain.shared_findings.agreeing import note
from enrollments.domain.shared_findings.authors import staff_author
from enrollments.domain.shared_findings.refusals import NobodyNamed, NotOneOfTheCitizens
from enrollments.domain.shared_findings.writing import lock_findings
from enrollments.domain.surveys.sides import side_of
from enrollments.enums import FindingsAct, MessageKind, SurveyAudience
from enrollments.models import Application, Participant, SharedFindings


def citizens_of(findings: SharedFindings) -> list[Participant]:
    """Who can be named: those with a citizen's place in the session."""
    if findings.session is None:
        return []
    people = roster_of(findings.session)
    return [one for one in people if side_of(one) == SurveyAudience.CITIZENS]


def name_citizen(
    *, findings: SharedFindings, participant: int, by: User, at: datetime
) -> SharedFindings:
    """Raises: NotAllowed, NotOneOfTheCitizens."""
    with transaction.atomic():
        locked = lock_findings(findings)
        author = staff_author(locked, by)
        known = {one.pk: one for one in citizens_of(locked)}
        if participant not in known:
            raise NotOneOfTheCitizens
        if locked.citizen_id == participant:
            return locked
        locked.citizen, locked.link_key = known[participant], uuid4()
        locked.save(update_fields=["citizen", "link_key"])
        note(locked, FindingsAct.NAMED, author, at, known[participant].full_name)
        _tell(locked, "write", f"findings:{locked.link_key}", at)
    return locked


def ask_to_approve(
    *, findings: SharedFindings, number: int, by: User, at: datetime
) -> None:
    """Once per version. Raises: NotAllowed, NobodyNamed."""
    with transaction.atomic():
        locked = lock_findings(findings)
        staff_author(locked, by)
        if locked.citizen is None:
            raise NobodyNamed
        occasion = f"findings:{locked.link_key}:{number}"
        if not locked.citizen.application.notifications.filter(occasion=occasion).exists():
            _tell(locked, "approve", occasion, at)


def _tell(findings: SharedFindings, asks: str, occasion: str, at: datetime) -> None:
    assert findings.citizen is not None
    tell(
        kind=MessageKind.FINDINGS,
        occasion=occasion,
        application=findings.citizen.application,
        at=at,
        asks=asks,
        writer=findings.citizen.full_name,
        findings_link=settings.PUBLIC_URL + findings_path(findings),
    )


def _signer() -> Signer:
    return Signer(salt="enrollments.findings-link", sep=".")


def findings_path(findings: SharedFindings) -> str:
    assert findings.citizen is not None
    with translation.override(findings.citizen.application.language):
        return reverse("findings", args=[_signer().sign(findings.link_key.hex)])


def findings_for(token: str) -> SharedFindings | None:
    """What a token opens; none for anything forged, or of somebody named before."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = SharedFindings.objects.filter(link_key=key, citizen__isnull=False)
    return found.select_related(
        "course__department", "citizen__application", "session"
    ).first()


def findings_of_citizen(application: Application) -> list[SharedFindings]:
    """Those that somebody of the application was named for."""
    found = SharedFindings.objects.filter(citizen__application=application)
    return list(found.select_related("citizen__application"))
