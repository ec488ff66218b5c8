"""What the database refuses about 学びたい and 出前講座 (ADR 10, ADR 39)."""

from accounts.guarding import Guard


def _traced(name: str, table: str) -> tuple[Guard, ...]:
    """No state without its line, and the lines are kept as they were written."""
    rows, trace = f"learning_paths_{table}", f"learning_paths_{name}move"
    last = f"(SELECT MAX(l.id) FROM {trace} l WHERE l.request_id = NEW.id)"  # noqa: S608
    written = (
        f"(SELECT 1 FROM {trace} t WHERE t.request_id = NEW.id"  # noqa: S608
        f" AND t.from_state = OLD.state AND t.to_state = NEW.state AND t.id = {last})"
    )
    return (
        Guard(
            f"{name}_moves_with_its_trace",
            "UPDATE",
            rows,
            f"NEW.state <> OLD.state AND NOT EXISTS {written}",
        ),
        Guard(
            f"{name}_trace_is_kept",
            "DELETE",
            trace,
            f"(SELECT COUNT(*) FROM {trace} t WHERE t.request_id = OLD.request_id) > 1",  # noqa: S608
        ),
        Guard(
            f"{name}_trace_is_not_rewritten",
            "UPDATE",
            trace,
            "NEW.request_id <> OLD.request_id OR NEW.from_state <> OLD.from_state"
            " OR NEW.to_state <> OLD.to_state OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
        ),
    )


ENTRY = "(SELECT e.minimum_people FROM learning_paths_outreachentry e WHERE e.id = {})"
NO_OUTREACH = (
    "NOT EXISTS (SELECT 1 FROM courses_course c"
    " WHERE c.id = NEW.course_id AND c.kind = 'outreach')"
)
OTHER_COURSE = (
    "NEW.run_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM courses_courserun r"
    " JOIN learning_paths_outreachentry e ON e.course_id = r.course_id"
    " WHERE r.id = NEW.run_id AND e.id = NEW.entry_id)"
)
REQUEST_GUARDS = (
    *_traced("request", "learningrequest"),
    *_traced("outreach", "outreachrequest"),
    Guard(
        "outreach_has_enough_people",
        "INSERT",
        "learning_paths_outreachrequest",
        f"NEW.people < {ENTRY.format('NEW.entry_id')}",
    ),
    # A minimum that is raised later asks nothing of those who were here before.
    Guard(
        "outreach_keeps_enough_people",
        "UPDATE",
        "learning_paths_outreachrequest",
        f"NEW.people < {ENTRY.format('NEW.entry_id')}",
        when="NEW.people <> OLD.people OR NEW.entry_id <> OLD.entry_id",
    ),
    Guard(
        "outreach_run_is_of_its_course",
        "UPDATE",
        "learning_paths_outreachrequest",
        OTHER_COURSE,
    ),
    Guard(
        "outreach_entry_is_outreach",
        "INSERT",
        "learning_paths_outreachentry",
        NO_OUTREACH,
    ),
    Guard(
        "outreach_entry_stays_outreach",
        "UPDATE",
        "learning_paths_outreachentry",
        NO_OUTREACH,
        when="NEW.course_id <> OLD.course_id",
    ),
)
