"""What the database refuses about findings written together (ADR 10): a version that is
rewritten, and one that goes public without the consent of both sides."""

from accounts.guarding import Guard

FINDINGS_GUARDS = (
    Guard("findings_version_is_kept", "DELETE", "enrollments_findingsversion", "1 = 1"),
    Guard(
        "findings_version_is_not_rewritten",
        "UPDATE",
        "enrollments_findingsversion",
        " OR ".join(
            f"NEW.{name} <> OLD.{name}"
            for name in ("findings_id", "number", "side", "author", "at")
        ),
    ),
    Guard(
        "findings_are_published_by_both",
        "UPDATE",
        "enrollments_sharedfindings",
        "NEW.published_id IS NOT NULL"
        " AND COALESCE(OLD.published_id, 0) <> NEW.published_id"
        " AND 2 <> (SELECT COUNT(*) FROM enrollments_findingsapproval a"
        " JOIN enrollments_findingsversion v ON v.id = a.version_id"
        " WHERE v.id = NEW.published_id AND v.findings_id = NEW.id)",
    ),
    Guard(
        "findings_begin_unpublished",
        "INSERT",
        "enrollments_sharedfindings",
        "NEW.published_id IS NOT NULL",
    ),
)
