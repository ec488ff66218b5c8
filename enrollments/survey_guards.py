"""What the database refuses about surveys (ADR 10, ADR 30)."""

from accounts.guarding import Guard

_ANSWERED = "EXISTS (SELECT 1 FROM enrollments_answersheet s WHERE s.survey_id = OLD.id)"
_ANONYMOUS = (
    "EXISTS (SELECT 1 FROM enrollments_survey s WHERE s.id = NEW.survey_id AND NOT s.named)"
)

SURVEY_GUARDS = (
    Guard(
        "survey_answered_keeps_its_questions",
        "UPDATE",
        "enrollments_survey",
        _ANSWERED,
        when="NEW.questions <> OLD.questions OR NEW.named <> OLD.named"
        " OR NEW.run_id <> OLD.run_id OR (NEW.for_public AND NOT OLD.for_public)",
    ),
    Guard(
        "survey_settled_stays_settled",
        "UPDATE",
        "enrollments_survey",
        "OLD.settled_at IS NOT NULL AND NEW.settled_at IS NULL",
    ),
    Guard(
        "survey_settled_takes_no_answer",
        "INSERT",
        "enrollments_answersheet",
        "EXISTS (SELECT 1 FROM enrollments_survey s"
        " WHERE s.id = NEW.survey_id AND s.settled_at IS NOT NULL)",
        locks=("enrollments_survey WHERE id = NEW.survey_id",),
    ),
    Guard(
        "sheet_without_name_stays_without",
        "INSERT",
        "enrollments_answersheet",
        _ANONYMOUS,
        when="NEW.participant_id IS NOT NULL",
    ),
    Guard(
        "sheet_is_not_rewritten",
        "UPDATE",
        "enrollments_answersheet",
        "1 = 1",
    ),
    Guard(
        "survey_ticket_is_used_once",
        "UPDATE",
        "enrollments_surveyticket",
        "OLD.is_used AND NOT NEW.is_used",
    ),
)
