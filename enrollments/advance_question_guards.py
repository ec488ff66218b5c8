"""What the database refuses about questions sent before the day (ADR 10)."""

from accounts.guarding import Guard

ADVANCE_QUESTION_GUARDS = (
    Guard(
        "advance_question_begins_as_received",
        "INSERT",
        "enrollments_advancequestion",
        "NEW.state <> 'received'",
    ),
    Guard(
        "advance_question_is_sent_in_time",
        "INSERT",
        "enrollments_advancequestion",
        "EXISTS (SELECT 1 FROM enrollments_questioncall c"
        " WHERE c.id = NEW.call_id AND NEW.sent_at >= c.closes_at)",
        when="NEW.application_id IS NOT NULL",
    ),
    Guard(
        "advance_question_moves_with_its_trace",
        "UPDATE",
        "enrollments_advancequestion",
        "NOT EXISTS (SELECT 1 FROM enrollments_questionmove m"
        " WHERE m.question_id = NEW.id AND m.from_state = OLD.state"
        " AND m.to_state = NEW.state AND m.id = (SELECT MAX(l.id)"
        " FROM enrollments_questionmove l WHERE l.question_id = NEW.id))",
        when="NEW.state <> OLD.state",
    ),
    Guard(
        "advance_question_is_not_rewritten",
        "UPDATE",
        "enrollments_advancequestion",
        "NEW.text <> OLD.text AND NEW.state <> 'withdrawn'",
    ),
    Guard(
        "advance_questions_merge_within_their_call",
        "UPDATE",
        "enrollments_advancequestion",
        "NOT EXISTS (SELECT 1 FROM enrollments_advancequestion o"
        " WHERE o.id = NEW.merged_into_id AND o.call_id = NEW.call_id"
        " AND o.state <> 'merged' AND o.state <> 'withdrawn')",
        when="NEW.merged_into_id IS NOT NULL AND (OLD.merged_into_id IS NULL"
        " OR NEW.merged_into_id <> OLD.merged_into_id)",
    ),
)
