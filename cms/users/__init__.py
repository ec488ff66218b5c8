from cms.users.apps import ManabibaUsersAppConfig

__all__ = ["ManabibaUsersAppConfig"]
