"""The database refuses a room or an instructor in two sessions at once, an address that
another course had (`courses/domain/former_addresses.py`), and places of a session where
people do not choose one (ADR 21), from anybody.

The first is the same rule as `courses/domain/clashes.py`: a session takes its room and
its people while it is held and its run is not called off, and one may begin when another
ends.
`accounts/guarding.py` makes the triggers; PostgreSQL locks in the order of the domain,
run, room, instructor, and fires the triggers of one table by name.
"""

from accounts.guarding import Guard

HELD = "('scheduled', 'moved')"
CALLED_OFF = "('postponed', 'cancelled')"
NEW_TIME = "NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at"
COMES_BACK = f"OLD.state NOT IN {HELD} OR NEW.run_id <> OLD.run_id"
RUN_HELD = (
    "EXISTS (SELECT 1 FROM courses_courserun o"
    f" WHERE o.id = NEW.run_id AND o.state NOT IN {CALLED_OFF})"
)
OTHERS = (
    "FROM courses_session s JOIN courses_courserun r ON r.id = s.run_id"
    f" AND s.state IN {HELD}"
)
RUN_LOCK = "courses_courserun WHERE id = NEW.run_id"
ROOM_LOCK = "courses_room WHERE id = NEW.room_id"
ROOM_IN_USE = (
    f"{RUN_HELD} AND EXISTS (SELECT 1 {OTHERS} AND r.state NOT IN {CALLED_OFF}"
    " WHERE s.room_id = NEW.room_id AND s.starts_at < NEW.ends_at"
    " AND s.ends_at > NEW.starts_at"
)
TEACHES_ELSEWHERE = (
    "EXISTS (SELECT 1 FROM courses_session m"
    " JOIN courses_courserun o ON o.id = m.run_id"
    " JOIN courses_sessioninstructor t ON t.instructor_id = NEW.instructor_id"
    " AND t.session_id <> m.id AND t.override_reason = ''"
    " JOIN courses_session s ON s.id = t.session_id"
    " AND s.starts_at < m.ends_at AND s.ends_at > m.starts_at"
    " JOIN courses_courserun r ON r.id = s.run_id"
    f" WHERE m.id = NEW.session_id AND m.state IN {HELD} AND s.state IN {HELD}"
    f" AND o.state NOT IN {CALLED_OFF} AND r.state NOT IN {CALLED_OFF}"
)
TEACHING_LOCKS = (
    "courses_session WHERE id = NEW.session_id",
    "courses_courserun WHERE id ="
    " (SELECT run_id FROM courses_session WHERE id = NEW.session_id)",
    "courses_instructor WHERE id = NEW.instructor_id",
)
RUN_COMES_BACK = f"OLD.state IN {CALLED_OFF} AND NEW.state NOT IN {CALLED_OFF}"
# Before the update the run itself still reads as called off.
RUN_MEETS_OTHERS = (
    "JOIN courses_session s ON s.id <> m.id"
    f" AND s.starts_at < m.ends_at AND s.ends_at > m.starts_at AND s.state IN {HELD}"
    " JOIN courses_courserun r ON r.id = s.run_id"
    f" AND (r.id = NEW.id OR r.state NOT IN {CALLED_OFF})"
)

# A pool stands for a whole run or for one of its sessions, as the run says.
MISPLACED = (
    "NOT EXISTS (SELECT 1 FROM courses_courserun r WHERE r.id = NEW.run_id"
    " AND ((NEW.session_id IS NULL AND NOT r.chooses_session)"
    " OR (r.chooses_session AND EXISTS (SELECT 1 FROM courses_session s"
    " WHERE s.id = NEW.session_id AND s.run_id = r.id))))"
)

