"""A form that was opened before a colleague saved does not undo what they saved."""

import json
from hashlib import sha256

from enrollments.domain.surveys.refusals import SurveyChangedMeanwhile
from enrollments.models import Survey

SHOWN = (
    *("title", "title_en", "intro", "intro_en", "questions"),
    *("session_id", "audience", "named", "for_public"),
    *("opens_at", "closes_at", "ask_at", "remind_at"),
)


def version_of(survey: Survey) -> str:
    """The same as long as what its form shows is; answers and mails make no other."""
    shown = [getattr(survey, name) for name in SHOWN] + [survey.room_code is not None]
    said = json.dumps(shown, default=str, ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def require_as_seen(survey: Survey, seen: str) -> None:
    """Raises: SurveyChangedMeanwhile."""
    if version_of(survey) != seen:
        raise SurveyChangedMeanwhile
