"""What the database refuses about table plans (ADR 10): seats of somebody who does not
take part in the run, or at another plan's table, and a trace that is rewritten."""

from accounts.guarding import Guard

_ELSEWHERE = (
    "NOT EXISTS (SELECT 1 FROM enrollments_seatingtable t"
    " WHERE t.id = NEW.table_id AND t.plan_id = NEW.plan_id)"
    " OR NOT EXISTS (SELECT 1 FROM enrollments_tableplan p"
    " JOIN courses_session s ON s.id = p.session_id"
    " JOIN enrollments_application a ON a.run_id = s.run_id"
    " JOIN enrollments_participant q ON q.application_id = a.id"
    " WHERE p.id = NEW.plan_id AND q.id = NEW.participant_id)"
)

TABLE_GUARDS = (
    Guard("seat_is_in_its_plan", "INSERT", "enrollments_tableseat", _ELSEWHERE),
    Guard("seat_stays_in_its_plan", "UPDATE", "enrollments_tableseat", _ELSEWHERE),
    Guard(
        "table_move_is_not_rewritten",
        "UPDATE",
        "enrollments_tablemove",
        "NEW.act <> OLD.act OR NEW.at <> OLD.at OR NEW.plan_id <> OLD.plan_id"
        " OR COALESCE(NEW.from_number, 0) <> COALESCE(OLD.from_number, 0)"
        " OR COALESCE(NEW.to_number, 0) <> COALESCE(OLD.to_number, 0)",
    ),
)
