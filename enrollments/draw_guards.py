"""What the database refuses about draws: a frozen list, its fingerprint and the source of
chance stay as they are, and a result is written once (ADR 10, ADR 18)."""

from accounts.guarding import Guard

DRAW_GUARDS = (
    Guard(
        "draw_begins_without_its_record",
        "INSERT",
        "enrollments_draw",
        "NEW.state <> 'frozen' OR NEW.record <> '' OR NEW.fingerprint <> ''",
    ),
    Guard(
        "draw_keeps_its_list_and_source",
        "UPDATE",
        "enrollments_draw",
        "NEW.run_id <> OLD.run_id OR NEW.round <> OLD.round"
        " OR NEW.secret <> OLD.secret OR NEW.commitment <> OLD.commitment"
        " OR NEW.source <> OLD.source OR NEW.source_on <> OLD.source_on"
        " OR NEW.frozen_at <> OLD.frozen_at"
        " OR (OLD.fingerprint <> '' AND (NEW.record <> OLD.record"
        " OR NEW.fingerprint <> OLD.fingerprint))",
    ),
    Guard(
        "draw_goes_forward",
        "UPDATE",
        "enrollments_draw",
        "NEW.fingerprint = '' OR OLD.state = 'announced' OR OLD.state = 'taken_back'"
        " OR (OLD.state = 'held' AND NEW.state <> 'announced')",
        when="NEW.state <> OLD.state",
    ),
    Guard(
        "draw_result_is_written_once",
        "UPDATE",
        "enrollments_draw",
        "NEW.result <> OLD.result OR NEW.public_value <> OLD.public_value"
        " OR NEW.held_at <> OLD.held_at",
        when="OLD.state <> 'frozen'",
    ),
    Guard("draw_is_kept", "DELETE", "enrollments_draw", "1 = 1"),
    Guard(
        "entry_joins_an_open_list",
        "INSERT",
        "enrollments_drawentry",
        "NEW.rank IS NOT NULL OR NOT EXISTS (SELECT 1 FROM enrollments_draw d"
        " WHERE d.id = NEW.draw_id AND d.fingerprint = '')",
    ),
    Guard("entry_is_kept", "DELETE", "enrollments_drawentry", "1 = 1"),
    Guard(
        "entry_stays_as_listed",
        "UPDATE",
        "enrollments_drawentry",
        "NEW.draw_id <> OLD.draw_id OR NEW.application_id <> OLD.application_id"
        " OR NEW.pool_id <> OLD.pool_id OR NEW.number <> OLD.number"
        " OR NEW.seats <> OLD.seats OR NEW.tier <> OLD.tier",
    ),
    Guard(
        "entry_is_ranked_once",
        "UPDATE",
        "enrollments_drawentry",
        "NEW.rank IS NULL OR NEW.rank <> OLD.rank OR NEW.outcome <> OLD.outcome"
        " OR COALESCE(NEW.line, 0) <> COALESCE(OLD.line, 0)",
        when="OLD.rank IS NOT NULL",
    ),
    Guard(
        "entry_is_ranked_by_a_result",
        "UPDATE",
        "enrollments_drawentry",
        "NOT EXISTS (SELECT 1 FROM enrollments_draw d"
        " WHERE d.id = NEW.draw_id AND d.state IN ('held', 'announced'))",
        when="OLD.rank IS NULL AND NEW.rank IS NOT NULL",
    ),
    Guard(
        "places_of_a_frozen_draw_are_kept",
        "UPDATE",
        "courses_seatpool",
        "EXISTS (SELECT 1 FROM enrollments_draw d WHERE d.run_id = NEW.run_id"
        " AND d.state IN ('frozen', 'held'))",
        when="NEW.capacity IS NOT NULL"
        " AND (OLD.capacity IS NULL OR NEW.capacity < OLD.capacity)",
        locks=("courses_courserun WHERE id = NEW.run_id",),
    ),
)