GUARDS = (
    Guard(
        "pool_is_of_its_run_or_session",
        "INSERT",
        "courses_seatpool",
        MISPLACED,
        locks=(RUN_LOCK,),
    ),
    Guard(
        "pool_stays_with_its_run_or_session",
        "UPDATE",
        "courses_seatpool",
        MISPLACED,
        when="NEW.run_id <> OLD.run_id"
        " OR COALESCE(NEW.session_id, 0) <> COALESCE(OLD.session_id, 0)",
        locks=(RUN_LOCK,),
    ),
    Guard(
        "run_with_pools_keeps_how_people_come",
        "UPDATE",
        "courses_courserun",
        "EXISTS (SELECT 1 FROM courses_seatpool p WHERE p.run_id = NEW.id)",
        when="NEW.chooses_session <> OLD.chooses_session",
    ),
    Guard(
        "session_with_pools_stays_in_its_run",
        "UPDATE",
        "courses_session",
        "EXISTS (SELECT 1 FROM courses_seatpool p WHERE p.session_id = NEW.id)",
        when="NEW.run_id <> OLD.run_id",
    ),
    Guard(
        "session_new_finds_its_room_free",
        "INSERT",
        "courses_session",
        f"{ROOM_IN_USE})",
        when=f"NEW.room_id IS NOT NULL AND NEW.state IN {HELD}",
        locks=(RUN_LOCK, ROOM_LOCK),
    ),
    Guard(
        "session_finds_its_room_free",
        "UPDATE",
        "courses_session",
        f"{ROOM_IN_USE} AND s.id <> NEW.id)",
        when=f"NEW.room_id IS NOT NULL AND NEW.state IN {HELD} AND ({NEW_TIME} OR"
        f" {COMES_BACK} OR NEW.room_id <> COALESCE(OLD.room_id, 0))",
        locks=(RUN_LOCK, ROOM_LOCK),
    ),
    Guard(
        "session_takes_no_instructor_twice",
        "UPDATE",
        "courses_session",
        f"{RUN_HELD} AND EXISTS (SELECT 1 {OTHERS} AND r.state NOT IN {CALLED_OFF}"
        " JOIN courses_sessioninstructor t ON t.session_id = s.id"
        " JOIN courses_sessioninstructor m ON m.instructor_id = t.instructor_id"
        " AND m.session_id = NEW.id AND t.session_id <> NEW.id"
        " WHERE t.override_reason = '' AND m.override_reason = ''"
        " AND s.starts_at < NEW.ends_at AND s.ends_at > NEW.starts_at)",
        when=f"NEW.state IN {HELD} AND ({NEW_TIME} OR {COMES_BACK})",
        locks=(
            RUN_LOCK,
            "courses_instructor WHERE id IN (SELECT instructor_id"
            " FROM courses_sessioninstructor WHERE session_id = NEW.id) ORDER BY id",
        ),
    ),
    Guard(
        "teaching_takes_no_instructor_twice",
        "INSERT",
        "courses_sessioninstructor",
        f"{TEACHES_ELSEWHERE})",
        when="NEW.override_reason = ''",
        locks=TEACHING_LOCKS,
    ),
    Guard(
        "teaching_changed_takes_no_instructor_twice",
        "UPDATE",
        "courses_sessioninstructor",
        f"{TEACHES_ELSEWHERE} AND t.id <> NEW.id)",
        when="NEW.override_reason = '' AND (OLD.override_reason <> ''"
        " OR NEW.session_id <> OLD.session_id OR NEW.instructor_id <> OLD.instructor_id)",
        locks=TEACHING_LOCKS,
    ),
    Guard(
        "run_back_finds_its_rooms_free",
        "UPDATE",
        "courses_courserun",
        f"EXISTS (SELECT 1 FROM courses_session m {RUN_MEETS_OTHERS}"
        f" WHERE m.run_id = NEW.id AND m.state IN {HELD} AND s.room_id = m.room_id)",
        when=RUN_COMES_BACK,
        locks=(
            "courses_room WHERE id IN (SELECT room_id FROM courses_session"
            " WHERE run_id = NEW.id) ORDER BY id",
        ),
    ),
    Guard(
        "run_back_takes_no_instructor_twice",
        "UPDATE",
        "courses_courserun",
        f"EXISTS (SELECT 1 FROM courses_session m {RUN_MEETS_OTHERS}"
        " JOIN courses_sessioninstructor a ON a.session_id = m.id"
        " JOIN courses_sessioninstructor b ON b.session_id = s.id"
        " AND b.instructor_id = a.instructor_id"
        f" WHERE m.run_id = NEW.id AND m.state IN {HELD}"
        " AND a.override_reason = '' AND b.override_reason = '')",
        when=RUN_COMES_BACK,
        locks=(
            "courses_instructor WHERE id IN (SELECT t.instructor_id"
            " FROM courses_sessioninstructor t JOIN courses_session s"
            " ON s.id = t.session_id WHERE s.run_id = NEW.id) ORDER BY id",
        ),
    ),
    Guard(
        "course_new_takes_no_former_address",
        "INSERT",
        "courses_course",
        "EXISTS (SELECT 1 FROM courses_formerslug f WHERE f.slug = NEW.slug)",
    ),
    Guard(
        "course_takes_no_former_address",
        "UPDATE",
        "courses_course",
        "EXISTS (SELECT 1 FROM courses_formerslug f"
        " WHERE f.slug = NEW.slug AND f.course_id <> NEW.id)",
        when="NEW.slug <> OLD.slug",
    ),
    Guard(
        "former_address_is_of_no_other_course",
        "INSERT",
        "courses_formerslug",
        "EXISTS (SELECT 1 FROM courses_course c"
        " WHERE c.slug = NEW.slug AND c.id <> NEW.course_id)",
    ),
)
