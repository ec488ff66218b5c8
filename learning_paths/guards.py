"""What the database refuses about the register of groups, from anybody (ADR 10)."""

from accounts.guarding import Guard
from learning_paths.request_guards import REQUEST_GUARDS

GUARDS = (
    *REQUEST_GUARDS,
    Guard(
        "certificate_of_a_group_names_its_path",
        "INSERT",
        "enrollments_certificate",
        "NOT EXISTS (SELECT 1 FROM learning_paths_grouppath p"
        " WHERE CAST(p.id AS TEXT) = NEW.subject)",
        when="NEW.kind = 'path'",
    ),
    Guard(
        "path_with_a_certificate_is_kept",
        "DELETE",
        "learning_paths_grouppath",
        "EXISTS (SELECT 1 FROM enrollments_certificate c"
        " WHERE c.kind = 'path' AND c.subject = CAST(OLD.id AS TEXT))",
    ),
    Guard(
        "group_moves_with_its_trace",
        "UPDATE",
        "learning_paths_group",
        "NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM learning_paths_groupmove t"
        " WHERE t.group_id = NEW.id AND t.from_state = OLD.state"
        " AND t.to_state = NEW.state AND t.id = (SELECT MAX(l.id)"
        " FROM learning_paths_groupmove l WHERE l.group_id = NEW.id))",
    ),
    Guard(
        "group_code_is_permanent",
        "UPDATE",
        "learning_paths_group",
        "NEW.code <> OLD.code",
    ),
    # A group that was only entered may be struck out again, with its one line.
    Guard(
        "group_trace_is_kept",
        "DELETE",
        "learning_paths_groupmove",
        "(SELECT COUNT(*) FROM learning_paths_groupmove t"
        " WHERE t.group_id = OLD.group_id) > 1",
    ),
    Guard(
        "group_trace_is_not_rewritten",
        "UPDATE",
        "learning_paths_groupmove",
        "NEW.group_id <> OLD.group_id OR NEW.from_state <> OLD.from_state"
        " OR NEW.to_state <> OLD.to_state OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
    ),
    Guard(
        "instructor_request_begins_as_received",
        "INSERT",
        "learning_paths_instructorrequest",
        "NEW.state <> 'received'",
    ),
    Guard(
        "instructor_request_moves_with_its_trace",
        "UPDATE",
        "learning_paths_instructorrequest",
        "NOT EXISTS (SELECT 1 FROM learning_paths_instructorrequestmove t"
        " WHERE t.request_id = NEW.id AND t.from_state = OLD.state"
        " AND t.to_state = NEW.state AND t.id = (SELECT MAX(l.id)"
        " FROM learning_paths_instructorrequestmove l WHERE l.request_id = NEW.id))",
        when="NEW.state <> OLD.state",
    ),
)
