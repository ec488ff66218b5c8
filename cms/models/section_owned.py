"""What the pages of courses share: rights by section, and approval where it is wanted."""

from typing import Any


class SectionOwned:
    """For pages with a `course`; stands before the page class."""

    def permissions_for_user(self, user: Any) -> Any:
        from cms.permissions import CoursePageTester

        return CoursePageTester(user, self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Any:
        """None while the city wants no approval: then officers publish themselves."""
        from cms.approval import is_needed

        return super().get_workflow() if is_needed() else None  # type: ignore[misc]
