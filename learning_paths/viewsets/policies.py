"""What nobody may do with groups and paths, whatever their permissions."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class NeverDeleted(ModelPermissionPolicy):
    """Paths are taken from view and registrations ended; what happened stays."""

    denied = frozenset({"delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.denied and super().user_has_permission(user, action)


class OnlyKept(NeverDeleted):
    """Groups are registered by their founders, not by staff."""

    denied = frozenset({"delete", "add"})
