"""What the database refuses about completions and the register of certificates, from
anybody (ADR 10)."""

from accounts.guarding import Guard

FIXED = ("kind", "fiscal_year", "serial", "code", "subject", "holder")
ABOUT = ("participant_id", "run_id", "series_id")
PRINTED = (
    *("course_title", "completed_on", "sessions_attended", "sessions_held"),
    *("issuer", "section", "issued_on", "issued_at"),
)
REWRITTEN = " OR ".join(
    (
        *(f"NEW.{name} <> OLD.{name}" for name in (*FIXED, *PRINTED)),
        *(f"COALESCE(NEW.{name}, 0) <> COALESCE(OLD.{name}, 0)" for name in ABOUT),
    )
)
SAME = " AND ".join(f"COALESCE(c.{name}, 0) = COALESCE(NEW.{name}, 0)" for name in ABOUT)
REPLACEABLE = (
    "FROM enrollments_certificate c WHERE c.id = NEW.replaces_id"
    " AND c.revoked_at IS NOT NULL AND c.kind = NEW.kind AND c.subject = NEW.subject"
    f" AND {SAME}"
)
CERTIFICATE_GUARDS = (
    Guard("certificate_is_kept", "DELETE", "enrollments_certificate", "1 = 1"),
    Guard(
        "certificate_takes_the_next_number",
        "INSERT",
        "enrollments_certificate",
        "NEW.serial <> 1 + (SELECT COALESCE(MAX(c.serial), 0)"
        " FROM enrollments_certificate c WHERE c.fiscal_year = NEW.fiscal_year)",
    ),
    Guard(
        "certificate_begins_valid",
        "INSERT",
        "enrollments_certificate",
        "NEW.revoked_at IS NOT NULL",
    ),
    Guard(
        "certificate_replaces_one_of_the_same_person",
        "INSERT",
        "enrollments_certificate",
        f"NOT EXISTS (SELECT 1 {REPLACEABLE})",
        when="NEW.replaces_id IS NOT NULL",
    ),
    Guard(
        "certificate_is_only_revoked",
        "UPDATE",
        "enrollments_certificate",
        f"{REWRITTEN} OR COALESCE(NEW.replaces_id, 0) <> COALESCE(OLD.replaces_id, 0)"
        " OR (COALESCE(NEW.completion_id, 0) <> COALESCE(OLD.completion_id, 0)"
        " AND (NEW.completion_id IS NOT NULL OR NEW.revoked_at IS NULL))"
        " OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL"
        " OR NEW.revoked_at <> OLD.revoked_at OR NEW.revoked_why <> OLD.revoked_why))",
    ),
    Guard(
        "completion_with_a_certificate_is_kept",
        "DELETE",
        "enrollments_completion",
        "EXISTS (SELECT 1 FROM enrollments_certificate c WHERE c.revoked_at IS NULL"
        " AND (c.completion_id = OLD.id OR c.id IN"
        " (SELECT g.certificate_id FROM enrollments_certificate_grounds g"
        " WHERE g.completion_id = OLD.id)))",
    ),
    Guard(
        "completion_goes_with_its_trace",
        "DELETE",
        "enrollments_completion",
        "NOT EXISTS (SELECT 1 FROM enrollments_completiontrace t"
        " WHERE t.participant_id = OLD.participant_id AND t.act = 'taken_back'"
        " AND t.at >= OLD.recorded_at)",
    ),
    Guard(
        "completion_is_not_rewritten",
        "UPDATE",
        "enrollments_completion",
        "NEW.participant_id <> OLD.participant_id OR NEW.completed_on <> OLD.completed_on",
    ),
    Guard("completion_trace_is_kept", "DELETE", "enrollments_completiontrace", "1 = 1"),
    Guard(
        "completion_trace_is_not_rewritten",
        "UPDATE",
        "enrollments_completiontrace",
        "NEW.participant_id <> OLD.participant_id OR NEW.act <> OLD.act"
        " OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
    ),
)
