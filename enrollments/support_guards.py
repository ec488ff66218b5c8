"""What the database refuses about promises of childcare and support (ADR 10)."""
# ruff: noqa: S608 (made of names of tables and states only)

from accounts.guarding import Guard

_OPEN = "('asked', 'arranged', 'confirmed')"
_PROMISED = "('arranged', 'confirmed')"
_ENDED = "('lost', 'declined', 'expired', 'withdrawn', 'cancelled', 'void')"
_OF_AN_ENDED_APPLICATION = (
    "EXISTS (SELECT 1 FROM enrollments_application a"
    f" WHERE a.id = NEW.application_id AND a.state IN {_ENDED})"
)
_SIZE = (
    "CASE WHEN r.kind = 'childcare' THEN (SELECT COUNT(*) FROM enrollments_caredchild c"
    " WHERE c.request_id = r.id) ELSE 1 END"
)

SUPPORT_GUARDS = (
    Guard(
        "support_begins_as_asked",
        "INSERT",
        "enrollments_supportrequest",
        f"NEW.state <> 'asked' OR {_OF_AN_ENDED_APPLICATION}",
    ),
    Guard(
        "support_moves_with_its_step",
        "UPDATE",
        "enrollments_supportrequest",
        "NOT EXISTS (SELECT 1 FROM enrollments_supportstep s"
        " WHERE s.request_id = NEW.id AND s.from_state = OLD.state"
        " AND s.to_state = NEW.state AND s.id = (SELECT MAX(l.id)"
        " FROM enrollments_supportstep l WHERE l.request_id = NEW.id))",
        when="NEW.state <> OLD.state",
    ),
    Guard(
        "support_is_open_for_who_may_come",
        "UPDATE",
        "enrollments_supportrequest",
        _OF_AN_ENDED_APPLICATION,
        when=f"NEW.state IN {_OPEN} AND NEW.state <> OLD.state",
        locks=("enrollments_application WHERE id = NEW.application_id",),
    ),
    Guard(
        "support_promises_fit_the_offer",
        "UPDATE",
        "enrollments_supportrequest",
        "EXISTS (SELECT 1 FROM courses_supportoffer o WHERE o.id = NEW.offer_id"
        f" AND o.capacity < (SELECT SUM({_SIZE}) FROM enrollments_supportrequest r"
        f" WHERE r.offer_id = o.id AND (r.id = NEW.id OR r.state IN {_PROMISED})))",
        when=f"NEW.state IN {_PROMISED} AND NEW.offer_id IS NOT NULL"
        f" AND (OLD.state NOT IN {_PROMISED} OR OLD.offer_id IS NULL"
        " OR NEW.offer_id <> OLD.offer_id)",
        locks=("courses_supportoffer WHERE id = NEW.offer_id",),
    ),
    Guard(
        "support_offer_holds_its_promises",
        "UPDATE",
        "courses_supportoffer",
        f"NEW.capacity < (SELECT COALESCE(SUM({_SIZE}), 0)"
        " FROM enrollments_supportrequest r"
        f" WHERE r.offer_id = NEW.id AND r.state IN {_PROMISED})",
        when="NEW.capacity IS NOT NULL"
        " AND (OLD.capacity IS NULL OR NEW.capacity < OLD.capacity)",
    ),
    Guard(
        "promised_children_stay_as_they_were",
        "INSERT",
        "enrollments_caredchild",
        "EXISTS (SELECT 1 FROM enrollments_supportrequest r"
        f" WHERE r.id = NEW.request_id AND r.state IN {_PROMISED})",
    ),
    Guard(
        "application_ends_with_its_promises",
        "UPDATE",
        "enrollments_application",
        "EXISTS (SELECT 1 FROM enrollments_supportrequest r"
        f" WHERE r.application_id = NEW.id AND r.state IN {_OPEN})",
        when=f"NEW.state <> OLD.state AND NEW.state IN {_ENDED}",
    ),
    Guard("support_step_is_kept", "DELETE", "enrollments_supportstep", "1 = 1"),
    Guard(
        "support_step_is_not_rewritten",
        "UPDATE",
        "enrollments_supportstep",
        "NEW.request_id <> OLD.request_id OR NEW.from_state <> OLD.from_state"
        " OR NEW.to_state <> OLD.to_state OR NEW.at <> OLD.at OR NEW.why <> OLD.why",
    ),
)
