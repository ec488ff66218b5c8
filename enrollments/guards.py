"""What the database refuses about applications and their traces, from anybody
(ADR 10). `accounts/guarding.py` makes the triggers."""

from accounts.guarding import Guard
from enrollments.advance_question_guards import ADVANCE_QUESTION_GUARDS
from enrollments.attendance_guards import ATTENDANCE_GUARDS
from enrollments.certificate_guards import CERTIFICATE_GUARDS
from enrollments.draw_guards import DRAW_GUARDS
from enrollments.findings_guards import FINDINGS_GUARDS
from enrollments.paper_guards import PAPER_GUARDS
from enrollments.support_guards import SUPPORT_GUARDS
from enrollments.survey_guards import SURVEY_GUARDS
from enrollments.table_guards import TABLE_GUARDS

GUARDS = (
    Guard(
        "session_with_applications_is_kept",
        "DELETE",
        "courses_session",
        "EXISTS (SELECT 1 FROM enrollments_application a WHERE a.run_id = OLD.run_id)",
    ),
    Guard("session_uid_is_permanent", "UPDATE", "courses_session", "NEW.uid <> OLD.uid"),
    Guard(
        "application_begins_as_received",
        "INSERT",
        "enrollments_application",
        "NEW.state <> 'received'",
    ),
    Guard(
        "application_moves_with_its_trace",
        "UPDATE",
        "enrollments_application",
        "NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM enrollments_transition t"
        " WHERE t.application_id = NEW.id AND t.from_state = OLD.state"
        " AND t.to_state = NEW.state AND t.id = (SELECT MAX(l.id)"
        " FROM enrollments_transition l WHERE l.application_id = NEW.id))",
    ),
    Guard(
        "application_takes_a_pool_of_its_run",
        "INSERT",
        "enrollments_application",
        "NOT EXISTS (SELECT 1 FROM courses_seatpool p"
        " WHERE p.id = NEW.pool_id AND p.run_id = NEW.run_id)",
    ),
    Guard(
        "application_stays_in_its_run",
        "UPDATE",
        "enrollments_application",
        "NOT EXISTS (SELECT 1 FROM courses_seatpool p"
        " WHERE p.id = NEW.pool_id AND p.run_id = NEW.run_id)",
    ),
    Guard(
        "claim_is_in_the_run_of_its_application",
        "INSERT",
        "enrollments_personclaim",
        "NOT EXISTS (SELECT 1 FROM enrollments_application a"
        " WHERE a.id = NEW.application_id AND a.run_id = NEW.run_id)",
    ),
    Guard("trace_is_kept", "DELETE", "enrollments_transition", "1 = 1"),
    Guard(
        "trace_is_not_rewritten",
        "UPDATE",
        "enrollments_transition",
        "NEW.application_id <> OLD.application_id OR NEW.from_state <> OLD.from_state"
        " OR NEW.to_state <> OLD.to_state OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
    ),
    Guard(
        "message_not_yet_sent_is_kept",
        "DELETE",
        "enrollments_notification",
        "OLD.state IN ('pending', 'sending')",
    ),
    *ADVANCE_QUESTION_GUARDS,
    *ATTENDANCE_GUARDS,
    *CERTIFICATE_GUARDS,
    *DRAW_GUARDS,
    *FINDINGS_GUARDS,
    *PAPER_GUARDS,
    *SUPPORT_GUARDS,
    *SURVEY_GUARDS,
    *TABLE_GUARDS,
    Guard(
        "open_offer_is_for_somebody_offered",
        "INSERT",
        "enrollments_offer",
        "NOT EXISTS (SELECT 1 FROM enrollments_application a"
        " WHERE a.id = NEW.application_id AND a.state = 'offered')",
        when="NEW.state = 'open'",
        locks=("enrollments_application WHERE id = NEW.application_id",),
    ),
    Guard(
        "offer_is_settled_once",
        "UPDATE",
        "enrollments_offer",
        "OLD.state <> 'open' AND (NEW.state <> OLD.state"
        " OR NEW.answered_at <> OLD.answered_at)",
    ),
    Guard(
        "offer_stays_with_its_application",
        "UPDATE",
        "enrollments_offer",
        "NEW.application_id <> OLD.application_id",
    ),
    Guard("offer_is_kept", "DELETE", "enrollments_offer", "1 = 1"),
    Guard(
        "application_leaves_offered_with_its_offer_settled",
        "UPDATE",
        "enrollments_application",
        "EXISTS (SELECT 1 FROM enrollments_offer o"
        " WHERE o.application_id = OLD.id AND o.state = 'open')",
        when="OLD.state = 'offered' AND NEW.state <> 'offered'",
    ),
)
