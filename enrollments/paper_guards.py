"""What the database refuses about answers, the line, refunds, exchanged people and drafts,
from anybody (ADR 10)."""

from accounts.guarding import Guard

OF_ANOTHER_RUN = (
    "NOT EXISTS (SELECT 1 FROM enrollments_application a, courses_runquestion q"
    " WHERE a.id = NEW.application_id AND q.id = NEW.question_id AND q.run_id = a.run_id)"
)
PAPER_GUARDS = (
    Guard(
        "answer_is_to_a_question_of_its_run",
        "INSERT",
        "enrollments_answer",
        OF_ANOTHER_RUN,
    ),
    Guard(
        "answer_stays_with_its_question",
        "UPDATE",
        "enrollments_answer",
        "NEW.application_id <> OLD.application_id OR NEW.question_id <> OLD.question_id",
    ),
    Guard("line_record_is_kept", "DELETE", "enrollments_linerecord", "1 = 1"),
    Guard(
        "line_record_is_not_rewritten",
        "UPDATE",
        "enrollments_linerecord",
        "NEW.application_id <> OLD.application_id OR NEW.act <> OLD.act"
        " OR NEW.before <> OLD.before OR NEW.after <> OLD.after"
        " OR NEW.why <> OLD.why OR NEW.at <> OLD.at",
    ),
    Guard("refund_is_kept", "DELETE", "enrollments_refund", "1 = 1"),
    Guard(
        "refund_paid_stays_as_it_is",
        "UPDATE",
        "enrollments_refund",
        "OLD.settled_at IS NOT NULL AND (NEW.settled_at IS NULL"
        " OR NEW.settled_at <> OLD.settled_at OR NEW.amount <> OLD.amount"
        " OR NEW.application_id <> OLD.application_id)",
    ),
    Guard(
        "participant_change_is_not_rewritten",
        "UPDATE",
        "enrollments_participantchange",
        "NEW.participant_id <> OLD.participant_id OR NEW.at <> OLD.at"
        " OR (OLD.participant_id IS NULL AND NEW.participant_id IS NOT NULL)"
        " OR NEW.application_id <> OLD.application_id OR NEW.has_left <> OLD.has_left"
        " OR NEW.family_name <> OLD.family_name OR NEW.given_name <> OLD.given_name"
        " OR NEW.family_name_kana <> OLD.family_name_kana"
        " OR NEW.given_name_kana <> OLD.given_name_kana",
    ),
    Guard(
        "person_key_is_not_rewritten",
        "UPDATE",
        "enrollments_personkey",
        "NEW.application_id <> OLD.application_id OR NEW.key <> OLD.key",
    ),
    # The secret of somebody's cookie is never stored, only its digest.
    Guard(
        "draft_keeps_no_secret",
        "INSERT",
        "enrollments_applicationdraft",
        "LENGTH(NEW.key) <> 64 OR NEW.key <> LOWER(NEW.key)",
    ),
    Guard(
        "draft_stays_with_its_cookie",
        "UPDATE",
        "enrollments_applicationdraft",
        "NEW.key <> OLD.key",
    ),
    Guard(
        "draft_is_forgotten_in_time",
        "INSERT",
        "enrollments_applicationdraft",
        "NEW.expires_at <= NEW.saved_at",
    ),
)
