"""What the database refuses about marks of attendance (ADR 10): they are kept as they
were made, and only a clash may be settled, once."""

from accounts.guarding import Guard

_KEPT = ("key", "session_id", "participant_id", "status", "seen", "source", "marked_at")

ATTENDANCE_GUARDS = (
    Guard("mark_is_kept", "DELETE", "enrollments_attendancemark", "1 = 1"),
    Guard(
        "mark_is_not_rewritten",
        "UPDATE",
        "enrollments_attendancemark",
        " OR ".join(f"NEW.{name} <> OLD.{name}" for name in (*_KEPT, "recorded_at")),
    ),
    Guard(
        "mark_is_settled_once",
        "UPDATE",
        "enrollments_attendancemark",
        "NEW.outcome <> OLD.outcome"
        " AND NOT (OLD.outcome = 'clash' AND NEW.outcome = 'settled'"
        " AND NEW.settled_at IS NOT NULL)",
    ),
)
