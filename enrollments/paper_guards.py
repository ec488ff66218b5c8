"""What the database refuses about answers, the line and refunds, from anybody (ADR 10)."""

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
)
